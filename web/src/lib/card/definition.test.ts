import { expect, test } from 'vitest'

import { definitionOf, draftOf, problemsIn } from './definition'
import { measure } from './fixture'

const WHOLE = measure('measure_1', [], {
  name: 'Osallistujat',
  name_sv: 'Deltagare',
  unit: 'henkilöä',
  meaning: 'Montako ihmistä tavoitettiin.',
  source: 'päiväkirja',
  collection: 'lasketaan',
  interval: 'vuosi',
  owner: 'org_a',
  direction: 'more',
  level: 'output',
  baseline: 1234.5,
  baseline_as_of: '2025-02',
  target: 2000,
  target_year: 2029,
  age_groups: ['young'],
  indicator: 'sotkanet:127',
})

test.each(['fi', 'sv', 'en'] as const)(
  'a definition stays what it is when read in %s',
  (language) => {
    const {
      t: _t,
      id: _id,
      state: _s,
      clusters: _c,
      notes: _n,
      version: _v,
      created_ms: _m,
      ...whole
    } = WHOLE
    const draft = draftOf(WHOLE, language)
    expect(problemsIn(draft)).toEqual({})
    expect(definitionOf(draft)).toEqual(whole)
  },
)

test('what is left empty is taken away', () => {
  const { name, ...rest } = definitionOf(draftOf(measure('measure_1', []), 'fi'))
  expect(name).toBe('measure_1')
  expect(new Set(Object.values(rest))).toEqual(new Set([null]))
})

test('what cannot be read is named and kept', () => {
  const draft = {
    ...draftOf(WHOLE, 'fi'),
    baseline: 'noin 30',
    baselineAsOf: 'viime vuonna',
    target: '1e3',
    targetYear: '1999',
  }
  expect(Object.keys(problemsIn(draft)).sort()).toEqual([
    'baseline',
    'baselineAsOf',
    'target',
    'targetYear',
  ])
  expect(problemsIn({ ...draft, ...draftOf(undefined, 'fi') })).toEqual({})
})
