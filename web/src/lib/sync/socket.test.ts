import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { CLOSING, type FromServer, SUBPROTOCOL } from '../protocol'
import { ServerClock } from './clock'
import { FakeSocket } from './fakes'
import { Ended, Socket, type SocketState } from './socket'

const WELCOME: FromServer = {
  t: 'welcome',
  n: 0,
  mark: 'm',
  person: 'person_a',
  role: 'participant',
  now_ms: 5_000_000,
  build: '1',
  own: {},
}

describe('a socket that stays', () => {
  const states: (SocketState | string)[] = []
  let prepare = vi.fn(() => Promise.resolve())
  let socket: Socket
  let luck = 1

  beforeEach(async () => {
    vi.useFakeTimers()
    FakeSocket.made = []
    states.length = 0
    luck = 1
    prepare = vi.fn(() => Promise.resolve())
    vi.stubGlobal('WebSocket', FakeSocket)
    const listener = {
      prepare: () => prepare(),
      opened: () => {
        socket.send({ t: 'hello', ticket: 'x' })
      },
      heard: () => undefined,
      changed: (state: SocketState, reason?: string) => states.push(reason ?? state),
    }
    socket = new Socket('ws://test/live', listener, new ServerClock(), () => luck)
    socket.start()
    await vi.advanceTimersByTimeAsync(0)
  })

  afterEach(() => {
    socket.close()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  async function welcomed() {
    FakeSocket.last.open()
    FakeSocket.last.say(WELCOME)
    await vi.advanceTimersByTimeAsync(0)
  }

  it('asks for our sub-protocol and says hello', () => {
    FakeSocket.last.open()
    expect(FakeSocket.last.protocol).toBe(SUBPROTOCOL)
    expect(FakeSocket.last.sentOf('hello')).toHaveLength(1)
  })

  it('gives up a connection that does not open within 5 s', async () => {
    await vi.advanceTimersByTimeAsync(5_000)
    expect(states.at(-1)).toBe('waiting')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it('comes back ever later, at most after 15 s', async () => {
    const waits: number[] = []
    for (let i = 0; i < 10; i++) {
      const from = Date.now()
      FakeSocket.last.end()
      while (FakeSocket.last.readyState === 3) await vi.advanceTimersByTimeAsync(10)
      waits.push(Date.now() - from)
    }
    expect(waits[0]).toBe(5_000)
    expect(waits[1]).toBe(8_500)
    expect(waits.at(-1)).toBe(15_000)
  })

  it('does not come back before half a second, however lucky', async () => {
    luck = 0
    FakeSocket.last.end()
    await vi.advanceTimersByTimeAsync(499)
    expect(FakeSocket.made).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it('notices within 25 s that nobody is there, though the line looks open', async () => {
    await welcomed()
    FakeSocket.last.say({ t: 'pong', now_ms: 1 })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(FakeSocket.last.sentOf('ping').length).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(FakeSocket.made.length).toBeGreaterThan(1)
  })

  it('stays while pongs come', async () => {
    await welcomed()
    for (let i = 0; i < 10; i++) {
      FakeSocket.last.say({ t: 'pong', now_ms: 1 })
      await vi.advanceTimersByTimeAsync(10_000)
    }
    expect(FakeSocket.made).toHaveLength(1)
  })

  it.each([
    [0, 1_234],
    [0.5, 1_851],
    [1, 2_468],
  ])('comes back when the bye said, with luck %d after %d ms', async (lot, ms) => {
    luck = lot
    await welcomed()
    FakeSocket.last.say({ t: 'bye', retry_ms: 1_234 })
    FakeSocket.last.end(CLOSING.GOING_AWAY)
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(FakeSocket.made).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it('comes back at once when the device is online again', async () => {
    for (let i = 0; i < 5; i++) {
      FakeSocket.last.end()
      await vi.advanceTimersByTimeAsync(15_000)
    }
    FakeSocket.last.end()
    const before = FakeSocket.made.length
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(FakeSocket.made).toHaveLength(before + 1)
  })

  it('asks after a sleep whether the line is alive, and waits for 2 s only', async () => {
    await welcomed()
    FakeSocket.last.say({ t: 'pong', now_ms: 1 })
    dispatchEvent(new Event('pageshow'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(states.at(-1)).toBe('waiting')
  })

  it.each([
    [CLOSING.NO_SESSION, 'session.none'],
    [CLOSING.NOT_YOURS, 'session.not_yours'],
    [CLOSING.NO_DESK, 'desk.gone'],
  ])('ends at close code %i', async (code, reason) => {
    FakeSocket.last.end(code)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeSocket.made).toHaveLength(1)
    expect(states.at(-1)).toBe(reason)
  })

  it.each([CLOSING.TOO_SLOW, CLOSING.OUR_FAULT, CLOSING.MALFORMED, 1006])(
    'comes back after close code %i',
    async (code) => {
      FakeSocket.last.end(code)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(FakeSocket.made.length).toBeGreaterThan(1)
    },
  )

  it('ends when there is no ticket to be had any more', async () => {
    prepare.mockRejectedValue(new Ended('session.none'))
    FakeSocket.last.end()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(states.at(-1)).toBe('session.none')
  })
})
