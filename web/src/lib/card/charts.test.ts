import { describe, expect, test } from 'vitest'

import { common, hasEnoughClasses, rowsOf, shareOf, sumOf, topOf } from './charts'
import { figure } from './fixture'

const young = figure('figure_a', { label: { fi: '0–6' }, value: 5.1, as_of: '2024' })
const grown = figure('figure_b', { label: { fi: '16–64' }, value: 57.3, as_of: '2024' })
const missing = figure('figure_c', { label: { fi: '85–' }, status: 'placeholder' })
const before = figure('figure_d', { label: { fi: '0–6' }, value: 6.4, as_of: '2014' })

describe('a chart of figures', () => {
  test('has a row for each label with the figures of all series', () => {
    const rows = rowsOf([[before], [young, grown]])
    expect(rows.map(({ label, figures }) => [label.fi, figures.map((one) => one?.id)])).toEqual([
      ['0–6', ['figure_d', 'figure_a']],
      ['16–64', [undefined, 'figure_b']],
    ])
  })

  test('takes its scale from the data', () => {
    expect(topOf([young, grown])).toBe(60)
    expect(topOf([figure('figure_x', { value: 1695 })])).toBe(2000)
    expect(topOf([figure('figure_x', { value: 100 })])).toBe(100)
  })

  test('draws nothing of what is missing', () => {
    expect(topOf([missing])).toBeUndefined()
    expect(shareOf(missing, 60)).toBeUndefined()
    expect(shareOf(undefined, 60)).toBeUndefined()
    expect(shareOf(young, 60)).toBeCloseTo(0.085)
  })

  test('of two classes is none', () => {
    expect(hasEnoughClasses([young, grown, missing])).toBe(false)
    expect(hasEnoughClasses([young, grown, before])).toBe(true)
  })
})

test('what all known figures have in common is said once', () => {
  expect(common([young, grown, missing], 'as_of')).toBe('2024')
  expect(common([young, before], 'as_of')).toBeUndefined()
  expect(common([], 'as_of')).toBeUndefined()
})

test('only what is all known and of one date is added up', () => {
  expect(sumOf([young, grown])).toBeCloseTo(62.4)
  expect(sumOf([young, grown, missing])).toBeUndefined()
  expect(sumOf([young, before])).toBeUndefined()
  expect(sumOf([])).toBeUndefined()
})
