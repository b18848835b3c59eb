/** What people do in the follow-up. Dialogs tell what was refused. */

import type { Actor } from '../desk/acts'
import { newId } from '../desk/ids'
import type { ActualGiven, ImportActuals } from '../protocol'
import type { Outcome } from '../sync/live.svelte'
import { bytesOf, MAX_COMMAND_BYTES } from '../sync/queue.svelte'

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
  return live.ask(importing(entries))
}

/** How many of these, from the first on, one command can carry. */
export function fitting(entries: readonly Entry[]): number {
  const empty = bytesOf(importing([]))
  let left = MAX_COMMAND_BYTES - empty
  for (const [place, entry] of entries.entries()) {
    left -= bytesOf(importing([entry])) - empty + 1 // and a comma
    if (left < 0) return place
  }
  return entries.length
}

function importing(entries: readonly Entry[]): ImportActuals {
  return {
    t: 'actuals.import',
    rows: entries.map((entry) => ({ id: newId('actual'), ...entry })),
  }
}
