/** A measure's definition as it stands in a form, and back: all texts, so that nothing typed is lost. */

import type { Key, Language } from '../i18n/i18n.svelte'
import {
  type Direction,
  type EditMeasure,
  type Level,
  MAX_TARGET_YEAR,
  type Measure,
  MIN_TARGET_YEAR,
} from '../protocol'
import { readAsOf, readNumber, writeAsOf, writeNumber } from './reading'

export const DIRECTIONS: readonly Direction[] = ['more', 'less', 'neutral']
/** In the order of the impact chain. */
export const LEVELS: readonly Level[] = ['input', 'output', 'outcome', 'impact']

export interface Draft {
  name: string
  unit: string
  meaning: string
  nameSv: string
  source: string
  collection: string
  interval: string
  owner: string
  direction: Direction | ''
  level: Level | ''
  baseline: string
  baselineAsOf: string
  target: string
  targetYear: string
  ageGroups: readonly string[]
  indicator: string
}

export function draftOf(measure: Measure | undefined, language: Language): Draft {
  const number = (value: number | undefined) =>
    value === undefined ? '' : writeNumber(value, language)
  return {
    name: measure?.name ?? '',
    unit: measure?.unit ?? '',
    meaning: measure?.meaning ?? '',
    nameSv: measure?.name_sv ?? '',
    source: measure?.source ?? '',
    collection: measure?.collection ?? '',
    interval: measure?.interval ?? '',
    owner: measure?.owner ?? '',
    direction: measure?.direction ?? '',
    level: measure?.level ?? '',
    baseline: number(measure?.baseline),
    baselineAsOf: measure?.baseline_as_of ? writeAsOf(measure.baseline_as_of, language) : '',
    target: number(measure?.target),
    targetYear: measure?.target_year === undefined ? '' : String(measure.target_year),
    ageGroups: measure?.age_groups ?? [],
    indicator: measure?.indicator ?? '',
  }
}

export type Problems = Partial<Record<'baseline' | 'baselineAsOf' | 'target' | 'targetYear', Key>>

/** What cannot be read yet, and how to put it right. */
export function problemsIn(draft: Draft): Problems {
  const problems: Problems = {}
  const isLeft = (text: string) => text.trim() === ''
  for (const field of ['baseline', 'target'] as const) {
    if (!isLeft(draft[field]) && readNumber(draft[field]) === undefined) {
      problems[field] = 'card.figure.no_number'
    }
  }
  if (!isLeft(draft.baselineAsOf) && readAsOf(draft.baselineAsOf) === undefined) {
    problems.baselineAsOf = 'card.figure.no_date'
  }
  if (!isLeft(draft.targetYear) && readYear(draft.targetYear) === undefined) {
    problems.targetYear = 'card.measure.target_year.wrong'
  }
  return problems
}

/** What is saved of it; what is left empty is taken away. */
export function definitionOf(draft: Draft): Required<Omit<EditMeasure, 't' | 'id' | 'base'>> {
  const text = (written: string) => written.trim() || null
  return {
    name: draft.name.trim(),
    unit: text(draft.unit),
    meaning: text(draft.meaning),
    name_sv: text(draft.nameSv),
    source: text(draft.source),
    collection: text(draft.collection),
    interval: text(draft.interval),
    owner: draft.owner || null,
    direction: draft.direction || null,
    level: draft.level || null,
    baseline: readNumber(draft.baseline) ?? null,
    baseline_as_of: readAsOf(draft.baselineAsOf) ?? null,
    target: readNumber(draft.target) ?? null,
    target_year: readYear(draft.targetYear) ?? null,
    age_groups: draft.ageGroups.length > 0 ? [...draft.ageGroups] : null,
    indicator: text(draft.indicator),
  }
}

function readYear(written: string): number | undefined {
  const year = /^\s*\d{4}\s*$/.test(written) ? Number(written) : Number.NaN
  return year >= MIN_TARGET_YEAR && year <= MAX_TARGET_YEAR ? year : undefined
}
