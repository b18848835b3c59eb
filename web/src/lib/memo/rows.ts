/** The rows of a memo as its people see them, and how many there are as facilitators do. */

import { sectionsOf } from '../desk/agenda'
import type { Desk } from '../desk/desk.svelte'
import type { MemoRow, Note, Organisation, Person, Section } from '../protocol'

export interface Memo {
  /** In use now, the latest first: what was just written is before one's eyes. */
  readonly rows: readonly MemoRow[]
  /** Of an earlier workshop, and nobody has said yet whether they are still in use. */
  readonly before: readonly MemoRow[]
  /** Not in use any more. */
  readonly dropped: readonly MemoRow[]
}

/** The rows that this page may read. Of others' memos facilitators have what can be counted. */
export function memoOf(desk: Desk): Memo {
  const workshop = desk.info?.workshop
  const mine = desk.all('row').filter(isReadable)
  mine.sort((a, b) => b.created_ms - a.created_ms)
  const kept = mine.filter((row) => row.dropped_ms === undefined)
  return {
    rows: kept.filter((row) => row.workshop === workshop),
    before: kept.filter((row) => row.workshop !== workshop),
    dropped: mine.filter((row) => row.dropped_ms !== undefined),
  }
}

/** A row of somebody else's memo has no text: absent on the wire whatever the type says. */
function isReadable(row: Partial<MemoRow>): boolean {
  return row.text !== undefined
}

/** The note of the current board that was made of the row, if it is still there. */
export function postedNote(desk: Desk, row: MemoRow): Note | undefined {
  const note = desk.get('note', row.note)
  return note?.workshop === desk.info?.workshop ? note : undefined
}

/** The last paste or import that can be taken back, and how many rows of it would go. */
export function lastBatch(
  desk: Desk,
  rows: readonly MemoRow[],
): { batch: string; at_ms: number; count: number } | undefined {
  const untouched = rows.filter((row) => row.version === 1 && !postedNote(desk, row))
  const last = untouched.find((row) => row.batch !== undefined)
  if (last?.batch === undefined) return undefined
  const count = untouched.filter((row) => row.batch === last.batch).length
  return { batch: last.batch, at_ms: last.created_ms, count }
}

/** Everybody who shares the memo of an organisation. */
export function membersOf(desk: Desk, organisation: string): Person[] {
  return present(desk, organisation).filter((person) => person.is_member)
}

/** The first section to come in which participants may post. */
export function nextPosting(desk: Desk): Section | undefined {
  const open = desk.openSection
  return sectionsOf(desk, open?.workshop ?? desk.info?.workshop).find(
    ({ state, order, grants }) =>
      state === 'planned' && order > (open?.order ?? 0) && grants['notes.add'] !== undefined,
  )
}

export interface Readiness {
  readonly organisation: Organisation
  readonly people: number
  /** How many of them share the memo. */
  readonly members: number
  readonly rows: number
  /** Rows of earlier workshops that nobody has kept yet. */
  readonly before: number
}

/** How ready each organisation is, by name; what is on a memo nobody else learns. */
export function readinessOf(desk: Desk): Readiness[] {
  const counts = countRows(desk)
  return desk
    .all('organisation')
    .sort((a, b) => a.name.localeCompare(b.name, 'fi'))
    .map((organisation) => {
      const people = present(desk, organisation.id)
      const { rows = 0, before = 0 } = counts.get(organisation.id) ?? {}
      const members = people.filter((person) => person.is_member).length
      return { organisation, people: people.length, members, rows, before }
    })
}

/** Rows of people who share no memo. */
export function rowsOfNobody(desk: Desk): number {
  return countRows(desk).get(undefined)?.rows ?? 0
}

function countRows(desk: Desk): Map<string | undefined, { rows: number; before: number }> {
  const workshop = desk.info?.workshop
  const counts = new Map<string | undefined, { rows: number; before: number }>()
  for (const row of desk.all('row')) {
    if (row.dropped_ms !== undefined) continue
    const count = counts.get(row.organisation) ?? { rows: 0, before: 0 }
    if (row.workshop === workshop) count.rows++
    else count.before++
    counts.set(row.organisation, count)
  }
  return counts
}

function present(desk: Desk, organisation: string): Person[] {
  return desk
    .all('person')
    .filter(
      (person) =>
        person.organisation === organisation &&
        person.role === 'participant' &&
        !person.has_left &&
        person.removed_ms === undefined,
    )
}
