/** Where the card stands on its way from a draft to a published version. */

import type { Desk } from '../desk/desk.svelte'
import { FROZEN_IN, WORDING } from '../protocol'
import type { CardState, CardVersion, Role } from '../protocol'

export const STATES: readonly CardState[] = [
  'luonnos',
  'kommentoitavana',
  'hyvaksytty',
  'julkaistu',
]

/** The card's state; a draft while nothing is known of it. */
export function stateOf(desk: Desk): CardState {
  const there = desk.card?.state
  return STATES.find((state) => state === there) ?? 'luonnos'
}

/** A kind of record that has wording of the card. */
export type Worded = keyof typeof WORDING

/** Whether the wording stays as it is. */
export function isFrozen(desk: Desk): boolean {
  return FROZEN_IN.includes(stateOf(desk))
}

/** Whether this field of a row stays as it is now. The server's own table. */
export function isKept<Kind extends Worded>(
  desk: Desk,
  kind: Kind,
  field: (typeof WORDING)[Kind][number],
): boolean {
  const fields: readonly string[] = WORDING[kind]
  return isFrozen(desk) && fields.includes(field)
}

/** The published versions, newest first, the withdrawn ones as well. */
export function versions(desk: Desk): CardVersion[] {
  return desk.all('version').sort((a, b) => b.number - a.number)
}

/** The newest that was not withdrawn. */
export function inForce(desk: Desk): CardVersion | undefined {
  return versions(desk).find((version) => version.withdrawn_ms === undefined)
}

/** Whether comments are taken of this role: as the server says, in UTC. */
export function takesComments(desk: Desk, role: Role, nowMs: number): boolean {
  if (role === 'facilitator' || role === 'secretary') return true
  return stateOf(desk) === 'kommentoitavana' && !isOver(desk.card?.comments_until, nowMs)
}

const DAY_MS = 86_400_000

/** Whether the day is over in UTC. */
export function isOver(day: string | undefined, nowMs: number): boolean {
  return day !== undefined && Date.parse(day) + DAY_MS <= nowMs
}

/** The public address of a version, of what changed in it, or of the newest one. */
export function publicPath(desk: string, language: string, number?: number, rest = ''): string {
  const path = number === undefined ? `/kortti/${desk}` : `/kortti/${desk}/${String(number)}${rest}`
  return language === 'fi' ? path : `${path}?kieli=${language}`
}
