import type { ServerClock } from '../sync/clock'

const TICK_MS = 250

/** The server's time, going on before the reader's eyes: whole seconds, so that few redraw. */
export class Ticking {
  #clock: ServerClock
  #now_ms = $state(0)

  constructor(clock: ServerClock) {
    this.#clock = clock
    this.#now_ms = clock.nowMs()
  }

  /** Watched: changes four times a second at most. */
  get now_ms(): number {
    return this.#now_ms
  }

  /** Go on until the returned function is called: `$effect(() => ticking.start())`. */
  start(): () => void {
    const timer = setInterval(() => (this.#now_ms = this.#clock.nowMs()), TICK_MS)
    return () => {
      clearInterval(timer)
    }
  }
}
