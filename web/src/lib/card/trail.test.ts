import { expect, test } from 'vitest'

import { CULTURE, deskWith, goal, measure, note } from './fixture'
import { goalsOfNote, sharedNetwork, sourcesOfGoal, voicesIn, writtenIn } from './trail'

const desk = deskWith(
  note('note_1', { organisation: 'org_a' }),
  note('note_2', { organisation: 'org_b' }),
  note('note_3', { organisation: 'org_a' }),
  note('note_4', { organisation: 'org_c' }),
  note('note_5'),
  measure('measure_1', ['note_1', 'note_2', 'note_gone']),
  measure('measure_2', ['note_2', 'note_3']),
  measure('measure_3', ['note_4'], { state: 'withdrawn' }),
  measure('measure_4', ['note_1', 'note_4']),
  goal('goal_1', { measures: ['measure_1', 'measure_2'] }),
  goal('goal_2', { measures: ['measure_1'], state: 'parked' }),
)

test('a goal knows its notes and organisations, each once', () => {
  const sources = sourcesOfGoal(desk, goal('goal_1', { measures: ['measure_1', 'measure_2'] }))
  expect(sources.measures.map((m) => m.notes.map((n) => n.id))).toEqual([
    ['note_1', 'note_2'],
    ['note_2', 'note_3'],
  ])
  expect(sources.notes.map((n) => n.id)).toEqual(['note_1', 'note_2', 'note_3'])
  expect(sources.organisations).toEqual(['org_a', 'org_b'])
})

test('a note knows the goals it led to, also the parked ones', () => {
  const trail = goalsOfNote(desk, 'note_1')
  expect(trail.measures.map((m) => m.id)).toEqual(['measure_1', 'measure_4'])
  expect(trail.goals.map((g) => g.id)).toEqual(['goal_1', 'goal_2'])
})

test('a withdrawn measure leads nowhere', () => {
  expect(goalsOfNote(desk, 'note_4').measures.map((m) => m.id)).toEqual(['measure_4'])
})

test('what was set aside is told apart', () => {
  expect(goalsOfNote(desk, 'note_4').aside.map((m) => m.id)).toEqual(['measure_3'])
  const merged = deskWith(
    note('note_1'),
    measure('measure_1', ['note_1'], { state: 'merged', merged_into: 'measure_2' }),
    measure('measure_2', ['note_1'], { state: 'accepted' }),
    goal('goal_1', { measures: ['measure_2'] }),
  )
  const trail = goalsOfNote(merged, 'note_1')
  expect(trail.measures.map((m) => m.id)).toEqual(['measure_2'])
  expect(trail.aside.map((m) => m.id)).toEqual(['measure_1'])
  expect(trail.goals.map((g) => g.id)).toEqual(['goal_1'])
})

test('voices are counted by organisation, the most notes first', () => {
  const notes = ['note_1', 'note_2', 'note_3', 'note_5'].flatMap((id) => desk.get('note', id) ?? [])
  expect(voicesIn(desk, notes)).toEqual([
    { organisation: 'Marttayhdistys', notes: 2 },
    { organisation: 'Kyläyhdistys', notes: 1 },
  ])
})

test('a note was written in the section that was open, or came late for one', () => {
  const plain = { kind: 'board', starts_at: 0, minutes: 1, links: [], grants: {} }
  const section = (id: string, more: object) => ({
    t: 'section' as const,
    id,
    workshop: 'workshop_1',
    order: 1,
    title: { fi: id },
    state: 'closed' as const,
    ...plain,
    ...more,
  })
  const held = deskWith(
    section('section_1', { started_ms: 10, closed_ms: 20 }),
    section('section_2', { workshop: 'workshop_2', started_ms: 10 }),
    section('section_3', { started_ms: 30 }),
    section('section_4', {}),
  )
  const at = (created_ms: number, more = {}) =>
    writtenIn(held, note('note_1', { created_ms, ...more }))?.id
  expect([at(9), at(10), at(20), at(25), at(31)]).toEqual([
    undefined,
    'section_1',
    'section_1',
    undefined,
    'section_3',
  ])
  expect(at(15, { workshop: 'workshop_2' })).toBe('section_2')
  expect(at(25, { late: 'section_1' })).toBe('section_1')
})

test('the network is known when all organisations share it', () => {
  expect(sharedNetwork(desk, ['measure_1', 'measure_2'])).toBe(CULTURE)
  expect(sharedNetwork(desk, ['measure_4'])).toBeUndefined()
  expect(sharedNetwork(desk, [])).toBeUndefined()
})
