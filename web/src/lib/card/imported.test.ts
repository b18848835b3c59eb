import { describe, expect, test } from 'vitest'

import type { FigureFetched } from '../protocol'
import { figure } from './fixture'
import {
  candidates,
  chosenAtFirst,
  fetchedCandidates,
  guessed,
  headRow,
  importedRow,
  toggled,
} from './imported'

const KOTKA = figure('figure_kotka', {
  label: { fi: 'Kotka' },
  group: 'by_municipality',
  value: 917,
  as_of: '2024-11-04',
  source: 'PRH',
  version: 3,
})
const PYHTAA = figure('figure_pyhtaa', { label: { fi: 'Pyhtää', sv: 'Pyttis' }, value: 117 })
const LATEST = figure('figure_latest', {
  label: { fi: '0–6-vuotiaat' },
  group: 'age_latest',
  unit: '%',
  source_ref: 'sotkanet:7',
})
const EARLIER = figure('figure_earlier', {
  label: { fi: '0–6-vuotiaat' },
  group: 'age_earlier',
  unit: '%',
  source_ref: 'sotkanet:7',
})
const FIGURES = [KOTKA, PYHTAA, LATEST, EARLIER]
const NAMES: Record<string, string> = { age_latest: 'Ikärakenne, uusin tieto' }

function found(...cells: string[][]) {
  const head = headRow(cells)
  return candidates(cells, head, guessed(cells, head), FIGURES, (group) => NAMES[group])
}

describe('the columns of a table', () => {
  test('are known by their heads, also below the title of an exported sheet', () => {
    const cells = [
      ['Luvut – LUONNOS', '', '', ''],
      ['Järjestökortti · NEKKU', '', '', ''],
      ['Luku', 'Arvo', 'Tiedon päivämäärä', 'Luvun tunnus'],
      ['Kotka', '920', '2025-11-04', 'figure_kotka'],
    ]
    expect(headRow(cells)).toBe(2)
    expect(guessed(cells, 2)).toEqual(['name', 'value', 'as_of', 'id'])
  })

  test('without heads are the words and the first numbers', () => {
    const cells = [['', 'Kotka', '917']]
    expect(headRow(cells)).toBeUndefined()
    expect(guessed(cells, undefined)).toEqual([null, 'name', 'value'])
  })

  test('of a foreign head are guessed', () => {
    const cells = [
      ['Kommun', 'PRS 4.11.2024'],
      ['Pyttis', '120'],
    ]
    expect(guessed(cells, headRow(cells))).toEqual(['name', 'value'])
  })
})

describe('the rows of a table', () => {
  test('say what would change', () => {
    const [one, ...more] = found(
      ['Kunta', 'Määrä', 'Päivämäärä', 'Lähde'],
      ['kotka', '1 024', '4.11.2025', 'PRH'],
      ['Pyttis', '117', '', ''],
    )
    expect(more).toEqual([])
    expect(one).toMatchObject({
      figure: 'figure_kotka',
      base: 3,
      value: 1024,
      asOf: '2025-11-04',
      source: 'PRH',
      trouble: undefined,
    })
  })

  test('take the date and source of the whole table where they have none', () => {
    const cells = [
      ['Kunta', 'Arvo', 'Lähde'],
      ['Kotka', '930', ''],
      ['Pyhtää', '120', 'Kunta'],
    ]
    const said = { asOf: '2025', source: 'PRH' }
    const rows = candidates(cells, 0, guessed(cells, 0), FIGURES, () => undefined, said)
    expect(rows).toMatchObject([
      { asOf: '2025', source: 'PRH' },
      { asOf: '2025', source: 'Kunta' },
    ])
  })

  test('that say missing make a figure missing, but not unasked', () => {
    for (const word of ['puuttuu', '..', '', '-', 'Saknas']) {
      const all = found(['Kunta', 'Arvo'], ['Kotka', word])
      expect(all).toMatchObject([{ value: null, trouble: undefined }])
      expect(chosenAtFirst(all).size).toBe(0)
    }
    expect(found(['Luku', 'Arvo', 'Ryhmä'], ['0-6-vuotiaat', '..', 'age_latest'])).toEqual([])
  })

  test('are told apart by id and group where a name or a reference fits several', () => {
    expect(found(['Luku', 'Arvo'], ['0-6-vuotiaat', '5,1'])).toMatchObject([
      { figure: undefined, trouble: 'ambiguous' },
    ])
    expect(found(['Lähteen viite', 'Arvo'], ['sotkanet:7', '5,1'])).toMatchObject([
      { trouble: 'ambiguous' },
    ])
    const grouped = found(
      ['Luku', 'Arvo', 'Ryhmä'],
      ['0-6-vuotiaat', '5,1', 'Ikärakenne, uusin tieto'],
      ['0-6-vuotiaat', '6,4 %', 'age_earlier'],
    )
    expect(grouped).toMatchObject([
      { figure: 'figure_latest', value: 5.1, trouble: undefined },
      { figure: 'figure_earlier', value: 6.4, trouble: undefined },
    ])
  })

  test('that do not fit say why', () => {
    const all = found(
      ['Luku', 'Arvo', 'Vuosi', 'Yksikkö'],
      ['Kotka', 'paljon', '2024', ''],
      ['Kotka', '1', '2024-13', ''],
      ['Atlantis', '1', '2024', ''],
      ['Pyhtää', '12', '2024', ''],
      ['Pyhtää', '13', '2024', ''],
      ['', '14', '2024', ''],
    )
    expect(all.map(({ trouble }) => trouble)).toEqual([
      'no_number',
      'no_date',
      'unknown',
      undefined,
      'twice',
    ])
    const [unit] = found(['Tunnus', 'Arvo', 'Yksikkö'], ['figure_latest', '1', 'henkilöä'])
    expect(unit?.trouble).toBe('other_unit')
    expect(chosenAtFirst([...all, ...(unit ? [unit] : [])]).size).toBe(1)
  })
})

