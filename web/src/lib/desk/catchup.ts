/** For who comes in while a workshop is held: what there is already, as counts. */

import type { LiveDesk } from '../sync/live.svelte'
import { sectionsOf } from './agenda'
import type { Desk } from './desk.svelte'
import { isDone, setDone } from './once'

export interface Counts {
  readonly notes: number
  readonly groups: number
  readonly goals: number
  /** Notes of others that nobody else sees yet. */
  readonly hidden: number
}

/** What lies on the board and on the card; of what is hidden only how much it is. */
export function countsOf(desk: Desk): Counts {
  const workshop = desk.info?.workshop
  const notes = desk
    .all('note')
    .filter(
      (note) => note.parked_ms === undefined && (note.is_hidden || note.workshop === workshop),
    )
  return {
    notes: notes.filter((note) => !note.is_hidden).length,
    groups: desk.all('cluster').filter((cluster) => cluster.workshop === workshop).length,
    goals: desk.all('goal').filter((goal) => goal.state === 'on_card').length,
    hidden: notes.filter((note) => note.is_hidden).length,
  }
}

/** A section is open or has been closed. */
export function isUnderWay(desk: Desk): boolean {
  return sectionsOf(desk, desk.info?.workshop).some(({ state }) =>
    ['open', 'closed'].includes(state),
  )
}

type Comer = Pick<LiveDesk, 'id' | 'desk' | 'me'>

/**
 * Whether somebody who has just come is to be told. Asked once a session: who was here before it
 * began has seen it all.
 */
export function isToBeTold(live: Comer): boolean {
  const key = `${live.id}.catchup`
  const workshop = live.desk.info?.workshop ?? ''
  if (live.me.role === 'facilitator' || isDone(key, workshop)) return false
  setDone(key, workshop)
  return isUnderWay(live.desk)
}
