import { expect, test } from 'vitest'

import { deskWith, note } from '../card/fixture'
import { Board } from './board.svelte'

const desk = () =>
  deskWith(
    {
      t: 'desk',
      id: 'desk',
      title: { fi: 'Pöytä' },
      council: { fi: 'Neuvottelukunta' },
      timezone: 'Europe/Helsinki',
      template: 'nekku',
      workshop: 'workshop_1',
      shows: 'organisation',
      focus_areas: [],
      age_groups: [],
      statuses: [],
    },
    {
      t: 'cluster',
      id: 'cluster_1',
      workshop: 'workshop_1',
      title: 'Kävijät',
      at: { x: 1000, y: 0 },
    },
    note('note_loose', { at: { x: 5, y: 7 } }),
    note('note_young', { cluster: 'cluster_1', created_ms: 2 }),
    note('note_old', { cluster: 'cluster_1', created_ms: 1 }),
    note('note_elsewhere', { workshop: 'workshop_2' }),
  )

test('loose notes lie where they are, grouped ones in their cluster by age', () => {
  const board = new Board(desk())
  expect(board.placeOf('note_loose')).toMatchObject({ x: 5, y: 7 })
  const [old, young] = [board.placeOf('note_old'), board.placeOf('note_young')]
  expect(old?.x).toBeGreaterThan(1000)
  expect(young?.x).toBeGreaterThan(old?.x ?? Infinity)
  expect(board.has('note_elsewhere')).toBe(false)
})

test('the uppermost item is found under a point', () => {
  const board = new Board(desk())
  expect(board.under({ x: 10, y: 10 })).toBe('note_loose')
  expect(board.under({ x: 1010, y: 10 })).toBe('cluster_1')
  expect(board.under({ x: 1020, y: 70 })).toBe('note_old')
  expect(board.under({ x: 1020, y: 70 }, (id) => id !== 'note_old')).toBe('cluster_1')
  expect(board.under({ x: -50, y: 0 })).toBeUndefined()
})

test('what was dropped is shown there until the log moves it', () => {
  const of = desk()
  const board = new Board(of)
  const dropped = { x: 300, y: 300, width: 200, height: 140 }
  board.hold([['note_loose', dropped]])
  expect(board.placeOf('note_loose')).toBe(dropped)
  of.apply([{ note_loose: { at: { x: 301, y: 302 } } }])
  expect(board.placeOf('note_loose')).toMatchObject({ x: 301, y: 302 })
})

test('a hold that is let go shows the old place again', () => {
  const board = new Board(desk())
  board.hold([['note_loose', { x: 300, y: 300, width: 200, height: 140 }]])
  board.release(['note_loose'])
  expect(board.placeOf('note_loose')).toMatchObject({ x: 5, y: 7 })
})
