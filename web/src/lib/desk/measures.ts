/** What measures are called, which of them count, and what became of the others. */

import type { Language } from '../i18n/format'
import { i18n } from '../i18n/i18n.svelte'
import type { Measure } from '../protocol'
import type { Desk } from './desk.svelte'

type Titled = Pick<Measure, 'name' | 'name_sv'>

/** The measure's name in the reader's language, or in one of choice; Finnish where it has none. */
export function measureTitle(measure: Titled, language: Language = i18n.language): string {
  return (language === 'sv' ? measure.name_sv : undefined) ?? measure.name
}

/** It counts; the others are kept on record. */
export function isInUse(measure: Measure): boolean {
  return measure.state === 'proposed' || measure.state === 'accepted'
}

/** The measures in use, oldest first. */
export function measuresInUse(desk: Desk): Measure[] {
  return desk.all('measure').filter(isInUse).sort(byAge)
}

/** Parked, rejected, merged and withdrawn ones, oldest first. */
export function measuresAside(desk: Desk): Measure[] {
  return desk
    .all('measure')
    .filter((measure) => !isInUse(measure))
    .sort(byAge)
}

/** The cluster's measure, where it has one in use. */
export function measureOf(desk: Desk, cluster: string): Measure | undefined {
  return desk
    .all('measure')
    .find((measure) => isInUse(measure) && measure.clusters.includes(cluster))
}

/** What was merged into the measure, through every merge. */
export function mergedInto(desk: Desk, id: string): Measure[] {
  const merged = desk.all('measure').filter((measure) => measure.state === 'merged')
  const found = new Set([id])
  // A merge never goes in a circle, and what is found grows the search.
  for (const into of found) {
    for (const measure of merged) if (measure.merged_into === into) found.add(measure.id)
  }
  found.delete(id)
  return merged.filter((measure) => found.has(measure.id))
}

/** Where a merged measure has ended, through every merge; the measure itself when it was not. */
export function endOf(desk: Desk, measure: Measure): Measure {
  let end = measure
  while (end.state === 'merged') {
    const next = desk.get('measure', end.merged_into)
    if (!next) break
    end = next
  }
  return end
}

/** Whether its merge can be undone now: what it takes was kept, and no later merge lies above. */
export function isLastMerge(desk: Desk, measure: Measure): boolean {
  const into = desk.get('measure', measure.merged_into)
  return measure.merge !== undefined && into !== undefined && into.merged_into === undefined
}

function byAge(a: Measure, b: Measure): number {
  return a.created_ms - b.created_ms || (a.id < b.id ? -1 : 1)
}
