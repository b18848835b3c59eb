import { expect, test } from 'vitest'

import { deskWith, measure, note } from './fixture'
import { hintsOf } from './quality'

const desk = deskWith(
  note('note_1', { organisation: 'org_a' }),
  note('note_2', { organisation: 'org_b' }),
  note('note_3'),
)
const WHOLE = measure('measure_1', ['note_1', 'note_2'], {
  unit: 'h',
  source: 'päiväkirja',
  collection: 'kirjataan',
  interval: 'vuosi',
  owner: 'org_a',
  direction: 'more',
  baseline: 0,
})
const why = (of: typeof WHOLE) => {
  const there = deskWith(...desk.all('note'), of)
  return hintsOf(there, of).map((hint) => hint.why)
}

test('a measure that is defined needs no hint', () => {
  expect(why(WHOLE)).toEqual([])
})

test('a new measure needs most of them, the weightiest first', () => {
  expect(why(measure('measure_2', ['note_1']))).toEqual([
    'uncountable',
    'unrepeatable',
    'no_owner',
    'one_organisation',
    'no_baseline',
    'no_direction',
  ])
})

test.each(['interval', 'collection', 'source'] as const)(
  'without %s it is not repeatable',
  (field) => {
    const { [field]: _, ...rest } = WHOLE
    const there = deskWith(...desk.all('note'), rest)
    expect(hintsOf(there, rest)).toEqual([{ why: 'unrepeatable', lacks: [field] }])
  },
)

test('notes whose organisations are not shown are no single organisation', () => {
  expect(why({ ...WHOLE, notes: ['note_3'] })).toEqual([])
  expect(why({ ...WHOLE, notes: ['note_1', 'note_3'] })).toEqual(['one_organisation'])
})
