import { describe, expect, test } from 'vitest'

import { sumChecks } from './checks'
import { figure } from './fixture'

const BY_MUNICIPALITY = (
  [
    ['Hamina', 413],
    ['Kotka', 917],
    ['Kouvola', 1695],
    ['Miehikkälä', 72],
    ['Pyhtää', 117],
    ['Virolahti', 132],
  ] as const
).map(([region, value]) =>
  figure(`figure_${region}`, { group: 'by_municipality', region, value, as_of: '2024-11-04' }),
)
const WHOLE = figure('figure_all', {
  group: 'by_purpose',
  region: 'Kymenlaakso',
  value: 3344,
  as_of: '2024-04-26',
})
const SOCIAL = figure('figure_social', { group: 'by_purpose', region: 'Kymenlaakso', value: 237 })

describe('the sum of the municipalities', () => {
  test('differs from the total by two, at another date', () => {
    const [check, ...more] = sumChecks([SOCIAL, ...BY_MUNICIPALITY, WHOLE])
    expect(more).toEqual([])
    expect(check).toMatchObject({
      sum: 3346,
      sumAsOf: '2024-11-04',
      difference: 2,
      isSameDate: false,
    })
    expect(check?.total.id).toBe('figure_all')
  })

  test('at the same date one of them is wrong', () => {
    const [check] = sumChecks([...BY_MUNICIPALITY, { ...WHOLE, as_of: '2024-11-04' }])
    expect(check?.isSameDate).toBe(true)
  })

  test('that agrees needs no word', () => {
    expect(sumChecks([...BY_MUNICIPALITY, { ...WHOLE, value: 3346 }])).toEqual([])
  })

  test('without one municipality is no sum', () => {
    const { value: _, ...missing } = figure('figure_x', { group: 'by_municipality', region: 'X' })
    expect(sumChecks([...BY_MUNICIPALITY, missing, WHOLE])).toEqual([])
  })

  test('of several dates has no date', () => {
    const newer = figure('figure_x', {
      group: 'by_municipality',
      region: 'X',
      value: 1,
      as_of: '2025-01-01',
    })
    const [check] = sumChecks([...BY_MUNICIPALITY, newer, WHOLE])
    expect(check).toMatchObject({ sum: 3347, sumAsOf: undefined, isSameDate: false })
  })

  test('is not compared with another section or unit', () => {
    expect(sumChecks([...BY_MUNICIPALITY, { ...WHOLE, section: 'population' }])).toEqual([])
    expect(sumChecks([...BY_MUNICIPALITY, { ...WHOLE, unit: '%' }])).toEqual([])
  })
})

test('age groups of one region are no regional group', () => {
  const ages = ['0–6', '7–15'].map((age) =>
    figure(`figure_${age}`, { group: 'age', region: 'Kymenlaakso', value: 10 }),
  )
  expect(sumChecks([...ages, figure('figure_all', { region: 'Suomi', value: 100 })])).toEqual([])
})
