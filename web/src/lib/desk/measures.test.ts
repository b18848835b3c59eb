import { expect, test } from 'vitest'

import { deskWith, measure } from '../card/fixture'
import type { Merge } from '../protocol'
import {
  endOf,
  isLastMerge,
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

test('of merges one after the other the last one is undone first, where that was kept', () => {
  const merge: Merge = { state: 'proposed', clusters: [], notes: [], goals: {} }
  const merged = (id: string, into: string) =>
    measure(id, [], { state: 'merged', merged_into: into, merge })
  const of = deskWith(merged('measure_1', 'measure_2'), merged('measure_2', 'measure_3'))
  const all = deskWith(...of.all('measure'), measure('measure_3', []))
  const can = (id: string) => all.all('measure').some((m) => m.id === id && isLastMerge(all, m))
  expect([can('measure_1'), can('measure_2')]).toEqual([false, true])
  const [first] = desk.all('measure').filter(({ state }) => state === 'merged')
  expect(first && isLastMerge(desk, first)).toBe(false)
})
