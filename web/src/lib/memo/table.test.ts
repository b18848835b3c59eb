import { describe, expect, it } from 'vitest'

import { cellsOf, chosen, guessed, hasHead, linesFrom } from './table'

const HEADED = [
  ['Nro', 'Mittarin nimi', 'Tiedon lähde', 'Yksikkö', 'Huomautus'],
  ['1', 'Kävijät', 'Laskuri', 'hlö', 'x'],
  ['2', '', 'Kysely', '', ''],
  ['', '', '', '', ''],
  ['3', 'Tunnit', '', 'h', ''],
]

describe('a paste', () => {
  it('of lines is a column without bullets, blanks and repetitions', () => {
    expect(cellsOf('- Kävijät\r\n\r\n2. Tunnit\nTunnit\n')).toEqual([['Kävijät'], ['Tunnit']])
  })

  it('of cells has its columns, and line breaks within cells', () => {
    const text = 'Kävijät\thlö\r\n"Talkoo\ntunnit ""h"""\t\tKysely\r\n\t\t\r\n'
    expect(cellsOf(text)).toEqual([
      ['Kävijät', 'hlö', ''],
      ['Talkoo tunnit "h"', '', 'Kysely'],
    ])
  })
})

describe('a heading', () => {
  it('is known in each language', () => {
    for (const head of [
      ['Mittari', 'Yksikkö'],
      ['Indikator', 'Enhet'],
      ['Indicator', 'Unit'],
    ]) {
      expect(hasHead([head, ['a', 'b']])).toBe(true)
      expect(guessed([head, ['a', 'b']], true)).toEqual(['text', 'unit'])
    }
  })

  it('is not a row of indicators', () => {
    const rows = [
      ['Kävijämäärä', 'hlö'],
      ['Tunnit', 'h'],
    ]
    expect(hasHead(rows)).toBe(false)
    expect(hasHead([['Mittari']])).toBe(false)
  })

  it('tells the columns whatever their order; the others are left out', () => {
    expect(guessed(HEADED, true)).toEqual([null, 'text', 'source', 'unit', null])
  })
})

describe('columns without a heading', () => {
  it('are in the order of the fields, from the first that is more than numbers', () => {
    const rows = [['1', 'Kävijät', 'hlö', 'Laskuri']]
    expect(guessed(rows, false)).toEqual([null, 'text', 'unit', 'source'])
    const wide = [['Kävijät', 'a', 'b', 'c', 'd', 'e']]
    const fields = ['text', 'unit', 'source', 'interval', 'target_group', null]
    expect(guessed(wide, false)).toEqual(fields)
  })

  it('are chosen by hand, none twice but what is left out', () => {
    expect(chosen(['text', 'unit', null], 2, 'unit')).toEqual(['text', null, 'unit'])
    expect(chosen(['text', 'unit', null], 1, null)).toEqual(['text', null, null])
  })
})

describe('the rows', () => {
  it('have their number in the table and what is wrong with them; blank ones are none', () => {
    expect(linesFrom(HEADED, guessed(HEADED, true), true)).toEqual([
      { number: 2, row: { text: 'Kävijät', source: 'Laskuri', unit: 'hlö' } },
      { number: 3, row: { text: '', source: 'Kysely' }, fault: 'empty' },
      { number: 5, row: { text: 'Tunnit', unit: 'h' } },
    ])
  })

  it('are not longer than they may be', () => {
    const rows = [
      ['x'.repeat(2000), 'y'.repeat(200)],
      ['x'.repeat(2001), ''],
      ['x', 'y'.repeat(201)],
    ]
    const faults = linesFrom(rows, ['text', 'unit'], false).map(({ fault }) => fault)
    expect(faults).toEqual([undefined, 'too_long', 'detail_too_long'])
  })
})
