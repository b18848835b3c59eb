/** What facilitators do to lead the people in the room. A refusal is told in a notice. */

import type { Area, Point, Screen, Shows } from '../protocol'
import type { Outcome } from '../sync/live.svelte'
import type { Actor, Making } from './acts'
import { newId } from './ids'
import { onBoard } from './place'
import { told } from './refusal'

/** Where everybody may be brought. */
export const MEETING_PLACES = ['board', 'list', 'card', 'results'] as const
export type MeetingPlace = (typeof MEETING_PLACES)[number]

// --- people --------------------------------------------------------------------------------

/** Send somebody away, or let them in again. Their notes stay. */
export function removePerson(live: Actor, person: string, is_removed: boolean): Promise<Outcome> {
  return told(live.ask({ t: 'person.remove', person, is_removed }))
}

/** Let somebody look on only, or write again. */
export function mutePerson(live: Actor, person: string, is_muted: boolean): Promise<Outcome> {
  return told(live.ask({ t: 'person.mute', person, is_muted }))
}

/** Keep the door shut for those who are not in yet, or open it. */
export function lockDesk(live: Actor, is_locked: boolean): Promise<Outcome> {
  return told(live.ask({ t: 'desk.lock', is_locked }))
}

/** Say what others learn of who writes a note, from now on. */
export function setShows(live: Actor, shows: Shows): Promise<Outcome> {
  return told(live.ask({ t: 'desk.shows', shows }))
}

// --- the hall ------------------------------------------------------------------------------

/** Choose what the projector shows; its board fitted to an area, where one is named. */
export function showOnScreen(live: Actor, screen: Screen, area?: string): Promise<Outcome> {
  return told(live.ask({ t: 'screen.show', screen, ...(area !== undefined && { area }) }))
}

/** Let the projector go on showing what it shows now, or follow again. */
export function freezeScreen(live: Actor, is_frozen: boolean): Promise<Outcome> {
  return told(live.ask({ t: 'screen.freeze', is_frozen }))
}

/** Say something to everybody; null takes it away. */
export function announce(live: Actor, text: string | null): Promise<Outcome> {
  return told(live.ask({ t: 'desk.announce', text }))
}

/** Bring everybody to a view, and there to a part of the board: its middle and its width. */
export function gather(
  live: Actor,
  view: MeetingPlace,
  part?: { at: Point; width: number },
): Promise<Outcome> {
  const seen = part && { at: onBoard(part.at), width: Math.max(1, Math.round(part.width)) }
  return told(live.ask({ t: 'desk.gather', view, ...seen }))
}

/** Let everybody go where they like. */
export function letGo(live: Actor): Promise<Outcome> {
  return told(live.ask({ t: 'desk.let_go' }))
}

/** Let everybody look at a cluster; null at none. */
export function spotlight(live: Actor, cluster: string | null): Promise<Outcome> {
  return told(live.ask({ t: 'cluster.spotlight', cluster }))
}

// --- areas ---------------------------------------------------------------------------------

export type AreaShape = Pick<Area, 'title' | 'at' | 'width' | 'height'>
export const LEAST_SIDE = 100
export const MOST_SIDE = 20_000

/** Mark an area of the board. */
export function addArea(live: Actor, shape: AreaShape): Making {
  const id = newId('area')
  return { id, done: live.ask({ t: 'area.add', id, ...sound(shape) }) }
}

/** Change an area's title, place and size, and whether it is closed. What lies in it stays. */
export function editArea(
  live: Actor,
  area: Pick<Area, 'id'> & AreaShape & { is_closed?: boolean },
): Promise<Outcome> {
  const { id, is_closed = false } = area
  return live.ask({ t: 'area.edit', id, ...sound(area), is_closed })
}

export function removeArea(live: Actor, id: string): Promise<Outcome> {
  return live.ask({ t: 'area.remove', id })
}

/** In whole pixels, on the board, and not smaller or larger than areas are. */
function sound({ title, at, width, height }: AreaShape): AreaShape {
  const side = (px: number) => Math.max(LEAST_SIDE, Math.min(MOST_SIDE, Math.round(px)))
  return { title: title.trim(), at: onBoard(at), width: side(width), height: side(height) }
}
