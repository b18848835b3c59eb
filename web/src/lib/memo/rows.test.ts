import { describe, expect, it } from 'vitest'

import { Desk } from '../desk/desk.svelte'
import type { Form } from '../protocol'
import { lastBatch, memoOf, nextPosting, postedNote, readinessOf, rowsOfNobody } from './rows'

const row = (id: string, more: Form): Form => ({ t: 'row', id, workshop: 'workshop_2', ...more })
const mine = (id: string, created_ms: number, more: Form = {}) =>
  row(id, { text: id, version: 1, created_ms, ...more })
const person = (id: string, more: Form): Form => ({
  t: 'person',
  id,
  role: 'participant',
  organisation: 'org_a',
  has_left: false,
  ...more,
})

function deskOf(...records: Form[]): Desk {
  const desk = new Desk()
  const all = [{ t: 'desk', id: 'desk', workshop: 'workshop_2' }, ...records]
  desk.reset(Object.fromEntries(all.map((record) => [String(record.id), record])))
  return desk
}

describe('a memo', () => {
  it('has what may be read: in use now, the latest first; of last time; dropped', () => {
    const desk = deskOf(
      mine('row_1', 1),
      mine('row_2', 2),
      mine('row_3', 3, { workshop: 'workshop_1' }),
      mine('row_4', 4, { dropped_ms: 9 }),
      row('row_5', { organisation: 'org_b' }),
    )
    const { rows, before, dropped } = memoOf(desk)
    const ids = [rows, before, dropped].map((part) => part.map(({ id }) => id))
    expect(ids).toEqual([['row_2', 'row_1'], ['row_3'], ['row_4']])
  })

  it('takes back of the last import what was neither edited nor posted', () => {
    const note: Form = { t: 'note', id: 'note_1', workshop: 'workshop_2' }
    const desk = deskOf(
      note,
      mine('row_1', 1, { batch: 'a' }),
      mine('row_2', 2, { batch: 'b' }),
      mine('row_3', 2, { batch: 'b', version: 2 }),
      mine('row_4', 2, { batch: 'b', note: 'note_1' }),
      mine('row_5', 3),
    )
    expect(lastBatch(desk, memoOf(desk).rows)).toEqual({ batch: 'b', at_ms: 2, count: 1 })
    expect(lastBatch(desk, [])).toBeUndefined()
  })

  it('knows a note of a row only on the current board', () => {
    const desk = deskOf(
      { t: 'note', id: 'note_1', workshop: 'workshop_1' },
      mine('row_1', 1, { note: 'note_1' }),
    )
    const [row] = memoOf(desk).rows
    expect(row && postedNote(desk, row)).toBeUndefined()
  })
})

describe('readiness', () => {
  it('counts people and rows per organisation, and rows that nobody shares', () => {
    const desk = deskOf(
      { t: 'organisation', id: 'org_b', name: 'B ry' },
      { t: 'organisation', id: 'org_a', name: 'A ry' },
      person('person_1', { is_member: true }),
      person('person_2', {}),
      person('person_3', { has_left: true }),
      person('person_4', { role: 'facilitator' }),
      row('row_1', { organisation: 'org_a' }),
      row('row_2', { organisation: 'org_a', workshop: 'workshop_1' }),
      row('row_3', { organisation: 'org_a', dropped_ms: 1 }),
      row('row_4', {}),
    )
    const counted = readinessOf(desk).map(({ organisation, ...counts }) => [
      organisation.name,
      counts,
    ])
    expect(counted).toEqual([
      ['A ry', { people: 2, members: 1, rows: 1, before: 1 }],
      ['B ry', { people: 0, members: 0, rows: 0, before: 0 }],
    ])
    expect(rowsOfNobody(desk)).toBe(1)
  })
})

describe('posting', () => {
  it('is possible in the next section that grants it', () => {
    const section = (id: string, order: number, state: string, grants: Form): Form => ({
      ...{ t: 'section', id, workshop: 'workshop_2', order, state, grants },
    })
    const desk = deskOf(
      section('section_1', 1, 'planned', { 'notes.add': 'all' }),
      section('section_2', 2, 'open', {}),
      section('section_3', 3, 'skipped', { 'notes.add': 'all' }),
      section('section_4', 4, 'planned', {}),
      section('section_5', 5, 'planned', { 'notes.add': 'all' }),
    )
    expect(nextPosting(desk)?.id).toBe('section_5')
  })
})
