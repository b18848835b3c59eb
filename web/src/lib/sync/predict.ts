/**
 * What my own acts on notes, votes and my memo will make of the desk, before the log says so.
 *
 * Nothing else is foreseen: nothing else is done so often that waiting for the server would be
 * felt, and the rules of everything else live there alone.
 */

import type { Desk, Prediction } from '../desk/desk.svelte'
import type {
  AddNote,
  AnyRecord,
  CastVote,
  Command,
  EditNote,
  EditRow,
  MemoRow,
  NewRow,
  Note,
  Person,
  RateTarget,
  Vote,
} from '../protocol'

export interface Foreseen {
  readonly command: Command
  readonly asked_ms: number
}

/** `shown = pending.reduce(predict, confirmed)`: the records that differ from the confirmed ones. */
export function predict(
  desk: Pick<Desk, 'confirmed'>,
  pending: readonly Foreseen[],
  me: string,
): Prediction {
  const prediction: Prediction = new Map()
  const now = (id: string): AnyRecord | undefined => {
    const foreseen = prediction.get(id)
    return foreseen === undefined ? desk.confirmed(id) : (foreseen ?? undefined)
  }
  const note = (id: string): Note | undefined => {
    const record = now(id)
    return record?.t === 'note' ? record : undefined
  }
  const row = (id: string): MemoRow | undefined => {
    const record = now(id)
    return record?.t === 'row' ? record : undefined
  }
  for (const { command, asked_ms } of pending) {
    if (command.t === 'note.add') {
      const made = now(command.id) ? undefined : added(desk, command, me, asked_ms)
      if (made) prediction.set(made.id, made)
    } else if (command.t === 'note.edit') {
      const edited = note(command.id)
      // Another version: either this very edit is in the log by now, or it will be refused.
      if (edited?.version === command.base) prediction.set(edited.id, after(edited, command))
    } else if (command.t === 'note.move') {
      for (const [id, at] of Object.entries(command.to)) {
        const moved = note(id)
        if (moved) prediction.set(id, { ...moved, at })
      }
    } else if (command.t === 'note.remove') {
      for (const id of command.notes) if (note(id)) prediction.set(id, null)
    } else if (command.t === 'vote.cast' || command.t === 'vote.rate') {
      const vote = voted(now(command.id), now(command.round), command, me)
      if (vote !== undefined) prediction.set(command.id, vote)
    } else if (command.t === 'memo.add') {
      for (const written of command.rows) {
        const made = now(written.id) ? undefined : addedRow(desk, written, me, asked_ms)
        if (made && command.batch) made.batch = command.batch
        if (made) prediction.set(made.id, made)
      }
    } else if (command.t === 'memo.edit') {
      const edited = row(command.id)
      if (edited?.version === command.base) prediction.set(edited.id, after(edited, command))
    } else if (command.t === 'memo.remove') {
      for (const id of command.rows) if (row(id)) prediction.set(id, null)
    }
  }
  return prediction
}

const DETAILS = ['unit', 'source', 'interval', 'target_group'] as const

function added(
  desk: Pick<Desk, 'confirmed'>,
  command: AddNote,
  me: string,
  asked_ms: number,
): Note | undefined {
  const info = desk.confirmed('desk')
  const person = desk.confirmed(me)
  if (info?.t !== 'desk') return undefined
  const organisation = command.organisation ?? organisationOf(person)
  const note: Note = {
    t: 'note',
    id: command.id,
    workshop: info.workshop,
    text: command.text.trim(),
    at: command.at,
    author: me,
    shows: info.shows,
    is_hidden: false,
    version: 1,
    created_ms: asked_ms,
  }
  if (organisation !== undefined) note.organisation = organisation
  for (const key of DETAILS) put(note, key, command[key])
  return note
}

/** My vote as it becomes; null when it is taken back, undefined when nothing changes. */
function voted(
  before: AnyRecord | undefined,
  round: AnyRecord | undefined,
  command: CastVote | RateTarget,
  me: string,
): Vote | null | undefined {
  if (round?.t !== 'round' || round.state !== 'open') return undefined
  if (before !== undefined && before.t !== 'vote') return undefined
  if (command.t === 'vote.cast' && command.dots === 0) return before && null
  const vote: Vote = before ?? {
    t: 'vote',
    id: command.id,
    round: command.round,
    target: command.target,
    voter: me,
    shows: 'nothing',
    is_hidden: true,
  }
  return command.t === 'vote.cast'
    ? { ...vote, dots: command.dots }
    : { ...vote, importance: command.importance, feasibility: command.feasibility }
}

function addedRow(
  desk: Pick<Desk, 'confirmed'>,
  written: NewRow,
  me: string,
  created_ms: number,
): MemoRow | undefined {
  const info = desk.confirmed('desk')
  const person = desk.confirmed(me)
  if (info?.t !== 'desk') return undefined
  const row: MemoRow = {
    t: 'row',
    id: written.id,
    workshop: info.workshop,
    text: written.text.trim(),
    author: me,
    version: 1,
    created_ms,
  }
  const isShared = person?.t === 'person' && person.role === 'participant' && person.is_member
  const organisation = isShared ? person.organisation : undefined
  if (organisation !== undefined) row.organisation = organisation
  for (const key of DETAILS) put(row, key, written[key])
  return row
}

function after<Written extends Note | MemoRow>(
  written: Written,
  command: EditNote | EditRow,
): Written {
  const edited: Written = { ...written, version: written.version + 1 }
  if (command.text !== undefined) edited.text = command.text.trim()
  for (const key of DETAILS) if (command[key] !== undefined) put(edited, key, command[key])
  return edited
}

/** Absent is absent, as in the log: a blank field would make equal records unequal. */
function put(
  note: Note | MemoRow,
  key: (typeof DETAILS)[number],
  value: string | null | undefined,
): void {
  const kept = value?.trim()
  if (kept) note[key] = kept
  else Reflect.deleteProperty(note, key)
}

function organisationOf(record: AnyRecord | undefined): Person['organisation'] {
  return record?.t === 'person' ? record.organisation : undefined
}
