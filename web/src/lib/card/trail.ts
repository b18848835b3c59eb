/** From a goal back to the notes and organisations behind it, and from a note on to the goals. */

import type { Desk } from '../desk/desk.svelte'
import type { Goal, Measure, Note } from '../protocol'

export interface Sources {
  readonly measures: readonly { readonly measure: Measure; readonly notes: readonly Note[] }[]
  /** Each note once, though several measures rest on it. */
  readonly notes: readonly Note[]
  /** The organisations of the notes, as far as they are shown. */
  readonly organisations: readonly string[]
}

/** What the measures rest on. */
export function sourcesOf(desk: Desk, measureIds: readonly string[]): Sources {
  const measures = measureIds
    .map((id) => desk.get('measure', id))
    .filter((measure) => measure !== undefined)
    .map((measure) => ({
      measure,
      notes: measure.notes.map((id) => desk.get('note', id)).filter((note) => note !== undefined),
    }))
  const notes = [...new Map(measures.flatMap((m) => m.notes).map((n) => [n.id, n])).values()]
  return { measures, notes, organisations: organisationsOf(notes) }
}

export function sourcesOfGoal(desk: Desk, goal: Goal): Sources {
  return sourcesOf(desk, goal.measures)
}

/** The organisations of notes, each once; ids that the viewer may not know are absent. */
export function organisationsOf(notes: readonly Note[]): string[] {
  return [...new Set(notes.map((note) => note.organisation))].filter((id) => id !== undefined)
}

export interface Trail {
  readonly measures: readonly Measure[]
  readonly goals: readonly Goal[]
}

/** What became of a note: the measures that rest on it and the goals that rest on those. */
export function goalsOfNote(desk: Desk, noteId: string): Trail {
  const measures = desk
    .all('measure')
    .filter((measure) => measure.state === 'proposed' && measure.notes.includes(noteId))
  const ids = new Set(measures.map((measure) => measure.id))
  const goals = desk.all('goal').filter((goal) => goal.measures.some((id) => ids.has(id)))
  return { measures, goals }
}

/** The network that all organisations behind the measures share; undefined when they do not. */
export function sharedNetwork(desk: Desk, measureIds: readonly string[]): string | undefined {
  const { notes } = sourcesOf(desk, measureIds)
  const networks = new Set(notes.map((n) => desk.get('organisation', n.organisation)?.network))
  const [only] = networks
  return networks.size === 1 ? only : undefined
}
