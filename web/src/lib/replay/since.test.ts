import { expect, test } from 'vitest'

import { deskWith, note } from '../card/fixture'
import type { AnyRecord, DeskInfo, Section } from '../protocol'
import { marksSince, workshopsHeld } from './since.svelte'

const info = { t: 'desk', id: 'desk', workshop: 'workshop_1' } as DeskInfo
const hidden = { t: 'note', id: 'note_hidden', is_hidden: true } as AnyRecord

test('notes are added, changed and removed; what is hidden and other boards are no change', () => {
  const kept = note('note_kept')
  const then: AnyRecord[] = [kept, note('note_new', { text: 'vanha' }), note('note_gone'), hidden]
  const before = new Map(then.map((record) => [record.id, record]))
  const now = deskWith(
    info,
    kept,
    note('note_new', { text: 'uusi', version: 2 }),
    note('note_added'),
    note('note_other', { workshop: 'workshop_2' }),
    note('note_hidden', { is_hidden: true }),
  )
  const { there, gone, counts } = marksSince(before, now)
  expect(Object.fromEntries(there)).toEqual({ note_new: 'changed', note_added: 'added' })
  expect(gone.map(({ id }) => id)).toEqual(['note_gone'])
  expect(counts).toEqual({ added: 1, changed: 1, removed: 1 })
})

test('a workshop can be compared with when something of it was held and nothing is open', () => {
  const workshop = (number: number): AnyRecord => ({
    t: 'workshop',
    id: `workshop_${String(number)}`,
    number,
    title: { fi: '' },
  })
  const section = (of: number, state: Section['state']) =>
    ({
      t: 'section',
      id: `section_${String(of)}`,
      workshop: `workshop_${String(of)}`,
      state,
      closed_ms: state === 'closed' ? 1 : undefined,
    }) as Section
  const desk = deskWith(
    workshop(1),
    workshop(2),
    workshop(3),
    section(1, 'closed'),
    section(2, 'open'),
    section(3, 'planned'),
  )
  expect(workshopsHeld(desk).map(({ id }) => id)).toEqual(['workshop_1'])
})
