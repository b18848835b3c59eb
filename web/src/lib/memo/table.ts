/** From the cells of a spreadsheet or a paste to rows of a memo: pure, told before it is asked. */

import { linesOf } from '../board/lines'
import { MAX_NOTE_CHARACTERS, MAX_TITLE_CHARACTERS } from '../protocol'
import type { NewLine } from './acts'

/** As the server takes them: checked before anything is sent. */
export const MAX_FILE_BYTES = 10_000_000
export const FORMATS = ['.xlsx', '.ods', '.csv', '.tsv']

export const FIELDS = ['text', 'unit', 'source', 'interval', 'target_group'] as const
export type Field = (typeof FIELDS)[number]
/** What a column is; null when it is left out. */
export type ColumnsOf<Of> = readonly (Of | null)[]
export type Columns = ColumnsOf<Field>
export type Cells = readonly (readonly string[])[]

/** How the words of a column's head begin, in Finnish, Swedish and English. */
const HEADS: Record<Field, RegExp> = {
  text: /^(mittar|indikaattor|nim|indikator|mätare|namn|indicator|measure|metric|name)/,
  unit: /^(yksik|enhet|unit)/,
  source: /^(läh|tietoläh|käll|source)/,
  interval:
    /^(mittausväl|väli|aikaväl|tihey|usein|intervall|mätintervall|frekvens|ofta|frequen|often)/,
  target_group: /^(kohderyhm|kohde|kenelle|målgrupp|target|audience)/,
}
const HEAD_WORDS = 4

export type Fault = 'empty' | 'too_long' | 'detail_too_long'

/** A row of the table that is not blank, with its number there, from 1. */
export interface Line {
  readonly number: number
  readonly row: NewLine
  readonly fault?: Fault
}

/** The cells of a pasted text: tabs part columns, lines part rows. */
export function cellsOf(text: string): string[][] {
  if (!text.includes('\t')) return linesOf(text).map((line) => [line])
  const rows = parsed(text).filter((row) => row.some((cell) => cell !== ''))
  const width = Math.max(0, ...rows.map((row) => row.length))
  return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')])
}

/** Whether the first row tells what the columns are. */
export function hasHead(cells: Cells): boolean {
  const head = (cells[0] ?? []).filter((cell) => cell.trim() !== '')
  const known = head.filter((cell) => fieldOf(cell) !== undefined)
  return cells.length > 1 && known.length > 0 && known.length * 2 >= head.length
}

/** What the columns are: by their heads, else in the order of the fields. */
export function guessed(cells: Cells, isHeaded: boolean): Columns {
  const width = cells[0]?.length ?? 0
  const columns = Array<Field | null>(width).fill(null)
  const name = nameColumn(cells, isHeaded)
  if (isHeaded) {
    for (const [place, head] of (cells[0] ?? []).entries()) {
      const field = fieldOf(head)
      if (field && field !== 'text' && !columns.includes(field)) columns[place] = field
    }
  } else {
    for (const [place, field] of FIELDS.entries()) {
      if (name + place < width) columns[name + place] = field
    }
  }
  if (name < width) columns[name] = 'text'
  return columns
}

/** Say what a column is; no two are the same. */
export function chosen<Of>(columns: ColumnsOf<Of>, place: number, field: Of | null): ColumnsOf<Of> {
  return columns.map((was, at) => {
    if (at === place) return field
    return was === field ? null : was
  })
}

/** The rows as they would be written, each with what is wrong with it. Blank ones are none. */
export function linesFrom(cells: Cells, columns: Columns, isHeaded: boolean): Line[] {
  const lines: Line[] = []
  for (const [place, cellsOfRow] of cells.entries()) {
    if (place === 0 && isHeaded) continue
    const row: NewLine = { text: '' }
    for (const [column, field] of columns.entries()) {
      const value = cellsOfRow[column]?.trim() ?? ''
      if (field !== null && value !== '') row[field] = value
    }
    if (Object.values(row).every((value) => value === '')) continue
    const fault = faultOf(row)
    lines.push({ number: place + 1, row, ...(fault && { fault }) })
  }
  return lines
}

function faultOf({ text, ...details }: NewLine): Fault | undefined {
  if (text === '') return 'empty'
  if (lengthOf(text) > MAX_NOTE_CHARACTERS) return 'too_long'
  const isLong = Object.values(details).some((value) => lengthOf(value) > MAX_TITLE_CHARACTERS)
  return isLong ? 'detail_too_long' : undefined
}

/** In characters as the server counts them. */
function lengthOf(text: string | null): number {
  return [...(text ?? '')].length
}

/** The column of names: the one whose head says so, else the first that is more than numbers. */
function nameColumn(cells: Cells, isHeaded: boolean): number {
  const head = isHeaded ? (cells[0] ?? []) : []
  const named = head.findIndex((cell) => fieldOf(cell) === 'text')
  if (named >= 0) return named
  const rows = isHeaded ? cells.slice(1) : cells
  const width = cells[0]?.length ?? 0
  for (let place = 0; place < width; place++) {
    const isTaken = fieldOf(head[place] ?? '') !== undefined
    if (!isTaken && rows.some((row) => /\p{L}/u.test(row[place] ?? ''))) return place
  }
  return 0
}

function fieldOf(head: string): Field | undefined {
  const words = head
    .toLocaleLowerCase('fi')
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
  if (words.length > HEAD_WORDS) return undefined
  const begins = (field: Field) => words.some((word) => HEADS[field].test(word))
  // "Mittarin yksikkö" is a unit: what is said of an indicator goes before the word for one.
  return FIELDS.slice(1).find(begins) ?? (begins('text') ? 'text' : undefined)
}

/** Tab-separated cells as spreadsheets copy them: a cell with a line break stands in quotes. */
function parsed(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*)/y
  for (let at = 0; at <= text.length;) {
    cell.lastIndex = at
    const [whole = '', quoted, bare = ''] = cell.exec(text) ?? []
    const value = quoted?.replaceAll('""', '"') ?? bare
    rows.at(-1)?.push(value.replace(/\s+/g, ' ').trim())
    at += whole.length
    if (text[at] !== '\t') rows.push([])
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return rows
}
