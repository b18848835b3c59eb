import { expect, test } from 'vitest'

import { deskWith, note } from '../card/fixture'
import { dropOf, targetOf } from './drop'

const desk = deskWith(
  { t: 'cluster', id: 'cluster_1', workshop: 'workshop_1', title: 'Kävijät', at: { x: 0, y: 0 } },
  note('note_in', { cluster: 'cluster_1' }),
  note('note_loose'),
  note('note_other'),
)
const loose = { notes: ['note_other'], clusters: [] }
const inside = { notes: ['note_in'], clusters: [] }
const cluster = { notes: [], clusters: ['cluster_2'] }

test('a note on the empty board is placed there', () => {
  expect(dropOf(desk, loose, undefined, true)).toEqual({ t: 'place' })
  expect(dropOf(desk, inside, undefined, true)).toEqual({ t: 'place' })
})

test('a note on a loose note makes a cluster of both', () => {
  expect(dropOf(desk, loose, 'note_loose', true)).toEqual({ t: 'group', note: 'note_loose' })
})

test('a note on a cluster, or on a note of it, goes into it', () => {
  const into = { t: 'into', cluster: 'cluster_1' }
  expect(dropOf(desk, loose, 'cluster_1', true)).toEqual(into)
  expect(dropOf(desk, loose, 'note_in', true)).toEqual(into)
})

test('a note let go in its own cluster stays', () => {
  expect(dropOf(desk, inside, 'cluster_1', true)).toEqual({ t: 'stay' })
})

test('several notes go in when one of them is new there', () => {
  const both = { notes: ['note_in', 'note_loose'], clusters: [] }
  expect(dropOf(desk, both, 'cluster_1', true)).toEqual({ t: 'into', cluster: 'cluster_1' })
})

test('a cluster on another one offers to merge, on the board it moves', () => {
  expect(dropOf(desk, cluster, 'note_in', true)).toEqual({ t: 'merge', into: 'cluster_1' })
  expect(dropOf(desk, cluster, 'note_loose', true)).toEqual({ t: 'place' })
})

test('notes and clusters together only move', () => {
  const both = { notes: ['note_other'], clusters: ['cluster_2'] }
  expect(dropOf(desk, both, 'cluster_1', true)).toEqual({ t: 'place' })
})

test('who may not group can only place', () => {
  expect(dropOf(desk, loose, 'cluster_1', false)).toEqual({ t: 'place' })
  expect(dropOf(desk, loose, 'note_loose', false)).toEqual({ t: 'place' })
})

test('only what takes part lights up', () => {
  expect(targetOf({ t: 'into', cluster: 'cluster_1' })).toBe('cluster_1')
  expect(targetOf({ t: 'stay' })).toBeUndefined()
})
