import { expect, test } from 'vitest'

import { deskWith, measure } from '../card/fixture'
import {
  endOf,
  measureOf,
  measuresAside,
  measuresInUse,
  measureTitle,
  mergedInto,
} from './measures'

const desk = deskWith(
  measure('measure_4', [], { created_ms: 4, clusters: ['cluster_1'] }),
  measure('measure_1', [], { state: 'merged', merged_into: 'measure_2' }),
  measure('measure_2', [], { state: 'merged', merged_into: 'measure_3', clusters: ['cluster_2'] }),
  measure('measure_3', [], { state: 'accepted', created_ms: 3, clusters: ['cluster_2'] }),
  measure('measure_5', [], { state: 'parked', clusters: ['cluster_3'] }),
  measure('measure_6', [], { state: 'rejected' }),
  measure('measure_7', [], { state: 'withdrawn' }),
)

test('proposed and accepted measures are in use, oldest first', () => {
  expect(measuresInUse(desk).map(({ id }) => id)).toEqual(['measure_3', 'measure_4'])
  expect(measuresAside(desk)).toHaveLength(5)
})

test('a cluster has the measure that is in use', () => {
  expect(measureOf(desk, 'cluster_1')?.id).toBe('measure_4')
  expect(measureOf(desk, 'cluster_2')?.id).toBe('measure_3')
  expect(measureOf(desk, 'cluster_3')).toBeUndefined()
})

test('merges are followed to their end, and back', () => {
  const [first] = mergedInto(desk, 'measure_3')
  expect(first && endOf(desk, first).id).toBe('measure_3')
  expect(mergedInto(desk, 'measure_3').map(({ id }) => id)).toEqual(['measure_1', 'measure_2'])
  expect(mergedInto(desk, 'measure_2').map(({ id }) => id)).toEqual(['measure_1'])
  expect(mergedInto(desk, 'measure_4')).toEqual([])
})

test('a measure has its Swedish name in Swedish only, where it has one', () => {
  const named = { name: 'Kävijät', name_sv: 'Besökare' }
  expect((['fi', 'sv', 'en'] as const).map((language) => measureTitle(named, language))).toEqual([
    'Kävijät',
    'Besökare',
    'Kävijät',
  ])
  expect(measureTitle({ name: 'Kävijät' }, 'sv')).toBe('Kävijät')
})
