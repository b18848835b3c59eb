import type { Desk } from '../desk/desk.svelte'
import type { Note, Point } from '../protocol'
import { cellOf, clusterBox, contains, noteBox, type Rect } from '../desk/layout'

type Places = ReadonlyMap<string, Rect>

/** Where an item was dropped, until the log says where it is. */
interface Hold {
  readonly before: Rect | undefined
  readonly at: Rect
}

/** What lies where on the board of the current workshop. */
export class Board {
  #desk: Desk
  #boxes: Places = $derived.by(() => this.#layBoxes())
  #notes: Places = $derived.by(() => this.#layNotes())
  #held = $state.raw<ReadonlyMap<string, Hold>>(new Map())
  #before: Places = new Map()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** The notes' rectangles by id, without what is being dropped. Watched. */
  get notes(): Places {
    return this.#notes
  }

  /** The clusters' boxes by id. Watched. */
  get boxes(): Places {
    return this.#boxes
  }

  /** Where a note or cluster is shown. Watched; the same object as long as it stays. */
  placeOf(id: string): Rect | undefined {
    const place = this.#notes.get(id) ?? this.#boxes.get(id)
    const hold = this.#held.get(id)
    return hold && hold.before === place ? hold.at : place
  }

  /** A note or cluster that is on this board. */
  has(id: string): boolean {
    return this.#notes.has(id) || this.#boxes.has(id)
  }

  get isEmpty(): boolean {
    return this.#notes.size === 0 && this.#boxes.size === 0
  }

  /** The notes of a cluster in their order on the board. */
  notesIn(cluster: string): Note[] {
    return this.#desk.notesIn(cluster).sort(byAge)
  }

  /** The uppermost item under a point: a note, else a cluster's box. */
  under(point: Point, isCandidate: (id: string) => boolean = () => true): string | undefined {
    let found: string | undefined
    for (const places of [this.#boxes, this.#notes]) {
      for (const [id, rect] of places) {
        if (contains(rect, point) && isCandidate(id)) found = id
      }
    }
    return found
  }

  /** The uppermost note under a point. */
  noteUnder(point: Point): string | undefined {
    let found: string | undefined
    for (const [id, rect] of this.#notes) if (contains(rect, point)) found = id
    return found
  }

  /** Show these where they were dropped, until the log moves them or `release` is called. */
  hold(places: Iterable<readonly [string, Rect]>): void {
    const held = new Map(this.#held)
    for (const [id, at] of places) {
      held.set(id, { before: this.#notes.get(id) ?? this.#boxes.get(id), at })
    }
    this.#held = held
  }

  release(ids: Iterable<string>): void {
    const held = new Map(this.#held)
    for (const id of ids) held.delete(id)
    this.#held = held
  }

  #layBoxes(): Places {
    const boxes = new Map<string, Rect>()
    const workshop = this.#desk.info?.workshop
    for (const cluster of this.#desk.all('cluster')) {
      if (cluster.workshop !== workshop) continue
      boxes.set(cluster.id, clusterBox(cluster.at, this.#desk.noteIds(cluster.id).length))
    }
    return boxes
  }

  #layNotes(): Places {
    const places = new Map<string, Rect>()
    const put = (id: string, rect: Rect) => {
      const before = this.#before.get(id)
      const isSame = before !== undefined && before.x === rect.x && before.y === rect.y
      // The same object for the same place: who reads one place is left alone by the others.
      places.set(id, isSame ? before : rect)
    }
    const workshop = this.#desk.info?.workshop
    for (const note of this.#desk.notesIn()) {
      if (note.workshop === workshop && !isVeiled(note)) put(note.id, noteBox(note.at))
    }
    for (const [cluster, box] of this.#boxes) {
      const notes = this.notesIn(cluster)
      notes.forEach((note, index) => {
        put(note.id, cellOf(box, index, notes.length))
      })
    }
    this.#before = places
    return places
  }
}

/** Of somebody else's hidden note there is an id and an organisation, and no place (V3). */
function isVeiled(note: Note): boolean {
  return note.is_hidden && !('at' in note)
}

function byAge(a: Note, b: Note): number {
  return a.created_ms - b.created_ms || (a.id < b.id ? -1 : 1)
}
