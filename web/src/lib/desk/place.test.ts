import { describe, expect, it } from 'vitest'

import { noteBox, overlaps, type Rect } from './layout'
import type { Form } from '../protocol'
import { Desk } from './desk.svelte'
import { FreePlaces, isOnAnother, laneOf, takenOn } from './place'

const note = (id: string, x: number, y: number, more: Form = {}): [string, Form] => [
  id,
  {
    t: 'note',
    id,
    workshop: 'workshop_1',
    text: id,
    at: { x, y },
    shows: 'organisation',
    is_hidden: false,
    version: 1,
    created_ms: 1,
    ...more,
  },
]

function deskOf(...records: [string, Form][]): Desk {
  const desk = new Desk()
  desk.reset({
    desk: { t: 'desk', id: 'desk', workshop: 'workshop_1', title: { fi: 'X' } },
    ...Object.fromEntries(records),
  })
  return desk
}

const organisation = (index: number): [string, Form] => {
  const id = `org_${String(index)}`
  return [id, { t: 'organisation', id, name: id }]
}

function clashes(rects: readonly Rect[]): number {
  return rects.filter((a, i) => rects.some((b, j) => j < i && overlaps(a, b))).length
}

describe('a free place', () => {
  it('is the wish itself when nothing is there', () => {
    expect(new FreePlaces([]).near({ x: 0, y: 0 })).toEqual({ x: 0, y: 0 })
  })

  it('is beside what is there, never on top of it', () => {
    const there = [noteBox({ x: 35, y: -20 }), noteBox({ x: -190, y: 77 })]
    const places = new FreePlaces(there)
    const given = Array.from({ length: 60 }, () => noteBox(places.near({ x: 0, y: 0 })))
    expect(clashes([...there, ...given])).toBe(0)
  })

  it('has room for a whole cluster', () => {
    const there = [noteBox({ x: 0, y: 0 }), noteBox({ x: 400, y: 300 })]
    const at = new FreePlaces(there).near({ x: 0, y: 0 }, 650, 500)
    expect(clashes([...there, { ...at, width: 650, height: 500 }])).toBe(0)
  })

  /** How long it takes to find places in the middle of a full square of so many notes a side. */
  function searched(side: number): number {
    const places = new FreePlaces([])
    for (let i = 0; i < side * side; i++) {
      places.take(noteBox({ x: (i % side) * 220, y: Math.floor(i / side) * 160 }))
    }
    const from = performance.now()
    for (let i = 0; i < 50; i++) places.near({ x: side * 110, y: side * 80 })
    return performance.now() - from
  }

  it('takes as much longer to find as there are more notes, not the square of it', () => {
    searched(32)
    expect(searched(100) / searched(32)).toBeLessThan(40) // 10 × the notes: about 10, not 100
  })
})

describe('the lane of an organisation', () => {
  it('is its own: twelve first notes of 30 organisations each do not meet', () => {
    const desk = deskOf(...Array.from({ length: 30 }, (_, index) => organisation(index)))
    const rects = desk.ids('organisation').flatMap((id) => {
      const places = new FreePlaces([]) // nobody sees what the others do
      return Array.from({ length: 4 }, () => noteBox(places.near(laneOf(desk, id))))
    })
    expect(clashes(rects)).toBe(0)
  })

  it('begins near the middle', () => {
    expect(laneOf(deskOf(organisation(0)), 'org_0')).toEqual({ x: 0, y: 0 })
  })
})

describe('what is taken', () => {
  it('are loose notes and clusters of this workshop, hidden notes of others have no place', () => {
    const desk = deskOf(
      note('note_1', 0, 0),
      note('note_2', 900, 0, { cluster: 'cluster_1' }),
      note('note_3', 0, 900, { workshop: 'workshop_2' }),
      ['note_4', { t: 'note', id: 'note_4', is_hidden: true }],
      [
        'cluster_1',
        { t: 'cluster', id: 'cluster_1', workshop: 'workshop_1', title: 'A', at: { x: 500, y: 0 } },
      ],
    )
    expect(takenOn(desk).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [500, 0],
    ])
    expect(takenOn(desk, new Set(['note_1'])).map(({ x }) => x)).toEqual([500])
  })

  it('twice at once is given to the note that was there first', () => {
    const desk = deskOf(note('note_1', 0, 0), note('note_2', 10, 10, { created_ms: 2 }))
    expect([isOnAnother(desk, 'note_1'), isOnAnother(desk, 'note_2')]).toEqual([false, true])
  })
})
