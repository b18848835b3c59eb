/** What a measure lacks before it can be followed up: hints, never a score and never a bar. */

import type { Desk } from '../desk/desk.svelte'
import type { Measure } from '../protocol'
import { sourcesOf } from './trail'

/** What is needed to measure the same thing again. */
const REPEATING = ['interval', 'collection', 'source'] as const

export type Hint =
  | {
      readonly why: 'uncountable' | 'no_owner' | 'one_organisation' | 'no_baseline' | 'no_direction'
    }
  | { readonly why: 'unrepeatable'; readonly lacks: readonly (typeof REPEATING)[number][] }

/** What is still to be said about the measure, the weightiest first. */
export function hintsOf(desk: Desk, measure: Measure): Hint[] {
  const lacks = REPEATING.filter((field) => measure[field] === undefined)
  const hints: (Hint | false)[] = [
    measure.unit === undefined && { why: 'uncountable' },
    lacks.length > 0 && { why: 'unrepeatable', lacks },
    measure.owner === undefined && { why: 'no_owner' },
    sourcesOf(desk, [measure.id]).organisations.length === 1 && { why: 'one_organisation' },
    measure.baseline === undefined && { why: 'no_baseline' },
    measure.direction === undefined && { why: 'no_direction' },
  ]
  return hints.filter((hint) => hint !== false)
}
