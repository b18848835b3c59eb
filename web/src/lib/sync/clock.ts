/** What time it is at the server: everybody's countdown ends at the same moment. */

/** A measurement this old gives way to any newer one: clocks of phones drift. */
const STALE_MS = 10 * 60_000

export class ServerClock {
  /** Server time minus monotonic time; until the server was heard, this device's own clock. */
  #offset_ms: number
  #roundTrip_ms = Infinity
  #measured_at = 0
  #held_ms: number | undefined
  #monotonic: () => number

  constructor(monotonic: () => number = () => performance.now(), device: () => number = Date.now) {
    this.#monotonic = monotonic
    this.#offset_ms = device() - monotonic()
  }

  /** The server's time in milliseconds since 1970. Never jumps with the device's clock. */
  nowMs(): number {
    return this.#held_ms ?? this.#running()
  }

  /** Stand still, or go on as if it never had: for a projector that is frozen. */
  hold(isHeld: boolean): void {
    this.#held_ms = isHeld ? (this.#held_ms ?? this.#running()) : undefined
  }

  #running(): number {
    return this.#offset_ms + this.#monotonic()
  }

  /** The moment by a clock that only goes forward: what `heard` wants back as `asked_at`. */
  mark(): number {
    return this.#monotonic()
  }

  /** Start measuring anew: after a sleep of the device the monotonic clock may have stood still. */
  forget(): void {
    this.#roundTrip_ms = Infinity
  }

  /** The server said `server_ms` in answer to what was asked at `asked_at`; the fastest answer wins. */
  heard(server_ms: number, asked_at: number): void {
    const now = this.#monotonic()
    const roundTrip_ms = now - asked_at
    if (roundTrip_ms > this.#roundTrip_ms && now - this.#measured_at < STALE_MS) return
    this.#offset_ms = server_ms + roundTrip_ms / 2 - now
    this.#roundTrip_ms = roundTrip_ms
    this.#measured_at = now
  }
}
