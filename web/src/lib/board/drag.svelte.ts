import type { Desk } from '../desk/desk.svelte'
import type { Point } from '../protocol'
import type { Board } from './board.svelte'
import { type Drop, dropOf, type Load, targetOf } from './drop'
import type { Rect } from '../desk/layout'

/** The element of a note or cluster on the board. */
export const elementId = (id: string) => `board-${id}`

/**
 * Something is being dragged.
 *
 * What is dragged follows the pointer imperatively, frame by frame. Others' changes meanwhile
 * change nothing about it: it is let go where the person sees it.
 */
export class Drag {
  #desk: Desk
  #board: Board
  #mayGroup: () => boolean
  #load = $state.raw<Load | undefined>()
  #items = $state.raw<ReadonlyMap<string, Rect>>(new Map())
  #drop = $state.raw<Drop>({ t: 'place' })
  #target = $derived(this.#load ? targetOf(this.#drop) : undefined)
  #start: Point = { x: 0, y: 0 }
  #by: Point = { x: 0, y: 0 }
  #frame = 0

  constructor(desk: Desk, board: Board, mayGroup: () => boolean) {
    this.#desk = desk
    this.#board = board
    this.#mayGroup = mayGroup
  }

  get isOn(): boolean {
    return this.#load !== undefined
  }

  /** All that moves along, a cluster's notes included. Watched. */
  get items(): ReadonlyMap<string, Rect> {
    return this.#items
  }

  /** What would take in what is dragged, if it were let go now. Watched. */
  get target(): string | undefined {
    return this.#target
  }

  begin(load: Load, at: Point): void {
    const inside = load.clusters.flatMap((id) => this.#board.notesIn(id).map((note) => note.id))
    const ids = [...load.clusters, ...inside, ...load.notes]
    const items = new Map<string, Rect>()
    for (const id of ids) {
      const place = this.#board.placeOf(id)
      if (place) items.set(id, place)
    }
    this.#load = load
    this.#items = items
    this.#drop = { t: 'stay' }
    this.#start = at
    this.#by = { x: 0, y: 0 }
  }

  /** The pointer is at this place of the board. */
  move(at: Point): void {
    if (!this.#load) return
    this.#by = { x: at.x - this.#start.x, y: at.y - this.#start.y }
    const under = this.#board.under(at, (id) => !this.#items.has(id))
    const drop = dropOf(this.#desk, this.#load, under, this.#mayGroup())
    if (drop.t !== this.#drop.t || targetOf(drop) !== targetOf(this.#drop)) this.#drop = drop
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => {
      this.#follow()
    })
  }

  /** Let go: what it means, and where each item lies then. */
  end(): { load: Load; drop: Drop; places: ReadonlyMap<string, Rect> } | undefined {
    const load = this.#load
    if (!load) return undefined
    const drop = this.#drop
    const places = new Map<string, Rect>()
    for (const [id, rect] of this.#items) {
      places.set(id, { ...rect, x: rect.x + this.#by.x, y: rect.y + this.#by.y })
    }
    // Shown there until the log says where it is; else it would jump back and forth.
    if (drop.t !== 'stay') this.#board.hold(places)
    this.cancel()
    return { load, drop, places }
  }

  /** Back to where it was. */
  cancel(): void {
    cancelAnimationFrame(this.#frame)
    for (const id of this.#items.keys()) {
      document.getElementById(elementId(id))?.style.removeProperty('translate')
    }
    this.#load = undefined
    this.#items = new Map()
  }

  #follow(): void {
    const translate = `${String(this.#by.x)}px ${String(this.#by.y)}px`
    for (const id of this.#items.keys()) {
      const element = document.getElementById(elementId(id))
      if (element) element.style.translate = translate
    }
  }
}
