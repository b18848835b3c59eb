/** What does not add up among the figures of the card. Says it; corrects nothing. */

import type { Figure } from '../protocol'

export interface SumCheck {
  readonly sum: number
  /** The day or year that all parts stand for; undefined when they differ or have none. */
  readonly sumAsOf: string | undefined
  readonly total: Figure & { value: number }
  readonly difference: number
  /** Both are of the same date: then one of them is wrong. Else both may be right. */
  readonly isSameDate: boolean
}

/**
 * The groups of regional figures whose sum is not the total of the whole region.
 *
 * A regional group has figures of different regions. Its total is the largest figure beside it,
 * of the same unit, in the same section, of a region that is none of the parts. With a part
 * missing there is no sum to compare.
 */
export function sumChecks(figures: readonly Figure[]): SumCheck[] {
  const checks: SumCheck[] = []
  for (const parts of regionalGroups(figures)) {
    const total = totalBeside(parts, figures)
    if (!total || !parts.every(hasValue)) continue
    const sum = parts.reduce((all, part) => all + part.value, 0)
    if (sum === total.value) continue
    const sumAsOf = theOnly(parts.map((part) => part.as_of))
    checks.push({
      sum,
      sumAsOf,
      total,
      difference: Math.abs(sum - total.value),
      isSameDate: sumAsOf !== undefined && sumAsOf === total.as_of,
    })
  }
  return checks
}

function regionalGroups(figures: readonly Figure[]): Figure[][] {
  const groups = new Map<string, Figure[]>()
  for (const figure of figures) {
    if (figure.group === undefined || figure.region === undefined) continue
    const key = `${figure.section} ${figure.group} ${figure.unit ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), figure])
  }
  return [...groups.values()].filter(
    (group) => group.length > 1 && new Set(group.map((part) => part.region)).size === group.length,
  )
}

function totalBeside(
  parts: readonly Figure[],
  figures: readonly Figure[],
): (Figure & { value: number }) | undefined {
  const [first] = parts
  const regions = new Set(parts.map((part) => part.region))
  return figures
    .filter((figure) => figure.section === first?.section && figure.unit === first.unit)
    .filter((figure) => figure.region !== undefined && !regions.has(figure.region))
    .filter(hasValue)
    .reduce<(Figure & { value: number }) | undefined>(
      (largest, figure) => (largest && largest.value >= figure.value ? largest : figure),
      undefined,
    )
}

function hasValue(figure: Figure): figure is Figure & { value: number } {
  return figure.value !== undefined
}

function theOnly<T>(values: readonly T[]): T | undefined {
  const [first] = values
  return new Set(values).size === 1 ? first : undefined
}
