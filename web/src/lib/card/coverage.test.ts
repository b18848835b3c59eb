import { expect, test } from 'vitest'

import { coverageOf } from './coverage'
import { AREA, CULTURE, deskWith, goal, measure, note, WORK } from './fixture'

const INFO = {
  t: 'desk',
  id: 'desk',
  title: { fi: 'Pöytä' },
  council: { fi: 'Neuvosto' },
  timezone: 'Europe/Helsinki',
  template: 'nekku',
  workshop: 'workshop_1',
  shows: 'organisation',
  focus_areas: [{ key: AREA, number: 1, name: { fi: 'Elintavat' } }],
  age_groups: [
    { key: 'young', name: { fi: 'Nuoret' } },
    { key: 'old', name: { fi: 'Ikääntyneet' } },
  ],
  statuses: [],
} as const
const desk = deskWith(
  { ...INFO, focus_areas: [...INFO.focus_areas], age_groups: [...INFO.age_groups], statuses: [] },
  note('note_1', { organisation: 'org_a' }),
  note('note_2', { organisation: 'org_b', created_ms: 3 }),
  note('note_3', { organisation: 'org_b', created_ms: 2 }),
  note('note_4', { organisation: 'org_b', parked_ms: 1 }),
  note('note_5', { organisation: 'org_c', is_hidden: true }),
  measure('measure_1', ['note_1'], { age_groups: ['old'] }),
  measure('measure_2', ['note_2'], { state: 'rejected' }),
  goal('goal_1', { measures: ['measure_1'] }),
  goal('goal_2', { age_groups: ['young', 'old'] }),
  goal('goal_3', { network: WORK }),
  goal('goal_4', { network: WORK, state: 'parked', age_groups: ['young'] }),
)
const coverage = coverageOf(desk)

test('goals are counted by network and age group, those of two groups in both', () => {
  const [matrix] = coverage.matrices
  expect(matrix?.rows).toEqual([
    { network: CULTURE, counts: [1, 2], forAll: 0 },
    { network: WORK, counts: [0, 0], forAll: 1 },
  ])
})

test('an organisation is heard by a note that shows', () => {
  expect(coverage.heard.map(({ id }) => id)).toEqual(['org_b', 'org_a'])
  expect(coverage.unheard.map(({ id }) => id)).toEqual(['org_c'])
})

test('goals on the card tell when one organisation or none is behind them', () => {
  expect(coverage.ofOne.map(({ id }) => id)).toEqual(['goal_1'])
  expect(coverage.ofNone.map(({ id }) => id)).toEqual(['goal_2', 'goal_3'])
})

test('a note is used by a measure that counts; parked and hidden ones are not asked for', () => {
  expect(coverage.unused.map(({ id }) => id)).toEqual(['note_3', 'note_2'])
})

test('who came to comment only is not missed', () => {
  const anna = { t: 'person', id: 'person_a', organisation: 'org_a', has_left: false } as const
  const bo = { ...anna, id: 'person_b', role: 'participant' } as const
  const unheard = (...people: Parameters<typeof deskWith>) =>
    coverageOf(deskWith(...people)).unheard.map(({ id }) => id)
  expect(unheard({ ...anna, role: 'commenter' })).toEqual(['org_b', 'org_c'].sort())
  expect(unheard({ ...anna, role: 'commenter' }, bo)).toContain('org_a')
})
