/** The state of everything at a glance, for who leads the workshop. */

import type { Desk } from './desk.svelte'
import { isInUse } from './measures'

export interface Overview {
  readonly notes: number
  readonly hidden: number
  readonly loose: number
  readonly parked: number
  readonly late: number
  readonly clusters: number
  readonly measures: number
  readonly goals: number
  /** Organisations from which somebody has come and that have no note on the board yet. */
  readonly silent: readonly string[]
  /** People who take part and are not at the desk just now. */
  readonly away: readonly string[]
}

/** Of the current workshop. Watches its notes and people. */
export function overviewOf(desk: Desk, here: ReadonlyMap<string, unknown>): Overview {
  const workshop = desk.info?.workshop
  const notes = desk.all('note').filter((note) => note.is_hidden || note.workshop === workshop)
  const shown = notes.filter((note) => !note.is_hidden)
  const people = desk
    .all('person')
    .filter((person) => person.role === 'participant' && !person.has_left && !person.removed_ms)
  const written = new Set(notes.map((note) => note.organisation))
  const come = new Set(people.map((person) => person.organisation))
  return {
    notes: notes.length,
    hidden: notes.length - shown.length,
    loose: shown.filter((note) => !note.cluster && note.parked_ms === undefined).length,
    parked: shown.filter((note) => note.parked_ms !== undefined).length,
    late: shown.filter((note) => note.late !== undefined).length,
    clusters: desk.all('cluster').filter((cluster) => cluster.workshop === workshop).length,
    measures: desk.all('measure').filter(isInUse).length,
    goals: desk.all('goal').filter((goal) => goal.state === 'on_card').length,
    silent: desk
      .all('organisation')
      .filter(({ id }) => come.has(id) && !written.has(id))
      .map(({ name }) => name),
    away: people.map(({ id }) => id).filter((id) => !here.has(id)),
  }
}
