/** The board by keyboard. */

import type { Point } from '../protocol'
import type { Camera } from './camera.svelte'
import { elementId } from './drag.svelte'
import { type Direction, neighbour, type Rect } from '../desk/layout'
import { meant, type Table } from './menu'

const PAN_PX = 120
const NUDGE_PX = 10
const BIG_NUDGE_PX = 50

const DIRECTIONS: Record<string, [Direction, Point]> = {
  ArrowLeft: ['left', { x: -1, y: 0 }],
  ArrowRight: ['right', { x: 1, y: 0 }],
  ArrowUp: ['up', { x: 0, y: -1 }],
  ArrowDown: ['down', { x: 0, y: 1 }],
}

export interface Keyboard extends Table {
  readonly camera: Camera
  /** Show all that there is. */
  fit: () => void
  /** Come to this item: it is drawn, in view, and has the focus. */
  goTo: (id: string) => void
  openMenu: (id: string) => void
}

/** Whether the key meant something here. `id` is the focused note or cluster, if one is. */
export function pressed(event: KeyboardEvent, id: string | undefined, keys: Keyboard): boolean {
  if (event.ctrlKey || event.metaKey) return false
  return (
    onCamera(event, keys) ||
    (id === undefined ? onEmptyBoard(event, keys) : onItem(event, id, keys))
  )
}

function onCamera({ key, altKey }: KeyboardEvent, { camera, fit }: Keyboard): boolean {
  if (altKey) return false
  if (key === '+' || key === '=') camera.zoomBy(1.3)
  else if (key === '-') camera.zoomBy(1 / 1.3)
  else if (key === '0') fit()
  else return false
  return true
}

function onEmptyBoard({ key, shiftKey }: KeyboardEvent, keys: Keyboard): boolean {
  const [, step] = DIRECTIONS[key] ?? []
  if (step) keys.camera.panBy(step.x * PAN_PX * (shiftKey ? 3 : 1), step.y * PAN_PX)
  else if (key === 'Escape') keys.selection.clear()
  else return false
  return true
}

function onItem(event: KeyboardEvent, id: string, keys: Keyboard): boolean {
  const isNote = keys.live.desk.get('note', id) !== undefined
  if (DIRECTIONS[event.key]) return onArrow(event, id, keys)
  switch (event.key) {
    case 'Enter':
      if (isNote) keys.onopen(id)
      else keys.openMenu(id)
      return true
    case ' ':
      keys.selection.toggle(id)
      return true
    case 'm':
    case 'M':
      keys.openMenu(id)
      return true
    case 'g':
    case 'G':
      return isNote && grouped(meant(keys.selection, id), keys)
    case 'Delete':
      return isNote && removed(meant(keys.selection, id), keys)
    case 'F2':
      return !isNote && named(id, keys)
    case 'Escape':
      keys.selection.clear()
      return true
  }
  return false
}

/** Alt moves the item by a little, Shift by more; alone the arrows go to the neighbour. */
function onArrow(event: KeyboardEvent, id: string, keys: Keyboard): boolean {
  const [direction, step] = DIRECTIONS[event.key] ?? []
  if (!direction || !step) return false
  if (event.altKey || event.shiftKey) {
    nudge(id, step, event.shiftKey ? BIG_NUDGE_PX : NUDGE_PX, keys)
    return true
  }
  const here = keys.board.placeOf(id)
  const next = here && neighbour(here, itemsOf(keys), direction)
  if (next !== undefined) keys.goTo(next)
  return true
}

/** A note in a cluster has no place of its own: it stays, the menu takes it out. */
function nudge(id: string, step: Point, by: number, keys: Keyboard): void {
  const { board, deeds, live, selection } = keys
  const isNote = live.desk.get('note', id) !== undefined
  const notes = (isNote ? meant(selection, id) : []).filter((note) => {
    const record = live.desk.get('note', note)
    return record?.cluster === undefined && record && live.mayTouch('notes.move', record)
  })
  const clusters = isNote || live.may('notes.group') === undefined ? [] : [id]
  const places = new Map<string, Rect>()
  for (const item of [...notes, ...clusters]) {
    const at = board.placeOf(item)
    if (at) places.set(item, { ...at, x: at.x + step.x * by, y: at.y + step.y * by })
  }
  if (places.size > 0) void deeds.place({ notes, clusters }, places)
}

function grouped(notes: readonly string[], { deeds, live }: Keyboard): boolean {
  if (live.may('notes.group') === undefined) return false
  void deeds.group(notes)
  return true
}

function removed(notes: readonly string[], { deeds, live }: Keyboard): boolean {
  const records = notes.map((id) => live.desk.get('note', id)).filter((note) => note !== undefined)
  if (!records.every((note) => live.mayTouch('notes.remove', note))) return false
  deeds.ask({ t: 'remove', notes })
  return true
}

function named(cluster: string, { deeds, live }: Keyboard): boolean {
  if (live.may('notes.group') === undefined) return false
  deeds.name(cluster)
  return true
}

/** Where the arrows may go. A cluster counts as its header, so that its notes lie below it. */
function* itemsOf({ board }: Keyboard) {
  for (const [id, box] of board.boxes) yield [id, { ...box, height: 1 }] as const
  yield* board.notes
}

export function focusOn(id: string): void {
  const element = document.getElementById(elementId(id))
  const target = element?.matches('[tabindex]') ? element : element?.querySelector('[tabindex]')
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}
