// One change in each protocol: (desk, writer, isAdding) => (number, mark) => frames.
import { createTLSchema } from '@tldraw/tlschema'
import * as encoding from 'lib0/encoding'
import { Encoder, PacketType } from 'socket.io-parser'
import * as Y from 'yjs'
import { filled, noteId } from './servers/board.mjs'
import { noteShape, shapeId } from './servers/shapes.mjs'

/** A writer's own document: what its changes look like to the others. */
function yjs(wrap) {
  const start = filled()
  return (desk, writer, isAdding) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, start)
    doc.clientID = 3_000_000_000 + writer * 7919 // as long as a random one
    let update
    doc.on('update', (made) => (update = made))
    const notes = doc.getMap('notes')
    const at = doc.getMap('at')
    return (number, mark) => {
      doc.transact(() => {
        if (isAdding) {
          const id = `note_${writer}_${number}`
          notes.set(id, { text: mark, by: 'person_1', colour: 'yellow' })
          at.set(id, [number, writer])
        } else {
          at.set(noteId(writer), [number, writer, mark])
        }
      })
      return [wrap(desk, update)]
    }
  }
}

const SYNC = 0
const UPDATE = 2

function written(...write) {
  const encoder = encoding.createEncoder()
  for (const each of write) each(encoder)
  return encoding.toUint8Array(encoder)
}

export const protocols = {
  y: yjs((_desk, update) =>
    written(
      (to) => encoding.writeVarUint(to, SYNC),
      (to) => encoding.writeVarUint(to, UPDATE),
      (to) => encoding.writeVarUint8Array(to, update),
    ),
  ),
  hocuspocus: yjs((desk, update) =>
    written(
      (to) => encoding.writeVarString(to, `desk${desk}`),
      (to) => encoding.writeVarUint(to, SYNC),
      (to) => encoding.writeVarUint(to, UPDATE),
      (to) => encoding.writeVarUint8Array(to, update),
    ),
  ),

  tldraw: (_desk, writer, isAdding) => (number, mark) => {
    const diff = isAdding
      ? { [`shape:note_${writer}_${number}`]: ['put', added(writer, number, mark)] }
      : {
          [shapeId(writer)]: [
            'patch',
            { x: ['put', number], y: ['put', -number], meta: ['patch', { by: ['put', mark] }] },
          ],
        }
    return [JSON.stringify({ type: 'push', clientClock: number + 1, diff })]
  },
  socketio: (desk, writer) => {
    const encoder = new Encoder()
    return (number, mark) => {
      const elements = excalidraw(writer, number, mark)
      const content = { type: 'SCENE_UPDATE', payload: { elements } }
      const [head, ...binary] = encoder.encode({
        type: PacketType.EVENT,
        nsp: '/',
        data: [
          'server-broadcast',
          `desk${desk}`,
          Buffer.from(JSON.stringify(content)),
          Buffer.alloc(12, 7), // where Excalidraw has the initialisation vector
        ],
      })
      return [`4${head}`, ...binary]
    }
  },
}

function added(writer, number, mark) {
  return { ...noteShape(0, mark), id: `shape:note_${writer}_${number}`, x: number, y: writer }
}

/** A note is a rectangle and its text; Excalidraw sends both whole. */
function excalidraw(writer, number, mark) {
  const base = {
    x: number, y: -number, width: 200, height: 140, angle: 0, strokeColor: '#1e1e1e',
    backgroundColor: '#ffec99', fillStyle: 'solid', strokeWidth: 2, strokeStyle: 'solid',
    roughness: 1, opacity: 100, groupIds: [], frameId: null, index: 'a1', roundness: { type: 3 },
    seed: 1968410350, version: number + 2, versionNonce: 401146281, isDeleted: false,
    updated: 1790000000000, link: null, locked: false,
  } // prettier-ignore
  const id = noteId(writer)
  const box = { ...base, id, type: 'rectangle', boundElements: [{ type: 'text', id: `${id}_text` }] }
  const text = {
    ...base, id: `${id}_text`, type: 'text', containerId: id, boundElements: [], fontSize: 20,
    fontFamily: 5, textAlign: 'center', verticalAlign: 'middle', lineHeight: 1.25,
    autoResize: true, text: mark, originalText: 'Kävijämäärä kuukaudessa',
  } // prettier-ignore
  return [box, text]
}

/** The first frame of a tldraw client. */
export function tldrawHello() {
  return JSON.stringify({
    type: 'connect',
    connectRequestId: 'bench',
    lastServerClock: -1,
    protocolVersion: 8,
    schema: createTLSchema().serialize(),
  })
}
