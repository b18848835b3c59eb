/** Values as people read them. */

import { writeAsOf } from '../card/reading'
import { type Language } from '../i18n/format'
import { i18n, number, t } from '../i18n/i18n.svelte'
import type { Actual, Measure } from '../protocol'
import { latest, type OfYear } from './values'

const NUMBER: Intl.NumberFormatOptions = { maximumFractionDigits: 6 }

/** `412 hlö`; without a unit the number alone. */
export function united(value: number, unit: string | undefined): string {
  return unit === undefined ? number(value, NUMBER) : `${number(value, NUMBER)}\u00A0${unit}`
}

/** A value as it was entered: its number, or its words. */
export function said(actual: Actual, unit: string | undefined): string {
  return actual.value === undefined ? (actual.text ?? '') : united(actual.value, unit)
}

/** What is known of a year; undefined where nothing is. */
export function saidOf(year: OfYear, unit: string | undefined): string | undefined {
  if (year.all) return said(year.all, unit)
  const { value, span, each } = year
  if (value !== undefined) return united(value, unit)
  if (span) {
    const low = number(span.low, NUMBER)
    if (span.low === span.high) return united(span.low, unit)
    return `${low}–${united(span.high, unit)}`
  }
  const [first] = each
  return first && said(first, unit)
}

/** The newest value with its year: `412 hlö (2026)`; of several organisations, how many. */
export function saidLatest(years: readonly OfYear[], unit: string | undefined): string | undefined {
  const year = latest(years)
  const value = year && saidOf(year, unit)
  if (!year || value === undefined) return undefined
  return year.all === undefined && year.each.length > 1
    ? t('followup.latest.several', { value, year: String(year.year), count: year.each.length })
    : t('followup.latest', { value, year: String(year.year) })
}

/** All years in one sentence, for who does not see the chart. */
export function saidYears(years: readonly OfYear[], unit: string | undefined): string {
  return years
    .map((year) =>
      t('followup.of_year', {
        year: String(year.year),
        value: saidOf(year, unit) ?? t('followup.missing'),
      }),
    )
    .join(', ')
}

/** `Lähtötaso 380 (2025)`, `Tavoite 600 (2029)`: what is known of both. */
export function saidAims(measure: Measure, language: Language = i18n.language): string[] {
  const { baseline, baseline_as_of, target, target_year, unit } = measure
  const day = baseline_as_of === undefined ? '' : ` (${writeAsOf(baseline_as_of, language)})`
  const by = target_year === undefined ? '' : ` (${String(target_year)})`
  return [
    baseline === undefined
      ? undefined
      : t('followup.baseline.is', { value: `${united(baseline, unit)}${day}` }),
    target === undefined
      ? undefined
      : t('followup.target.is', { value: `${united(target, unit)}${by}` }),
  ].filter((each) => each !== undefined)
}
