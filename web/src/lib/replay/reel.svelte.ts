/** A workshop played again: which moment is shown, and whether time goes on. */

import { Desk } from '../desk/desk.svelte'
import type { Chapter } from '../protocol'
import * as api from '../sync/api'
import { Film } from './film'

export const SPEEDS = [1, 10, 60] as const
export type Speed = (typeof SPEEDS)[number]
export const MINUTE_MS = 60_000
/** What a frame may take at most of the day: a page that was in the background does not leap. */
const LONGEST_STEP_MS = 250

export class Reel {
  readonly film = new Film()
  /** What all saw at the moment that is shown. */
  readonly desk = new Desk()
  #chapters = $state.raw<readonly Chapter[]>([])
  #workshop = $state<string>()
  #whole = $state.raw({ from_ms: 0, to_ms: 0, n: 0 })
  #loaded = $state(0)
  #at_ms = $state(0)
  #speed = $state<Speed>(10)
  #isPlaying = $state(false)
  #frame = 0
  #last_ms: number | undefined
  #shown = -1
  #isGone = false

  /** Fetch all that has happened; ApiError. */
  async load(desk: string): Promise<void> {
    const times = await api.timeline(desk)
    this.#whole = times
    while (this.#loaded < times.n && !this.#isGone) {
      const page = await api.history(desk, this.#loaded)
      this.film.add(page.entries)
      if (page.n <= this.#loaded) break
      this.#loaded = page.n
    }
    this.#chapters = times.chapters
    this.choose(times.chapters.at(-1)?.workshop)
  }

  /** How much has come, from 0 to 1. Watched. */
  get share(): number {
    return this.#whole.n === 0 ? 0 : this.#loaded / this.#whole.n
  }

  /** Of the chosen workshop. Watched. */
  get chapters(): readonly Chapter[] {
    return this.#chapters.filter((chapter) => chapter.workshop === this.#workshop)
  }

  /** The workshops in which a section was open, in order. Watched. */
  get workshops(): string[] {
    return [...new Set(this.#chapters.map((chapter) => chapter.workshop))]
  }

  get workshop(): string | undefined {
    return this.#workshop
  }

  /** Where the chosen workshop begins and ends. Watched. */
  get from_ms(): number {
    return this.chapters[0]?.opened_ms ?? this.#whole.from_ms
  }

  get to_ms(): number {
    return this.endOf(this.#workshop)
  }

  /** When the last section of a workshop was closed; now, while one is open. Watched. */
  endOf(workshop: string | undefined): number {
    const ends = this.#chapters
      .filter((chapter) => chapter.workshop === workshop)
      .map((chapter) => chapter.closed_ms ?? this.#whole.to_ms)
    return ends.length > 0 ? Math.max(...ends) : this.#whole.to_ms
  }

  /** The moment that is shown. Watched. */
  get at_ms(): number {
    return this.#at_ms
  }

  /** Minutes from the beginning, and how many there are. Watched. */
  get minute(): number {
    if (this.#at_ms >= this.to_ms) return this.minutes
    return Math.floor((this.#at_ms - this.from_ms) / MINUTE_MS)
  }

  get minutes(): number {
    return Math.ceil((this.to_ms - this.from_ms) / MINUTE_MS)
  }

  /** The chapter of the moment that is shown. Watched. */
  get chapter(): Chapter | undefined {
    return this.chapters.findLast((chapter) => chapter.opened_ms <= this.#at_ms)
  }

  get isPlaying(): boolean {
    return this.#isPlaying
  }

  get speed(): Speed {
    return this.#speed
  }

  set speed(speed: Speed) {
    this.#speed = speed
  }

  /** Show a workshop from its beginning. */
  choose(workshop: string | undefined): void {
    this.pause()
    this.#workshop = workshop
    this.go(this.from_ms)
  }

  /** Show a moment, within the workshop. */
  go(at_ms: number): void {
    this.#at_ms = Math.min(Math.max(at_ms, this.from_ms), this.to_ms)
    const count = this.film.at(this.#at_ms)
    if (count === this.#shown) return
    this.#shown = count
    this.desk.stand(this.film.after(count))
  }

  /** As `go`, by minutes; the last one is the very end. */
  goToMinute(minute: number): void {
    this.go(minute >= this.minutes ? this.to_ms : this.from_ms + minute * MINUTE_MS)
  }

  play(): void {
    if (this.#isPlaying) return
    if (this.#at_ms >= this.to_ms) this.go(this.from_ms)
    this.#isPlaying = true
    this.#last_ms = undefined
    this.#frame = requestAnimationFrame(this.#step)
  }

  pause(): void {
    this.#isPlaying = false
    cancelAnimationFrame(this.#frame)
  }

  /** Nobody looks any more. */
  close(): void {
    this.#isGone = true
    this.pause()
  }

  #step = (now_ms: number): void => {
    const passed_ms = Math.min(LONGEST_STEP_MS, now_ms - (this.#last_ms ?? now_ms))
    this.#last_ms = now_ms
    this.go(this.#at_ms + passed_ms * this.#speed)
    if (this.#at_ms >= this.to_ms) this.pause()
    else if (this.#isPlaying) this.#frame = requestAnimationFrame(this.#step)
  }
}
