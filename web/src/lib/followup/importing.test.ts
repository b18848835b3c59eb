import { describe, expect, it } from 'vitest'

import { deskWith, measure } from '../card/fixture'
import type { AnyRecord } from '../protocol'
import { fitting } from './acts'
import { actual } from './fixture'
import { guessed, linesFrom, type Reporter } from './importing'

const ALL: Reporter = { organisation: undefined, isForAll: true }
const MARTTA: Reporter = { organisation: 'org_a', isForAll: false }
const HEAD = ['Mittari', 'Vuosi', 'Järjestö', 'Arvo', 'Pvm', 'Lähde']
const CARD: AnyRecord = {
  t: 'card',
  id: 'card',
  title: { fi: 'Kortti' },
  report: { fi: 'Kertomus' },
  period: '2026–2029',
  state: 'luonnos',
  sections: [],
}
const visitors = measure('measure_1', [], { name: 'Kävijät', name_sv: 'Besökare' })

function lines(rows: string[][], reporter = ALL, ...records: AnyRecord[]) {
  const cells = [HEAD, ...rows]
  const { columns, isHeaded } = guessed(cells)
  return linesFrom(deskWith(CARD, visitors, ...records), cells, columns, isHeaded, reporter)
}

describe('the columns', () => {
  it('are known by their heads in each language and any order', () => {
    for (const head of [
      ['Lähde', 'Mittari', 'Vuosi', 'Toteuma'],
      ['Källa', 'Mätare', 'År', 'Utfall'],
      ['Source', 'Measure', 'Year', 'Value'],
    ]) {
      const { columns, isHeaded } = guessed([head, ['a', 'b', 'c', 'd']])
      expect(isHeaded).toBe(true)
      expect(columns).toEqual(['source', 'measure', 'year', 'value'])
    }
  })

  it('are in the usual order without heads', () => {
    const { columns, isHeaded } = guessed([['Kävijät', '2026', '', '5', '2026', 'x', 'y']])
    expect(isHeaded).toBe(false)
    expect(columns).toEqual(['measure', 'year', 'organisation', 'value', 'as_of', 'source', null])
  })
})

describe('a row', () => {
  it('is a value of what it names, whatever the letter case', () => {
    const [line] = lines([['  KÄVIJÄT ', '2026', 'marttayhdistys', '1 234,5', '31.12.2026', 'Oma']])
    expect(line?.entry).toEqual({
      measure: 'measure_1',
      year: 2026,
      organisation: 'org_a',
      value: 1234.5,
      as_of: '2026-12-31',
      source: 'Oma',
    })
    expect([line?.number, line?.old, line?.isSame]).toEqual([2, undefined, false])
  })

  it('names a measure also in Swedish or by its id', () => {
    const rows = ['besökare', 'measure_1'].map((name, at) => [
      name,
      String(2026 + at),
      '',
      '5',
      '',
      'x',
    ])
    expect(lines(rows).map(({ fault }) => fault)).toEqual([undefined, undefined])
  })

  it('without a date is of its year, without an organisation of all or of one’s own', () => {
    const row = ['Kävijät', '2027', '', '5', '', 'x']
    expect(lines([row])[0]?.entry).toMatchObject({ as_of: '2027', value: 5 })
    expect(lines([row])[0]?.entry?.organisation).toBeUndefined()
    const [own] = lines([row], MARTTA)
    expect(own?.entry?.organisation).toBe('org_a')
    expect(own?.organisationText).toBe('Marttayhdistys')
  })

  it('that is no number is words', () => {
    const [line] = lines([['Kävijät', '2026', '', 'Hyvin meni', '', 'x']])
    expect(line?.entry).toMatchObject({ text: 'Hyvin meni' })
    expect(line?.entry?.value).toBeUndefined()
  })

  it('shows what it would replace, and names its version', () => {
    const there = actual('actual_1', { version: 3 })
    const rows = [['Kävijät', '2026', 'Marttayhdistys', '450', '', 'x']]
    const [line] = lines(rows, ALL, there)
    expect(line?.old?.id).toBe('actual_1')
    expect([line?.entry?.base, line?.isSame]).toEqual([3, false])
  })

  it('that is there already is told so', () => {
    const rows = [['Kävijät', '2026', 'Marttayhdistys', '412', '31.12.2026', 'Tilasto']]
    expect(lines(rows, ALL, actual('actual_1'))[0]?.isSame).toBe(true)
  })

  it('says what is wrong with it, and blank ones are none', () => {
    const good = ['Kävijät', '2026', 'Kyläyhdistys', '5', '2026', 'x']
    const wrong = (place: number, cell: string) =>
      good.map((was, at) => (at === place ? cell : was))
    const rows = [
      wrong(0, 'Muu'),
      wrong(1, '2025'),
      wrong(1, 'joskus'),
      wrong(2, 'Ei mikään'),
      wrong(3, ''),
      wrong(4, '31.2.2026'),
      wrong(5, ''),
      ['', '', '', '', '', ''],
      wrong(5, 'y'.repeat(201)),
      good,
      good,
    ]
    const found = lines(rows)
    expect(found.map(({ fault }) => fault)).toEqual([
      'no_measure',
      'no_year',
      'no_year',
      'no_organisation',
      'no_value',
      'no_date',
      'no_source',
      'too_long',
      'twice',
      'twice',
    ])
    expect(found.every(({ entry }) => entry === undefined)).toBe(true)
  })

  it('of others is not for a reporter', () => {
    const row = ['Kävijät', '2026', 'Kyläyhdistys', '5', '2026', 'x']
    expect(lines([row], MARTTA)[0]?.fault).toBe('not_yours')
  })
})

describe('an import', () => {
  it('carries as many values as one command holds', () => {
    const entry = { measure: 'measure_1', year: 2026, value: 1, as_of: '2026', source: 'x' }
    const long = { ...entry, source: 'ä'.repeat(200) }
    expect(fitting([entry, entry])).toBe(2)
    const fits = fitting(Array.from({ length: 500 }, () => long))
    expect(fits).toBeGreaterThan(80)
    expect(fits).toBeLessThan(200)
  })
})
