/** Where things lie on the board, in CSS pixels at zoom 1. Pure: everybody sees the same board. */

import type { Point } from '../protocol'

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const NOTE_WIDTH = 200
export const NOTE_HEIGHT = 140
/** Between the notes of a cluster. */
export const GAP = 12
/** From a cluster's edge to its notes. */
export const PADDING = 14
/** The bar with the title: what a cluster is dragged by. */
export const HEADER = 60

/** A box has room for two notes side by side: titles are long, and an empty place invites. */
const FEWEST_COLUMNS = 2
/** A box about a third wider than high reads best. */
const WIDER = 1.3

/** How many notes stand side by side in a cluster of `count`. */
export function columnsOf(count: number): number {
  const square = Math.sqrt((count * NOTE_HEIGHT * WIDER) / NOTE_WIDTH)
  return Math.max(FEWEST_COLUMNS, Math.ceil(square))
}

/** The box of a cluster of `count` notes, its corner at `at`. It grows with the notes. */
export function clusterBox(at: Point, count: number): Rect {
  const columns = columnsOf(count)
  const rows = Math.max(1, Math.ceil(count / columns))
  return {
    x: at.x,
    y: at.y,
    width: 2 * PADDING + columns * NOTE_WIDTH + (columns - 1) * GAP,
    height: HEADER + PADDING + rows * NOTE_HEIGHT + (rows - 1) * GAP,
  }
}

/** The place of the note with this index in a cluster of `count` notes. */
export function cellOf(at: Point, index: number, count: number): Rect {
  const columns = columnsOf(count)
  return noteBox({
    x: at.x + PADDING + (index % columns) * (NOTE_WIDTH + GAP),
    y: at.y + HEADER + Math.floor(index / columns) * (NOTE_HEIGHT + GAP),
  })
}

export function noteBox(at: Point): Rect {
  return { x: at.x, y: at.y, width: NOTE_WIDTH, height: NOTE_HEIGHT }
}

export function contains(rect: Rect, point: Point): boolean {
  return (
    point.x >= rect.x &&
    point.x <= rect.x + rect.width &&
    point.y >= rect.y &&
    point.y <= rect.y + rect.height
  )
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

export function grown(rect: Rect, by: number): Rect {
  return {
    x: rect.x - by,
    y: rect.y - by,
    width: rect.width + 2 * by,
    height: rect.height + 2 * by,
  }
}

export function middle(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
}

/** The smallest rectangle around all; undefined without any. */
export function around(rects: Iterable<Rect>): Rect | undefined {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const rect of rects) {
    left = Math.min(left, rect.x)
    top = Math.min(top, rect.y)
    right = Math.max(right, rect.x + rect.width)
    bottom = Math.max(bottom, rect.y + rect.height)
  }
  if (left === Infinity) return undefined
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The rectangle that two corners span, whichever way it was drawn. */
export function spanned(a: Point, b: Point): Rect {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  }
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The id whose rectangle is next in a direction, as the eye would go: what lies straight
 * ahead comes before what lies askew. Undefined at the edge.
 */
export function neighbour(
  from: Rect,
  others: Iterable<readonly [string, Rect]>,
  direction: Direction,
): string | undefined {
  const here = middle(from)
  let best: string | undefined
  let shortest = Infinity
  for (const [id, rect] of others) {
    const there = middle(rect)
    const [ahead, aside] = steps(there.x - here.x, there.y - here.y, direction)
    if (ahead <= 1 || aside > 3 * ahead) continue
    const distance = ahead + 2 * aside
    if (distance >= shortest) continue
    shortest = distance
    best = id
  }
  return best
}

function steps(right: number, down: number, direction: Direction): [ahead: number, aside: number] {
  if (direction === 'right') return [right, Math.abs(down)]
  if (direction === 'left') return [-right, Math.abs(down)]
  if (direction === 'down') return [down, Math.abs(right)]
  return [-down, Math.abs(right)]
}
