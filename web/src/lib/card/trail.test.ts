import { expect, test } from 'vitest'

import { CULTURE, deskWith, goal, measure, note } from './fixture'
import { goalsOfNote, sharedNetwork, sourcesOfGoal } from './trail'

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

test('the network is known when all organisations share it', () => {
  expect(sharedNetwork(desk, ['measure_1', 'measure_2'])).toBe(CULTURE)
  expect(sharedNetwork(desk, ['measure_4'])).toBeUndefined()
  expect(sharedNetwork(desk, [])).toBeUndefined()
})
