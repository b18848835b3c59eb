/** Everything that a person can do with a memo. Dialogs tell what was refused, else a notice does. */

import { type Actor, type Details, moveApart } from '../desk/acts'
import { newId, randomLetters } from '../desk/ids'
import { FreePlaces, laneOf, takenOn } from '../desk/place'
import { told } from '../desk/refusal'
import type { AddRows, EditRow, MemoRow, Posted } from '../protocol'
import type { Outcome } from '../sync/live.svelte'

export type NewLine = Details & { text: string }

/** Write one row. A refused text is kept and shown, as that of a note is. */
export function addRow(live: Actor, row: NewLine): Promise<Outcome> {
  return live.ask({ t: 'memo.add', rows: [{ id: newId('row'), ...row }] })
}

/** What an import asks: all of its rows or none, to be taken back by its `batch`. */
export function importing(rows: readonly NewLine[]): AddRows & { batch: string } {
  const batch = `import_${randomLetters().toLowerCase()}`
  return { t: 'memo.add', rows: rows.map((row) => ({ id: newId('row'), ...row })), batch }
}

/** Change a row; `base` is the one that was on the screen when editing began. */
export function editRow(
  live: Actor,
  base: Pick<MemoRow, 'id' | 'version'>,
  changes: Omit<EditRow, 't' | 'id' | 'base'>,
): Promise<Outcome> {
  return live.ask({ t: 'memo.edit', id: base.id, base: base.version, ...changes })
}

export function removeRow(live: Actor, row: string): Promise<Outcome> {
  return told(live.ask({ t: 'memo.remove', rows: [row] }))
}

/** Take back a paste or an import. */
export function undoBatch(live: Actor, batch: string): Promise<Outcome> {
  return told(live.ask({ t: 'memo.undo', batch }))
}

/** Say that rows are still in use, or that they are not. */
export function keepRows(live: Actor, rows: readonly string[], isKept: boolean): Promise<Outcome> {
  return told(live.ask({ t: 'memo.keep', rows: [...rows], is_kept: isKept }))
}

/** Put rows on the desk, each on a free place of the organisation's lane. */
export function postRows(live: Actor, rows: readonly string[]): Promise<Outcome> {
  const places = new FreePlaces(takenOn(live.desk))
  const lane = laneOf(live.desk, live.person?.organisation)
  const posted = rows.map((row): [string, Posted] => [
    row,
    { note: newId('note'), at: places.near(lane) },
  ])
  const done = told(live.ask({ t: 'memo.post', rows: Object.fromEntries(posted) }))
  for (const [, { note }] of posted) void moveApart(live, note, lane, done)
  return done
}
