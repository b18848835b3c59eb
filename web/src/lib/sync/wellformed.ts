/**
 * A replacer for JSON.stringify: half a character becomes a replacement character.
 *
 * A cut emoji would make a frame that is no Unicode; the server closes such sockets, and an outbox
 * would send it again for ever.
 */
export function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
}
