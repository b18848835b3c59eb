/** A desk's history at hand: what all saw after any entry, forwards and backwards. */

import { patched } from '../desk/patch'
import type { AnyRecord, WireEntry } from '../protocol'

/** Records by id. A record that did not change between two states is the same object in both. */
export type State = ReadonlyMap<string, AnyRecord>

/** So many entries are taken again at most when one jumps back. */
const KEYFRAME_EVERY = 500

/** What an entry made of each record that it changed; made once, so that states share them. */
type Made = readonly (readonly [string, AnyRecord | undefined])[]

interface Frame {
  readonly count: number
  readonly state: State
}

export class Film {
  #entries: WireEntry[] = []
  #made: Made[] = []
  #frames: Frame[] = [{ count: 0, state: new Map() }]
  #tip = new Map<string, AnyRecord>()
  #last: Frame = { count: 0, state: new Map() }

  /** Take further entries, in order. */
  add(entries: readonly WireEntry[]): void {
    for (const entry of entries) {
      const made = Object.entries(entry.p).map(
        ([id, change]) => [id, patched(this.#tip.get(id), change)] as const,
      )
      take(this.#tip, made)
      this.#entries.push(entry)
      this.#made.push(made)
      const count = this.#entries.length
      if (count % KEYFRAME_EVERY === 0) this.#frames.push({ count, state: new Map(this.#tip) })
    }
  }

  /** How many entries there are. */
  get length(): number {
    return this.#entries.length
  }

  /** How many entries there are up to this time. */
  at(time_ms: number): number {
    return this.#first((entry) => entry.at_ms > time_ms)
  }

  /** How many entries there are up to this number. */
  upTo(n: number): number {
    return this.#first((entry) => entry.n > n)
  }

  /** What all saw after so many entries. */
  after(count: number): State {
    const near = this.#frames.findLast((frame) => frame.count <= count) ?? this.#frames[0]
    const isAhead = this.#last.count <= count && this.#last.count >= (near?.count ?? 0)
    const from = isAhead || !near ? this.#last : near
    if (from.count === count) return from.state
    const state = new Map(from.state)
    for (const made of this.#made.slice(from.count, count)) take(state, made)
    this.#last = { count, state }
    return state
  }

  /** The entries between two counts, each with what was before it and what after. */
  *scenes(from: number, to: number): Generator<Scene> {
    const after = new Map(this.after(from))
    for (const [index, entry] of this.#entries.slice(from, to).entries()) {
      const made = this.#made[from + index] ?? []
      const touched = new Map(made.map(([id, now]) => [id, [after.get(id), now] as const]))
      take(after, made)
      yield { entry, touched, after }
    }
  }

  #first(isBeyond: (entry: WireEntry) => boolean): number {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const entry = this.#entries[middle]
      if (entry && isBeyond(entry)) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** An entry, what it did to each record, and the state after it, until the next one is asked for. */
export interface Scene {
  readonly entry: WireEntry
  readonly touched: ReadonlyMap<string, readonly [AnyRecord | undefined, AnyRecord | undefined]>
  readonly after: State
}

function take(state: Map<string, AnyRecord>, made: Made): void {
  for (const [id, record] of made) {
    if (record) state.set(id, record)
    else state.delete(id)
  }
}
