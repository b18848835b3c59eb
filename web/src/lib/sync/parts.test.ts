import { expect, test } from 'vitest'

import { partsOf } from './parts'

const encoder = new TextEncoder()
const FIRST = '\r\n--b\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"share":1}'
const FILE = '\r\n--b\r\ncontent-disposition: attachment; a:b\r\ncontent-length: 9\r\n\r\n'
const END = '\r\n--b--\r\n'
/** With what could be taken for the end of a part. */
const CONTENT = '\r\n--b--\r\n'

/** A stream that comes in pieces of so many bytes. */
function stream(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = encoder.encode(text)
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
}

async function all(text: string, size = 1_000): Promise<[string | null, string][]> {
  const found: [string | null, string][] = []
  for await (const { headers, body } of partsOf(stream(text, size))) {
    found.push([headers.get('content-disposition'), await body.text()])
  }
  return found
}

test.each([1, 2, 7, 1_000])('parts in pieces of %i bytes are whole', async (size) => {
  expect(await all(FIRST + FILE + CONTENT + END, size)).toEqual([
    [null, '{"share":1}'],
    ['attachment; a:b', CONTENT],
  ])
})

test.each([
  ['cut in a part', FIRST + FILE + CONTENT.slice(2)],
  ['cut between parts', FIRST],
  ['without a length', '\r\n--b\r\n\r\nx' + END],
  ['something else', '<html>a proxy</html>\r\n'],
])('an answer that is %s is an error', async (_, text) => {
  await expect(all(text)).rejects.toThrow()
})
