/** Free places on the board: pure, and the same on every device. */

import { areaRect, areasOn, isShut } from './areas'
import { clusterBox, noteBox, overlaps, type Rect } from './layout'
import { NOTE_HEIGHT, NOTE_WIDTH } from './layout'
import { BOARD_EDGE, type Point } from '../protocol'
import type { Desk } from './desk.svelte'

const AIR = 20
const CELL_WIDTH = NOTE_WIDTH + AIR
const CELL_HEIGHT = NOTE_HEIGHT + AIR
/** Cells of an organisation's own lane: about a square, room for its first notes. */
const LANE_COLUMNS = 3
const LANE_ROWS = 4
/** Rings of cells around a wish: 10,000 notes fit into the first 50. */
const MOST_RINGS = 200

/** Which cells of the grid are taken. Asked many times, it fills up with what it gave. */
export class FreePlaces {
  #taken = new Set<string>()

  constructor(taken: Iterable<Rect>) {
    for (const rect of taken) this.take(rect)
  }

  take(rect: Rect): void {
    const right = Math.ceil((rect.x + rect.width + AIR) / CELL_WIDTH)
    const bottom = Math.ceil((rect.y + rect.height + AIR) / CELL_HEIGHT)
    for (let column = Math.floor(rect.x / CELL_WIDTH); column < right; column++) {
      for (let row = Math.floor(rect.y / CELL_HEIGHT); row < bottom; row++) {
        this.#taken.add(key(column, row))
      }
    }
  }

  /** The nearest place to `wish` where something of this size covers nothing; it is taken then. */
  near(wish: Point, width = NOTE_WIDTH, height = NOTE_HEIGHT): Point {
    const columns = Math.ceil((width + AIR) / CELL_WIDTH)
    const rows = Math.ceil((height + AIR) / CELL_HEIGHT)
    const column = Math.round(wish.x / CELL_WIDTH)
    const row = Math.round(wish.y / CELL_HEIGHT)
    for (let ring = 0; ring < MOST_RINGS; ring++) {
      const cell = nearestOf(ring, column, row, (c, r) => this.#isFree(c, r, columns, rows))
      if (!cell) continue
      const at = { x: cell[0] * CELL_WIDTH, y: cell[1] * CELL_HEIGHT }
      if (!isOnBoard(at)) break
      this.take({ ...at, width, height })
      return at
    }
    return onBoard(wish)
  }

  #isFree(column: number, row: number, columns: number, rows: number): boolean {
    for (let c = column; c < column + columns; c++) {
      for (let r = row; r < row + rows; r++) if (this.#taken.has(key(c, r))) return false
    }
    return true
  }
}

/** Everything that lies on the board of the current workshop, without `except`, and shut areas. */
export function takenOn(desk: Desk, except: ReadonlySet<string> = new Set()): Rect[] {
  const workshop = desk.info?.workshop
  const taken: Rect[] = []
  for (const note of desk.notesIn()) {
    if (note.workshop !== workshop || except.has(note.id) || !isPlaced(note.at)) continue
    taken.push(noteBox(note.at))
  }
  for (const cluster of desk.all('cluster')) {
    if (cluster.workshop !== workshop || except.has(cluster.id)) continue
    const count = desk.noteIds(cluster.id).filter((id) => !except.has(id)).length
    if (count > 0) taken.push(clusterBox(cluster.at, count))
  }
  // Nobody is led to where they may not write.
  for (const area of areasOn(desk)) if (isShut(desk, area)) taken.push(areaRect(area))
  return taken
}

/** Where the notes of an organisation gather; those without one gather beside the last lane. */
export function laneOf(desk: Desk, organisation: string | undefined): Point {
  const all = desk.ids('organisation')
  const index = organisation === undefined ? -1 : all.indexOf(organisation)
  const [column, row] = spiral(index < 0 ? all.length : index)
  return { x: column * LANE_COLUMNS * CELL_WIDTH, y: row * LANE_ROWS * CELL_HEIGHT }
}

/** Whether this note lies on another loose one that was there before it. */
export function isOnAnother(desk: Desk, noteId: string): boolean {
  const note = desk.get('note', noteId)
  if (!note || note.cluster !== undefined) return false
  const box = noteBox(note.at)
  return desk.notesIn().some((other) => {
    if (other.id === noteId || other.workshop !== note.workshop || !isPlaced(other.at)) return false
    const isEarlier =
      other.created_ms < note.created_ms ||
      (other.created_ms === note.created_ms && other.id < note.id)
    return isEarlier && overlaps(box, noteBox(other.at))
  })
}

/** Somebody else's hidden note has no place (V3): absent on the wire whatever the type says. */
function isPlaced(at: Point | undefined): boolean {
  return at !== undefined
}

/** The cell of a ring that is free and nearest in pixels; the upper and left one of equals. */
function nearestOf(
  ring: number,
  column: number,
  row: number,
  isFree: (column: number, row: number) => boolean,
): [number, number] | undefined {
  let best: [number, number] | undefined
  let shortest = Infinity
  for (let y = -ring; y <= ring; y++) {
    const step = Math.abs(y) === ring ? 1 : Math.max(1, 2 * ring)
    for (let x = -ring; x <= ring; x += step) {
      const distance = (x * CELL_WIDTH) ** 2 + (y * CELL_HEIGHT) ** 2
      if (distance >= shortest || !isFree(column + x, row + y)) continue
      shortest = distance
      best = [column + x, row + y]
    }
  }
  return best
}

/** The index-th cell of a square spiral around 0, 0. */
function spiral(index: number): [column: number, row: number] {
  if (index === 0) return [0, 0]
  const ring = Math.ceil((Math.sqrt(index + 1) - 1) / 2)
  const side = 2 * ring
  const along = (index - (side - 1) ** 2) % (4 * side)
  if (along < side) return [ring, along - ring + 1]
  if (along < 2 * side) return [ring - 1 - (along - side), ring]
  if (along < 3 * side) return [-ring, ring - 1 - (along - 2 * side)]
  return [along - 3 * side - ring + 1, -ring]
}

function key(column: number, row: number): string {
  return `${String(column)},${String(row)}`
}

function isOnBoard(at: Point): boolean {
  return Math.abs(at.x) <= BOARD_EDGE && Math.abs(at.y) <= BOARD_EDGE
}

/** The same point in whole pixels and not beyond the edge. */
export function onBoard(at: Point): Point {
  const within = (value: number) => Math.max(-BOARD_EDGE, Math.min(BOARD_EDGE, Math.round(value)))
  return { x: within(at.x), y: within(at.y) }
}
