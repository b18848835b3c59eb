/** The parts of a multipart answer (RFC 2046), each as soon as it is there. */

export interface Part {
  readonly headers: Headers
  readonly body: Blob
}

/** Part by part. Each one has to say how long it is; a body that ends before that is an error. */
export async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Part> {
  const bytes = new Bytes(body.getReader())
  for (;;) {
    const boundary = await bytes.line()
    if (boundary === '') continue
    if (!boundary.startsWith('--')) throw new Error('no boundary')
    if (boundary.endsWith('--')) return
    const headers = new Headers()
    for (let line = await bytes.line(); line !== ''; line = await bytes.line()) {
      const colon = line.indexOf(':')
      headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
    }
    const length = Number(headers.get('content-length') ?? NaN)
    if (!Number.isSafeInteger(length)) throw new Error('no length')
    yield { headers, body: new Blob(await bytes.take(length)) }
  }
}

/** A stream to read lines and lengths from, whatever pieces it comes in. */
class Bytes {
  #reader: ReadableStreamDefaultReader<Uint8Array>
  #rest = new Uint8Array()

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader
  }

  async line(): Promise<string> {
    let end = this.#rest.indexOf(NEWLINE)
    while (end < 0) {
      this.#rest = joined(this.#rest, await this.#more())
      end = this.#rest.indexOf(NEWLINE)
    }
    const line = new TextDecoder().decode(this.#rest.subarray(0, end))
    this.#rest = this.#rest.slice(end + 1)
    return line.replace(/\r$/, '')
  }

  async take(length: number): Promise<Uint8Array<ArrayBuffer>[]> {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let left = length
    while (left > this.#rest.length) {
      pieces.push(this.#rest)
      left -= this.#rest.length
      this.#rest = await this.#more()
    }
    pieces.push(this.#rest.slice(0, left))
    this.#rest = this.#rest.slice(left)
    return pieces
  }

  async #more(): Promise<Uint8Array<ArrayBuffer>> {
    const { done, value } = await this.#reader.read()
    if (done) throw new Error('cut short')
    return new Uint8Array(value)
  }
}

const NEWLINE = 10

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
