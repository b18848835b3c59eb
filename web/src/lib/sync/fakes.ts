/** Stand-ins for the network, for tests. */

import { vi } from 'vitest'

import type { AddNote, Form, FromClient, FromServer, Patch } from '../protocol'
import type { Locks } from './outbox'

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  static made: FakeSocket[] = []
  static get last(): FakeSocket {
    const socket = FakeSocket.made.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }

  readonly url: string
  readonly protocol: string
  readyState = 0
  readonly sent: FromClient[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
    FakeSocket.made.push(this)
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.readyState = 3
  }

  /** The server accepts. */
  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  /** The server says something. */
  say(...frames: FromServer[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) })
  }

  /** The server or the line ends it. */
  end(code = 1006): void {
    this.readyState = 3
    this.onclose?.({ code })
  }

  sentOf<Kind extends FromClient['t']>(kind: Kind): Extract<FromClient, { t: Kind }>[] {
    return this.sent.filter((frame) => isOf(kind, frame))
  }
}

function isOf<Kind extends FromClient['t']>(
  kind: Kind,
  frame: FromClient,
): frame is Extract<FromClient, { t: Kind }> {
  return frame.t === kind
}

/** Answer calls by the end of their path; a number is a problem with that status. */
export function fakeFetch(answers: Record<string, () => object | number>): void {
  vi.stubGlobal(
    'fetch',
    vi.fn((path: string) => {
      const found = Object.entries(answers).find(([end]) => path.split('?')[0]?.endsWith(end))
      const answer = found?.[1]() ?? 404
      if (answer === 0) return Promise.reject(new TypeError('no line'))
      if (typeof answer === 'number') {
        const body = { type: 'about:blank', status: answer, code: 'session.none', details: {} }
        return Promise.resolve(new Response(JSON.stringify(body), { status: answer }))
      }
      return Promise.resolve(new Response(JSON.stringify(answer)))
    }),
  )
}

/** Web Locks within this process: an outbox held by one page is not free for another. */
export class FakeLocks implements Locks {
  #held = new Set<string>()

  async request(
    name: string,
    _options: object,
    work: (lock: object | null) => Promise<void> | undefined,
  ): Promise<void> {
    if (this.#held.has(name)) return work(null)
    this.#held.add(name)
    try {
      await work({ name })
    } finally {
      this.#held.delete(name)
    }
  }
}

/** Let everything that waits for nothing but its turn go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** Who I am in these tests. */
export const ME = 'person_a'

export const note = (id: string, more: Form = {}): Form => ({
  t: 'note',
  id,
  workshop: 'workshop_1',
  text: id,
  at: { x: 0, y: 0 },
  shows: 'organisation',
  is_hidden: false,
  version: 1,
  created_ms: 1,
  ...more,
})

export const entries = (first: number, ...patches: Patch[]): FromServer => ({
  t: 'entries',
  list: patches.map((p, index) => ({ n: first + index, at_ms: 1, p })),
  mark: `mark${String(first + patches.length - 1)}`,
})

export const welcome = (n: number, more: object = {}): FromServer => ({
  t: 'welcome',
  n,
  mark: `mark${String(n)}`,
  person: ME,
  role: 'participant',
  now_ms: 5_000_000,
  build: '1',
  own: {},
  ...more,
})

export const add = (id: string): AddNote => ({
  t: 'note.add',
  id,
  text: `Teksti ${id}`,
  at: { x: 0, y: 0 },
})
