/** Figures laid out as the rows of a chart. Nothing is drawn of what is missing. */

import type { Figure } from '../protocol'

export const EARLIER = 'age_earlier'
export const LATEST = 'age_latest'
export const MUNICIPALITIES = 'by_municipality'
export const PURPOSES = 'by_purpose'
export const CLASSES = 'purpose_class'
/** Known classes below which there is no chart: two of many would look like all. */
const FEWEST_CLASSES = 3

export interface ChartRow {
  readonly label: Figure['label']
  /** One per series; undefined where the series has no such figure. */
  readonly figures: readonly (Figure | undefined)[]
}

/** Rows with a bar for each series, which stand for one group each. */
export function rowsOf(series: readonly (readonly Figure[])[]): ChartRow[] {
  const labels = new Map<string, Figure['label']>()
  for (const { label } of series.flat()) labels.set(label.fi, labels.get(label.fi) ?? label)
  return [...labels.values()].map((label) => ({
    label,
    figures: series.map((figures) => figures.find((figure) => figure.label.fi === label.fi)),
  }))
}

/** The end of the scale: the next round number above all values; undefined without any. */
export function topOf(figures: readonly Figure[]): number | undefined {
  const most = Math.max(...figures.map(({ value }) => value ?? 0))
  if (!(most > 0)) return undefined
  const step = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 3, 4, 5, 6, 8, 10].map((times) => times * step).find((top) => top >= most)
}

/** How long a bar is, from 0 to 1; undefined where there is none. */
export function shareOf(figure: Figure | undefined, top: number | undefined): number | undefined {
  if (figure?.value === undefined || top === undefined) return undefined
  return Math.max(0, figure.value / top)
}

export function hasEnoughClasses(classes: readonly Figure[]): boolean {
  return classes.filter(({ value }) => value !== undefined).length >= FEWEST_CLASSES
}

/** The date, or the source, that all known figures have; undefined when they differ. */
export function common(figures: readonly Figure[], field: 'as_of' | 'source'): string | undefined {
  const known = figures.filter(({ value }) => value !== undefined)
  const [first] = known
  return known.every((figure) => figure[field] === first?.[field]) ? first?.[field] : undefined
}

/** The sum of figures that are all known and of one date: never of what is not. */
export function sumOf(figures: readonly Figure[]): number | undefined {
  if (figures.length === 0 || common(figures, 'as_of') === undefined) return undefined
  let sum = 0
  for (const { value } of figures) {
    if (value === undefined) return undefined
    sum += value
  }
  return sum
}
