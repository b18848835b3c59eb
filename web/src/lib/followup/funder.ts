/** The table that a funder asks for: measures with what was aimed at and what was reached. */

import type { Desk } from '../desk/desk.svelte'
import { measuresInUse, measureTitle } from '../desk/measures'
import { i18n, t } from '../i18n/i18n.svelte'
import { writeAsOf } from '../card/reading'
import { formatNumber } from '../i18n/format'
import type { Measure } from '../protocol'
import { saidOf } from './saying'
import { actualsOf, byYear, organisationsOf } from './values'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Which columns hold numbers. */
  readonly numbers: ReadonlySet<number>
}

/** A row per measure in use; what nobody has entered is said to be missing. */
export function funderTable(desk: Desk, years: readonly number[]): Table {
  const head = [
    t('followup.column.measure'),
    t('followup.column.level'),
    t('followup.column.unit'),
    t('followup.column.baseline'),
    ...years.map(String),
    t('followup.column.target'),
    t('followup.column.organisations'),
    t('followup.column.source'),
  ]
  const rows = measuresInUse(desk).map((measure) => row(desk, measure, years))
  const first = 3
  return {
    head,
    rows,
    numbers: new Set(years.map((_, at) => first + 1 + at).concat(first, first + years.length + 1)),
  }
}

function row(desk: Desk, measure: Measure, years: readonly number[]): string[] {
  const actuals = actualsOf(desk, measure.id)
  const known = byYear(actuals, years)
  const sources = [...new Set(actuals.map(({ source }) => source))].filter(Boolean)
  return [
    measureTitle(measure),
    measure.level === undefined ? '' : t(`followup.level.${measure.level}`),
    measure.unit ?? '',
    withDay(measure.baseline, measure.baseline_as_of),
    ...years.map((year) => {
      const one = known.find((of) => of.year === year)
      return (one && saidOf(one, undefined)) ?? t('followup.missing')
    }),
    withDay(measure.target, measure.target_year?.toString()),
    organisationsOf(desk, measure).join('; '),
    sources.join('; ') || (measure.source ?? ''),
  ]
}

function withDay(value: number | undefined, day: string | undefined): string {
  if (value === undefined) return t('followup.missing')
  const written = formatNumber(i18n.language, value, { maximumFractionDigits: 6 })
  return day === undefined ? written : `${written} (${writeAsOf(day, i18n.language)})`
}

/** Tab-separated, as spreadsheets and text documents take a table from the clipboard. */
export function asText({ head, rows }: Table): string {
  return [head, ...rows].map((cells) => cells.map(plain).join('\t')).join('\n')
}

/** A file that spreadsheets open: semicolons, as where the comma stands in numbers; UTF-8. */
export function asCsv({ head, rows }: Table): string {
  const lines = [head, ...rows].map((cells) => cells.map(quoted).join(';'))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function plain(cell: string): string {
  return harmless(cell.replace(/\s+/g, ' '))
}

function quoted(cell: string): string {
  return `"${harmless(cell).replaceAll('"', '""')}"`
}

/** A text that a spreadsheet would take for a formula stays a text; a negative number is none. */
function harmless(cell: string): string {
  return /^[=+@\t\r]|^-(?![\d\s.,]+$)/.test(cell) ? `'${cell}` : cell
}
