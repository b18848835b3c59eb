import { describe, expect, test } from 'vitest'

import {
  around,
  cellOf,
  clusterBox,
  columnsOf,
  contains,
  grown,
  middle,
  neighbour,
  noteBox,
  overlaps,
  spanned,
} from './layout'

const ORIGIN = { x: 0, y: 0 }

describe('a cluster', () => {
  test.each([1, 2, 3, 7, 12, 40, 300])('of %i notes has room for each of them', (count) => {
    const box = clusterBox({ x: 30, y: -50 }, count)
    const cells = Array.from({ length: count }, (_, i) => cellOf({ x: 30, y: -50 }, i, count))
    for (const cell of cells) {
      expect(contains(box, cell)).toBe(true)
      expect(contains(box, { x: cell.x + cell.width, y: cell.y + cell.height })).toBe(true)
    }
    for (const [i, cell] of cells.entries()) {
      expect(cells.slice(i + 1).some((other) => overlaps(cell, other))).toBe(false)
    }
  })

  test('without notes has room for one row', () => {
    expect(clusterBox(ORIGIN, 0)).toEqual(clusterBox(ORIGIN, 2))
  })

  test('grows with its notes and never becomes narrower', () => {
    let before = 0
    for (let count = 1; count < 200; count++) {
      const box = clusterBox(ORIGIN, count)
      expect(box.width * box.height).toBeGreaterThanOrEqual(before)
      before = box.width * box.height
    }
  })

  test('stays wider than high', () => {
    expect(columnsOf(1)).toBe(2)
    for (const count of [9, 30, 100, 1000]) {
      const box = clusterBox(ORIGIN, count)
      expect(box.width).toBeGreaterThan(box.height)
    }
  })
})

describe('rectangles', () => {
  test('around several', () => {
    expect(around([noteBox(ORIGIN), noteBox({ x: -100, y: 300 })])).toEqual({
      x: -100,
      y: 0,
      width: 300,
      height: 440,
    })
    expect(around([])).toBeUndefined()
  })

  test('spanned by corners in any order', () => {
    expect(spanned({ x: 5, y: 9 }, { x: 1, y: 2 })).toEqual({ x: 1, y: 2, width: 4, height: 7 })
  })

  test('that only touch do not overlap', () => {
    expect(overlaps(noteBox(ORIGIN), noteBox({ x: 200, y: 0 }))).toBe(false)
    expect(overlaps(noteBox(ORIGIN), noteBox({ x: 199, y: 139 }))).toBe(true)
  })

  test('grown keeps its middle', () => {
    const rect = noteBox({ x: 7, y: 8 })
    expect(middle(grown(rect, 20))).toEqual(middle(rect))
  })
})

describe('the neighbour', () => {
  const board = new Map([
    ['right', noteBox({ x: 300, y: 0 })],
    ['askew', noteBox({ x: 220, y: 160 })],
    ['below', noteBox({ x: 0, y: 400 })],
    ['left', noteBox({ x: -900, y: 20 })],
  ])

  test.each([
    ['right', 'right'],
    ['down', 'below'],
    ['left', 'left'],
  ] as const)('to the %s is %s', (direction, id) => {
    expect(neighbour(noteBox(ORIGIN), board, direction)).toBe(id)
  })

  test('is nobody at the edge', () => {
    expect(neighbour(noteBox(ORIGIN), board, 'up')).toBeUndefined()
  })
})
