/** What was reached: of a measure by year, against its target; only what people have entered. */

import type { Desk } from '../desk/desk.svelte'
import type { Actual, Measure } from '../protocol'

/** What is known of a measure in a year. Values of organisations are never added up. */
export interface OfYear {
  readonly year: number
  /** The value for all together. */
  readonly all: Actual | undefined
  /** The values of organisations. */
  readonly each: readonly Actual[]
  /** The number to show: that for all, else the only organisation's. */
  readonly value: number | undefined
  /** Between what values of several organisations lie. */
  readonly span: { readonly low: number; readonly high: number } | undefined
}

/** The years of a text like `2026–2029`; undefined where it names none. */
export function yearsOf(period: string | undefined): number[] | undefined {
  const [first, last = first, ...more] = [...(period ?? '').matchAll(/(?<!\d)\d{4}(?!\d)/g)].map(
    ([year]) => Number(year),
  )
  if (first === undefined || last === undefined || more.length > 0 || first > last) return undefined
  return Array.from({ length: last - first + 1 }, (_, step) => first + step)
}

/** The years that are followed: those of the card, else this one and those with values. */
export function followedYears(desk: Desk, thisYear: number): number[] {
  const years = yearsOf(desk.card?.period)
  if (years) return years
  const known = desk.all('actual').map(({ year }) => year)
  return [...new Set([...known, thisYear])].sort((a, b) => a - b)
}

/** Whether a measure grew from notes of the organisation, or is in its care. */
export function isOf(desk: Desk, measure: Measure, organisation: string | undefined): boolean {
  if (organisation === undefined) return false
  return (
    measure.owner === organisation ||
    measure.notes.some((id) => desk.get('note', id)?.organisation === organisation)
  )
}

/** The organisations that a measure grew from or is in the care of, by name. */
export function organisationsOf(desk: Desk, measure: Measure): string[] {
  const ids = [...measure.notes.map((id) => desk.get('note', id)?.organisation), measure.owner]
  const names = ids.map((id) => desk.get('organisation', id)?.name)
  return [...new Set(names)]
    .filter((name) => name !== undefined)
    .sort((a, b) => a.localeCompare(b, 'fi'))
}

export function actualsOf(desk: Desk, measure: string): Actual[] {
  return desk.all('actual').filter((actual) => actual.measure === measure)
}

/** The value of a measure, a year and an organisation, or of all. */
export function actualAt(
  desk: Desk,
  measure: string,
  year: number,
  organisation: string | undefined,
): Actual | undefined {
  return desk
    .all('actual')
    .find(
      (one) => one.measure === measure && one.year === year && one.organisation === organisation,
    )
}

/** What is known of each of these years, and of years besides that have values. */
export function byYear(actuals: readonly Actual[], years: readonly number[]): OfYear[] {
  const all = [...new Set([...years, ...actuals.map(({ year }) => year)])].sort((a, b) => a - b)
  return all.map((year) =>
    ofYear(
      year,
      actuals.filter((actual) => actual.year === year),
    ),
  )
}

function ofYear(year: number, actuals: readonly Actual[]): OfYear {
  const all = actuals.find(({ organisation }) => organisation === undefined)
  const each = actuals.filter(({ organisation }) => organisation !== undefined)
  const values = each.map(({ value }) => value).filter((value) => value !== undefined)
  const value = all ? all.value : values.length === 1 ? values[0] : undefined
  const isSpan = all === undefined && values.length > 1
  const span = isSpan ? { low: Math.min(...values), high: Math.max(...values) } : undefined
  return { year, all, each, value, span }
}

/** The latest year with a value in it. */
export function latest(years: readonly OfYear[]): OfYear | undefined {
  return years.findLast(({ all, each }) => all !== undefined || each.length > 0)
}

/**
 * How much of the way to the target is done, 1 being all of it. Without a baseline the way begins
 * at nothing, which says something only where more is better.
 */
export function progress(measure: Measure, value: number | undefined): number | undefined {
  const { baseline, target } = measure
  if (value === undefined || target === undefined) return undefined
  if (baseline === undefined) {
    return measure.direction === 'less' || target <= 0 ? undefined : value / target
  }
  return target === baseline ? undefined : (value - baseline) / (target - baseline)
}

/** A range of round numbers that all these lie in, from nothing on where none is below it. */
export function scaleOf(values: readonly number[]): { low: number; high: number } {
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  return low === high ? { low: 0, high: 1 } : { low, high }
}
