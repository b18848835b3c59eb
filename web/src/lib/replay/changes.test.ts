import { expect, test } from 'vitest'

import { figure, goal, measure, note } from '../card/fixture'
import type { AnyRecord } from '../protocol'
import { changesBetween } from './changes'

const state = (...records: AnyRecord[]) => new Map(records.map((record) => [record.id, record]))
const brief = (before: AnyRecord[], after: AnyRecord[]) =>
  changesBetween(state(...before), state(...after)).map(({ id, what }) => [id, what])

test('what came, what changed and what went', () => {
  const same = note('note_same')
  expect(
    brief(
      [same, note('note_1', { text: 'a' }), note('note_gone')],
      [same, note('note_1', { text: 'b' }), note('note_new')],
    ),
  ).toEqual([
    ['note_new', 'added'],
    ['note_1', 'changed'],
    ['note_gone', 'removed'],
  ])
})

test('of a change it is told what was and what is', () => {
  const [change] = changesBetween(
    state(goal('goal_1', { text: 'a', status: 'planned' })),
    state(goal('goal_1', { text: 'b', status: 'done', version: 3 })),
  )
  expect(change?.fields).toEqual([
    { field: 'text', old: 'a', now: 'b' },
    { field: 'status', old: 'planned', now: 'done' },
  ])
})

test('what was put aside, rejected or merged is gone, with its reason', () => {
  const changes = changesBetween(
    state(note('note_1'), measure('measure_1', []), measure('measure_2', []), goal('goal_1')),
    state(
      note('note_1', { parked_ms: 1 }),
      measure('measure_1', [], { state: 'rejected', reason: 'Ei voi mitata' }),
      measure('measure_2', [], { state: 'merged', merged_into: 'measure_1' }),
      goal('goal_1', { state: 'parked', reason: 'Myöhemmin' }),
    ),
  )
  expect(changes.map(({ id, what, reason, into }) => [id, what, reason ?? into])).toEqual([
    ['note_1', 'removed', undefined],
    ['measure_1', 'removed', 'Ei voi mitata'],
    ['measure_2', 'removed', 'measure_1'],
    ['goal_1', 'removed', 'Myöhemmin'],
  ])
})

test('moving a note is no change of what it says', () => {
  expect(brief([note('note_1')], [note('note_1', { at: { x: 9, y: 9 } })])).toEqual([])
})

test('hidden notes are not told of, and are added when they are revealed', () => {
  const hidden = note('note_1', { is_hidden: true })
  expect(brief([], [hidden])).toEqual([])
  expect(brief([hidden], [note('note_1')])).toEqual([['note_1', 'added']])
})

test('a figure that was missing has changed when it has its value', () => {
  const [change] = changesBetween(
    state(figure('figure_1')),
    state(figure('figure_1', { value: 3344, as_of: '2024' })),
  )
  expect(change?.fields).toEqual([
    { field: 'value', old: undefined, now: 3344 },
    { field: 'as_of', old: undefined, now: '2024' },
  ])
})
