/** Titled zones of the board, and which of them are shut to participants now. */

import type { Area, Point } from '../protocol'
import type { Desk } from './desk.svelte'
import type { Rect } from './layout'

/** The areas of the current board, the upper left one first. Watched. */
export function areasOn(desk: Desk): Area[] {
  const workshop = desk.info?.workshop
  return desk
    .all('area')
    .filter((area) => area.workshop === workshop)
    .sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x || (a.id < b.id ? -1 : 1))
}

export function areaRect({ at, width, height }: Area): Rect {
  return { x: at.x, y: at.y, width, height }
}

/** Whether participants may put nothing in it now: it is closed, or the open section leaves it out. */
export function isShut(desk: Desk, area: Area): boolean {
  const open = desk.openSection?.areas
  return area.is_closed === true || (open !== undefined && !open.includes(area.id))
}

/** Whether a point lies in it, by the server's own measure: what is on the far edges does not. */
export function isIn({ at, width, height }: Area, { x, y }: Point): boolean {
  return at.x <= x && x < at.x + width && at.y <= y && y < at.y + height
}