test('of the choices that a source leaves only one is taken', () => {
  const row = { figure: 'figure_x', base: 2, old: null, old_as_of: null }
  const rows: FigureFetched[] = [
    { ...row, value: 151_000, as_of: '2030', made_in: '2021', source: 'Sotkanet.fi' },
    { ...row, value: 143_000, as_of: '2040', made_in: '2021', source: 'Sotkanet.fi' },
    { ...row, figure: 'figure_y', problem: 'figures.no_value' },
    { ...row, figure: 'figure_z', old: 5, old_as_of: '2024', value: 5, as_of: '2024' },
  ]
  const all = fetchedCandidates(rows, 1234)
  const first = chosenAtFirst(all)
  expect([...first]).toEqual(['0'])
  expect(all).toHaveLength(3)
  const [early, late, none] = all
  if (!early || !late) throw new Error('two choices')
  expect([...toggled(all, first, late, true)]).toEqual(['1'])
  expect([...toggled(all, first, early, false)]).toEqual([])
  expect(none).toMatchObject({ trouble: 'no_value', problem: 'figures.no_value' })
  expect(importedRow(late, 'figure_x')).toEqual({
    figure: 'figure_x',
    base: 2,
    value: 143_000,
    as_of: '2040',
    source: 'Sotkanet.fi',
    unit: null,
    made_in: '2021',
    retrieved_ms: 1234,
  })
})

describe('a municipality that the card does not have yet', () => {
  const INHABITANTS = figure('figure_inhabitants', {
    section: 'population',
    label: { fi: 'Asukasluku' },
    region: 'Kymenlaakso',
    source_ref: 'sotkanet:127',
    value: 157500,
  })

  function placed(cells: string[][], figures = [...FIGURES, INHABITANTS]) {
    const head = headRow(cells)
    return candidates(cells, head, guessed(cells, head), figures, (group) => NAMES[group])
  }

  test('may be added to the group of the others in its table', () => {
    const rows = placed([
      ['Kunta', 'Yhdistyksiä'],
      ['Kotka', '917'],
      ['Iitti', '212'],
    ])
    expect(rows).toMatchObject([
      { name: 'Iitti', trouble: 'unknown', place: { group: 'by_municipality' } },
    ])
  })

  test('may be added to the group that its row names', () => {
    const NAMED = [
      ['Luku', 'Ryhmä', 'Arvo'],
      ['7–15-vuotiaat', 'Ikärakenne, uusin tieto', '9,1'],
    ]
    expect(placed(NAMED)[0]?.place).toEqual({ section: 'yhdistykset', group: 'age_latest' })
  })

  test('is another figure, not another value of the same', () => {
    const rows = placed([
      ['Luku', 'Alue', 'Arvo', 'Viite'],
      ['Asukasluku', 'Kymenlaakso', '156 900', 'sotkanet:127'],
      ['Asukasluku', 'Iitti', '6 300', 'sotkanet:127'],
    ])
    expect(rows.map(({ figure, value }) => [figure, value])).toEqual([
      ['figure_inhabitants', 156900],
      [undefined, 6300],
    ])
    expect(rows[1]?.place).toEqual({
      section: 'population',
      label: { fi: 'Asukasluku, Iitti' },
      region: 'Iitti',
    })
  })

  test('is updated the next time', () => {
    const label = { fi: 'Asukasluku, Iitti' }
    const IITTI = figure('figure_iitti', { section: 'population', label, region: 'Iitti' })
    const cells = [
      ['Luku', 'Alue', 'Arvo', 'Viite'],
      ['Asukasluku', 'Iitti', '6 250', 'sotkanet:127'],
    ]
    expect(placed(cells, [INHABITANTS, IITTI])).toMatchObject([{ figure: 'figure_iitti' }])
  })

  test('has no place among figures of several groups: it stays to be named', () => {
    const rows = placed([
      ['Luku', 'Arvo', 'Luvun tunnus'],
      ['Kotka', '900', 'figure_kotka'],
      ['Ikä', '9', 'figure_latest'],
      ['Iitti', '212', ''],
    ])
    expect(rows[2]).toMatchObject({ trouble: 'unknown', place: undefined })
  })

  test('is in a table of regions its name', () => {
    expect(
      guessed(
        [
          ['Alue', 'Väestö'],
          ['Iitti', '6 300'],
        ],
        0,
      ),
    ).toEqual(['name', 'value'])
  })
})
