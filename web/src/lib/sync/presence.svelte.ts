/** Who else is here, and what others are told of me: at most ten times a second, never kept. */

import { SvelteMap } from 'svelte/reactivity'

import type { Point, Presence as Told, PresenceMoved } from '../protocol'

const TELL_MS = 100
const IDLE: PresenceMoved = { t: 'presence', at: null, is_writing: false }

export class Presence {
  #send: (frame: PresenceMoved) => boolean
  #people = new SvelteMap<string, Point | null>()
  #writing = $state(0)
  #mine = IDLE
  #told = JSON.stringify(IDLE)
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `send` says whether the frame went. */
  constructor(send: (frame: PresenceMoved) => boolean) {
    this.#send = send
  }

  /** Who is here and where they point. Watched. */
  get people(): ReadonlyMap<string, Point | null> {
    return this.#people
  }

  /** How many write a note just now; nobody knows who. Watched. */
  get writing(): number {
    return this.#writing
  }

  heard(told: Told): void {
    for (const [person, at] of Object.entries(told.here)) this.#people.set(person, at)
    for (const person of told.left ?? []) this.#people.delete(person)
    this.#writing = told.writing ?? 0
  }

  /** A new line: the server knows nothing of me yet, and tells of all anew. */
  begin(): void {
    this.#people.clear()
    this.#told = JSON.stringify(IDLE)
    this.#tell()
  }

  /** What others are to know of me, soon. */
  show(mine: Partial<Omit<PresenceMoved, 't'>>): void {
    this.#mine = { ...this.#mine, ...mine }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tell()
    }, TELL_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #tell(): void {
    const frame = JSON.stringify(this.#mine)
    if (frame !== this.#told && this.#send(this.#mine)) this.#told = frame
  }
}
