/** What people do in the follow-up. Dialogs tell what was refused. */

import type { Actor } from '../desk/acts'
import { newId } from '../desk/ids'
import type { ActualGiven } from '../protocol'
import type { Outcome } from '../sync/live.svelte'

export type Entry = Omit<ActualGiven, 'id'>

/** Enter a value; `base` is the version of the one that was on the screen, if there was one. */
export function enterActual(live: Pick<Actor, 'ask'>, entry: Entry): Promise<Outcome> {
  return live.ask({ t: 'actual.set', given: { id: newId('actual'), ...entry } })
}

/** Enter many: all of them or none. */
export function enterActuals(
  live: Pick<Actor, 'ask'>,
  entries: readonly Entry[],
): Promise<Outcome> {
  const rows = entries.map((entry) => ({ id: newId('actual'), ...entry }))
  return live.ask({ t: 'actuals.import', rows })
}
