/** How much of what was said reached the card: by focus area, network and age group, and what did not. */

import type { Desk } from '../desk/desk.svelte'
import { measuresInUse } from '../desk/measures'
import type { Choice, Goal, Note, Organisation } from '../protocol'
import { networks } from './slots'
import { sourcesOfGoal } from './trail'

export interface Matrix {
  readonly focusArea: string
  readonly ageGroups: readonly Choice[]
  readonly rows: readonly {
    readonly network: string
    /** Goals on the card by age group, in the order of `ageGroups`; one of two groups counts in both. */
    readonly counts: readonly number[]
    /** Goals that are for no age group in particular. */
    readonly forAll: number
  }[]
}

export interface Coverage {
  readonly matrices: readonly Matrix[]
  readonly heard: readonly Organisation[]
  readonly unheard: readonly Organisation[]
  /** Goals on the card that rest on the notes of one organisation. */
  readonly ofOne: readonly Goal[]
  /** Goals on the card that no note is behind. */
  readonly ofNone: readonly Goal[]
  /** Notes on a board that no measure in use rests on, oldest first. */
  readonly unused: readonly Note[]
}

/** Watches every note: meant for what somebody has opened. */
export function coverageOf(desk: Desk): Coverage {
  const goals = desk.all('goal').filter((goal) => goal.state === 'on_card')
  const notes = desk.all('note').filter((note) => !note.is_hidden)
  const used = new Set(measuresInUse(desk).flatMap((measure) => measure.notes))
  const spoken = new Set(notes.map((note) => note.organisation))
  const organisations = desk.all('organisation').sort((a, b) => a.name.localeCompare(b.name, 'fi'))
  return {
    matrices: (desk.info?.focus_areas ?? []).map(({ key }) => matrixOf(desk, goals, key)),
    heard: organisations.filter(({ id }) => spoken.has(id)),
    unheard: organisations.filter(({ id }) => !spoken.has(id) && !onlyComments(desk, id)),
    ofOne: goals.filter((goal) => sourcesOfGoal(desk, goal).organisations.length === 1),
    ofNone: goals.filter((goal) => sourcesOfGoal(desk, goal).notes.length === 0),
    unused: notes
      .filter((note) => !used.has(note.id) && note.parked_ms === undefined)
      .sort((a, b) => a.created_ms - b.created_ms),
  }
}

/** Whether all people of an organisation came to comment: they had no notes to write. */
function onlyComments(desk: Desk, organisation: string): boolean {
  const people = desk.all('person').filter((person) => person.organisation === organisation)
  return people.length > 0 && people.every(({ role }) => role === 'commenter')
}

/** The age groups of a goal; where it names none, those of its measures. */
export function ageGroupsOf(desk: Desk, goal: Goal): readonly string[] {
  if (goal.age_groups) return goal.age_groups
  const measures = goal.measures.map((id) => desk.get('measure', id))
  return [...new Set(measures.flatMap((measure) => measure?.age_groups ?? []))]
}

function matrixOf(desk: Desk, goals: readonly Goal[], focusArea: string): Matrix {
  const ageGroups = desk.info?.age_groups ?? []
  const rows = networks(desk).map((network) => {
    const groups = goals
      .filter((goal) => goal.focus_area === focusArea && goal.network === network.id)
      .map((goal) => ageGroupsOf(desk, goal))
    return {
      network: network.id,
      counts: ageGroups.map(({ key }) => groups.filter((of) => of.includes(key)).length),
      forAll: groups.filter((of) => of.length === 0).length,
    }
  })
  return { focusArea, ageGroups, rows }
}
