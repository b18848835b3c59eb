/** From the rows of a spreadsheet to values: what each would become, and what it would replace. */

import type { Desk } from '../desk/desk.svelte'
import { measuresInUse } from '../desk/measures'
import { readAsOf, readNumber } from '../card/reading'
import { MAX_ACTUAL_CHARACTERS, MAX_TITLE_CHARACTERS, type Actual, type Measure } from '../protocol'
import type { Cells, ColumnsOf } from '../memo/table'
import type { Entry } from './acts'
import { actualAt, yearsOf } from './values'

export const FIELDS = ['measure', 'year', 'organisation', 'value', 'as_of', 'source'] as const
export type Field = (typeof FIELDS)[number]
export type Columns = ColumnsOf<Field>

/** How the words of a column's head begin, in Finnish, Swedish and English. */
const HEADS: Record<Field, RegExp> = {
  as_of: /^(päiv|pvm|tiedon päiv|date|as of|datum)/,
  measure: /^(mittar|indikaattor|indikator|mätare|indicator|measure)/,
  year: /^(vuosi|år|year)/,
  organisation: /^(järjest|yhdisty|organis|förening|associat)/,
  value: /^(arvo|toteuma|luku|määrä|värde|utfall|value|actual|outcome)/,
  source: /^(läh|tietoläh|käll|source)/,
}

export type Fault =
  | 'no_measure'
  | 'no_year'
  | 'no_organisation'
  | 'not_yours'
  | 'no_value'
  | 'no_date'
  | 'no_source'
  | 'too_long'
  | 'twice'

/** A row that is not blank: its number in the table, what it says, what would come of it. */
export interface Line {
  readonly number: number
  readonly measure: Measure | undefined
  readonly measureText: string
  /** The organisation's name; empty for all together, and what was written where it is unknown. */
  readonly organisationText: string
  readonly yearText: string
  readonly valueText: string
  readonly entry: Entry | undefined
  /** What is there now. */
  readonly old: Actual | undefined
  /** It is there already as it would be written. */
  readonly isSame: boolean
  readonly fault?: Fault
}

/** Whose values may be entered: of one organisation, or of all. */
export interface Reporter {
  readonly organisation: string | undefined
  readonly isForAll: boolean
}

/** What the columns are: by their heads, else in the order of the fields. */
export function guessed(cells: Cells): { columns: Columns; isHeaded: boolean } {
  const head = (cells[0] ?? []).map((cell) => cell.trim().toLocaleLowerCase('fi'))
  const columns: (Field | null)[] = head.map(() => null)
  for (const [place, word] of head.entries()) {
    const found = FIELDS.find((field) => HEADS[field].test(word) && !columns.includes(field))
    if (found) columns[place] = found
  }
  const isHeaded = cells.length > 1 && columns.filter((column) => column !== null).length >= 2
  if (isHeaded) return { columns, isHeaded }
  return { columns: head.map((_, place) => FIELDS[place] ?? null), isHeaded: false }
}

/** The rows as they would be entered. Blank ones are none. */
export function linesFrom(
  desk: Desk,
  cells: Cells,
  columns: Columns,
  isHeaded: boolean,
  reporter: Reporter,
): Line[] {
  const measures = measuresInUse(desk)
  const years = yearsOf(desk.card?.period)
  const seen = new Set<string>()
  const lines: Line[] = []
  for (const [place, row] of cells.entries()) {
    if ((isHeaded && place === 0) || row.every((cell) => cell.trim() === '')) continue
    const text = (field: Field) => row[columns.indexOf(field)]?.trim() ?? ''
    const measure = measures.find((one) => isCalled(text('measure'), one.id, one.name, one.name_sv))
    const organisation = organisationOf(desk, text('organisation'), reporter)
    const year = /^\d{4}$/.test(text('year')) ? Number(text('year')) : undefined
    const value = readNumber(text('value'))
    const asOf = text('as_of') === '' ? year?.toString() : readAsOf(text('as_of'))
    const key = `${measure?.id ?? ''} ${String(year)} ${organisation?.id ?? ''}`
    const fault = faultOf()
    seen.add(key)
    const old =
      measure && year !== undefined && organisation
        ? actualAt(desk, measure.id, year, organisation.id)
        : undefined
    const entry =
      fault === undefined && measure && year !== undefined && organisation && asOf !== undefined
        ? {
            measure: measure.id,
            year,
            ...(organisation.id !== undefined && { organisation: organisation.id }),
            ...(value === undefined ? { text: text('value') } : { value }),
            as_of: asOf,
            source: text('source'),
            ...(old && { base: old.version }),
          }
        : undefined
    lines.push({
      number: place + 1,
      measure,
      measureText: text('measure'),
      organisationText: organisation
        ? (desk.get('organisation', organisation.id)?.name ?? '')
        : text('organisation'),
      yearText: text('year'),
      valueText: text('value'),
      entry,
      old,
      isSame: old !== undefined && entry !== undefined && isThere(old, entry),
      ...(fault !== undefined && { fault }),
    })

    function faultOf(): Fault | undefined {
      if (!measure) return 'no_measure'
      if (year === undefined || (years && !years.includes(year))) return 'no_year'
      if (!organisation) return 'no_organisation'
      if (!reporter.isForAll && organisation.id !== reporter.organisation) return 'not_yours'
      if (text('value') === '') return 'no_value'
      if (asOf === undefined) return 'no_date'
      if (text('source') === '') return 'no_source'
      const isLong = value === undefined && text('value').length > MAX_ACTUAL_CHARACTERS
      if (isLong || text('source').length > MAX_TITLE_CHARACTERS) return 'too_long'
      return seen.has(key) ? 'twice' : undefined
    }
  }
  return lines
}

function isThere(old: Actual, entry: Entry): boolean {
  return (
    old.value === (entry.value ?? undefined) &&
    old.text === (entry.text ?? undefined) &&
    old.as_of === entry.as_of &&
    old.source === entry.source
  )
}

/** The organisation of that name; without one the reporter's own, or all together. */
function organisationOf(
  desk: Desk,
  text: string,
  reporter: Reporter,
): { id: string | undefined } | undefined {
  if (text === '') return { id: reporter.isForAll ? undefined : reporter.organisation }
  return desk.all('organisation').find(({ id, name }) => isCalled(text, id, name))
}

function isCalled(text: string, ...names: readonly (string | undefined)[]): boolean {
  const plain = (word: string) => word.trim().replace(/\s+/g, ' ').toLocaleLowerCase('fi')
  return names.some((name) => name !== undefined && plain(name) === plain(text))
}
