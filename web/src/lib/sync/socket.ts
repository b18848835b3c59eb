/** A WebSocket that stays: it notices when it is dead, and comes back. The only user of WebSocket. */

import { CLOSING, type FromClient, type FromServer, SUBPROTOCOL } from '../protocol'
import type { ServerClock } from './clock'

const CONNECT_TIMEOUT_MS = 5_000
/** Without a frame for so long, ask whether anybody is there. */
const QUIET_MS = 10_000
/** With QUIET_MS: a half-open socket is noticed within 18 s. */
const PONG_TIMEOUT_MS = 8_000
/** After a phone slept the socket is often dead but looks open: ask, and do not wait for long. */
const PROBE_TIMEOUT_MS = 2_000
/** What was missed may be a lot for a slow line, and nothing else comes before it. */
const WELCOME_TIMEOUT_MS = 60_000

const SOONEST_RETRY_MS = 500
/** A server that is gone throws out everybody at once: 200 people come back 45 a second. */
const FIRST_RETRY_MS = 5_000
const RETRY_GROWTH = 1.7
const LAST_RETRY_MS = 15_000
/** A connection that lasted so long was a good one: the next retry starts small again. */
const GOOD_MS = 5_000

/** Close codes after which coming back is useless, and the reason in words of the locales. */
const FINAL = new Map<number, string>([
  [CLOSING.NO_SESSION, 'session.none'],
  [CLOSING.NOT_YOURS, 'session.not_yours'],
  [CLOSING.NO_DESK, 'desk.gone'],
  [CLOSING.REMOVED, 'person.removed'],
])

export type SocketState = 'connecting' | 'open' | 'waiting' | 'ended'

/** Thrown by `prepare`: there is no use in trying again. */
export class Ended extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export interface Listener {
  /** Before each connection. Throws Ended to give up; any other error means: later. */
  prepare(): Promise<void>
  /** The line is open: say hello. */
  opened(): void
  heard(frame: FromServer): void
  changed(state: SocketState, ended?: string): void
}

export class Socket {
  #url: string
  #listener: Listener
  #clock: ServerClock
  #random: () => number
  #socket: WebSocket | undefined
  #attempt = 0
  #tries = 0
  #welcomedAt: number | undefined
  #askedAt: number | undefined
  #byeRetry_ms: number | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #deadline: ReturnType<typeof setTimeout> | undefined
  #quiet: ReturnType<typeof setTimeout> | undefined
  #wake = () => {
    if (document.visibilityState === 'visible') this.#lookAlive()
  }

  constructor(url: string, listener: Listener, clock: ServerClock, random = Math.random) {
    this.#url = url
    this.#listener = listener
    this.#clock = clock
    this.#random = random
  }

  start(): void {
    for (const event of ['online', 'offline', 'pageshow']) addEventListener(event, this.#wake)
    document.addEventListener('visibilitychange', this.#wake)
    void this.#connect()
  }

  /** End it for good. */
  close(): void {
    this.#attempt++
    for (const event of ['online', 'offline', 'pageshow']) removeEventListener(event, this.#wake)
    document.removeEventListener('visibilitychange', this.#wake)
    this.#drop()
  }

  /** Give this line up and open another one. */
  restart(): void {
    this.#comeBack()
  }

  /** Send the frame; false when there is no line. */
  send(frame: FromClient): boolean {
    if (this.#socket?.readyState !== 1) return false
    if (frame.t === 'hello') {
      this.#askedAt = this.#clock.mark()
      this.#expect(WELCOME_TIMEOUT_MS)
    }
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt
    this.#drop()
    this.#listener.changed('connecting')
    try {
      await this.#listener.prepare()
    } catch (error) {
      if (attempt !== this.#attempt) return
      if (error instanceof Ended) this.#end(error.code)
      else this.#comeBack()
      return
    }
    if (attempt !== this.#attempt) return
    const socket = new WebSocket(this.#url, SUBPROTOCOL)
    this.#socket = socket
    this.#expect(CONNECT_TIMEOUT_MS)
    socket.onopen = () => {
      this.#alive()
      this.#listener.changed('open')
      this.#listener.opened()
    }
    socket.onmessage = (event) => {
      this.#alive()
      this.#take(String(event.data))
    }
    socket.onclose = (event) => {
      const reason = FINAL.get(event.code)
      if (reason === undefined) this.#comeBack()
      else this.#end(reason)
    }
  }

  #take(text: string): void {
    const frame: FromServer = JSON.parse(text)
    if (frame.t === 'pong' || frame.t === 'welcome') {
      if (this.#askedAt !== undefined) this.#clock.heard(frame.now_ms, this.#askedAt)
      this.#askedAt = undefined
    }
    if (frame.t === 'welcome') {
      this.#welcomedAt ??= this.#clock.mark()
      this.#ping(PONG_TIMEOUT_MS) // a welcome may have queued behind much else; a pong measures better
    }
    if (frame.t === 'bye') this.#byeRetry_ms = frame.retry_ms
    this.#listener.heard(frame)
  }

  /** Something was heard: all is well until it has been quiet for a while. */
  #alive(): void {
    clearTimeout(this.#deadline)
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => {
      this.#ping(this.#welcomedAt === undefined ? WELCOME_TIMEOUT_MS : PONG_TIMEOUT_MS)
    }, QUIET_MS)
  }

  #ping(patience_ms: number): void {
    this.#askedAt = this.#clock.mark()
    this.send({ t: 'ping' })
    this.#expect(patience_ms)
  }

  /** Something must be heard within this time, or the line is given up. */
  #expect(within_ms: number): void {
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => {
      this.#comeBack()
    }, within_ms)
  }

  /** The device woke up or its network changed. */
  #lookAlive(): void {
    if (this.#retry !== undefined) {
      this.#tries = 0
      void this.#connect()
    } else if (this.#socket?.readyState === 1 && this.#welcomedAt !== undefined) {
      this.#clock.forget()
      this.#ping(PROBE_TIMEOUT_MS)
    }
  }

  #comeBack(): void {
    const wasGood =
      this.#welcomedAt !== undefined && this.#clock.mark() - this.#welcomedAt > GOOD_MS
    this.#tries = wasGood ? 0 : this.#tries
    this.#drop()
    const most_ms = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * RETRY_GROWTH ** this.#tries)
    // A `bye` says the same to all: not before it, and not all at once.
    const [from_ms, to_ms] = this.#byeRetry_ms
      ? [this.#byeRetry_ms, 2 * this.#byeRetry_ms]
      : [SOONEST_RETRY_MS, most_ms]
    const delay_ms = from_ms + this.#random() * (to_ms - from_ms)
    this.#byeRetry_ms = undefined
    this.#tries++
    this.#listener.changed('waiting')
    this.#retry = setTimeout(() => void this.#connect(), delay_ms)
  }

  #end(reason: string): void {
    this.close()
    this.#listener.changed('ended', reason)
  }

  /** Let go of the socket at once: on a dead line its close event may never come. */
  #drop(): void {
    clearTimeout(this.#retry)
    clearTimeout(this.#deadline)
    clearTimeout(this.#quiet)
    this.#retry = undefined
    this.#welcomedAt = undefined
    this.#askedAt = undefined
    const socket = this.#socket
    this.#socket = undefined
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }
}
