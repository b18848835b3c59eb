/** The 1–2 goals of each network under each focus area: which slots are taken. */

import type { Desk } from '../desk/desk.svelte'
import { GOALS_PER_NETWORK, type Goal, type Network } from '../protocol'

export interface Slots {
  /** The goals on the card, oldest first: as the server counts them. */
  readonly goals: readonly Goal[]
  readonly limit: number
  readonly isFull: boolean
}

export function limitOf(network: Network | undefined, focusArea: string): number {
  return network?.limits[focusArea] ?? GOALS_PER_NETWORK
}

export function slotsOf(desk: Desk, focusArea: string, network: string): Slots {
  const goals = desk
    .all('goal')
    .filter((goal) => goal.state === 'on_card')
    .filter((goal) => goal.focus_area === focusArea && goal.network === network)
    .sort(byAge)
  const limit = limitOf(desk.get('network', network), focusArea)
  return { goals, limit, isFull: goals.length >= limit }
}

/** Goals beside the card: suggested ones and parked ones. */
export function besideCard(desk: Desk, focusArea?: string): Goal[] {
  return desk
    .all('goal')
    .filter((goal) => goal.state !== 'on_card')
    .filter((goal) => focusArea === undefined || goal.focus_area === focusArea)
    .sort(byAge)
}

/** The networks in the order of the card. */
export function networks(desk: Desk): Network[] {
  return desk.all('network').sort((a, b) => a.order - b.order || compare(a.id, b.id))
}

/** The networks that have no goal under the focus area. */
export function networksWithoutGoal(desk: Desk, focusArea: string): Network[] {
  const having = new Set(
    desk
      .all('goal')
      .filter((goal) => goal.state === 'on_card' && goal.focus_area === focusArea)
      .map((goal) => goal.network),
  )
  return networks(desk).filter((network) => !having.has(network.id))
}

function byAge(a: Goal, b: Goal): number {
  return a.created_ms - b.created_ms || compare(a.id, b.id)
}

/** By code units, as the server sorts: the same order in every language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
