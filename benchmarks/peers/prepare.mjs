// Writes the frames of changes with the real libraries: prepare.mjs PROTOCOL SPEC OUT
// SPEC: {"desks": [desk of writer 0, …], "each": changes a writer, "isAdding": bool}
// OUT: per change u16 writer, u8 frames, and for each of these u8 opcode, u32 size, payload.
// Every change carries "~~" and eight hex digits: writer and number.
import { closeSync, openSync, writeSync } from 'node:fs'
import { protocols } from './protocols.mjs'

const [, , name, specText, out] = process.argv
const { desks, each, isAdding } = JSON.parse(specText)
const file = openSync(out, 'w')
const hex = (number, width) => number.toString(16).padStart(width, '0')

desks.forEach((desk, writer) => {
  const change = protocols[name](desk, writer, isAdding)
  const chunks = []
  for (let number = 0; number < each; number++) {
    const frames = change(number, `~~${hex(writer, 2)}${hex(number, 6)}`)
    const head = Buffer.alloc(3)
    head.writeUInt16LE(writer)
    head.writeUInt8(frames.length, 2)
    chunks.push(head)
    for (const frame of frames) {
      const isText = typeof frame === 'string'
      const payload = isText ? Buffer.from(frame) : frame
      const frameHead = Buffer.alloc(5)
      frameHead.writeUInt8(isText ? 1 : 2)
      frameHead.writeUInt32LE(payload.length, 1)
      chunks.push(frameHead, payload)
    }
    if (chunks.length > 20_000) writeSync(file, Buffer.concat(chunks.splice(0)))
  }
  writeSync(file, Buffer.concat(chunks))
})
closeSync(file)
