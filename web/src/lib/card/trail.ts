/** From a goal back to the notes and organisations behind it, and from a note on to the goals. */

import type { Desk } from '../desk/desk.svelte'
import { isInUse } from '../desk/measures'
import type { Goal, Measure, Note, Section } from '../protocol'

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

export interface Voice {
  readonly organisation: string
  readonly notes: number
}

/** Whose notes these are and how many, the most first, as far as organisations are shown. */
export function voicesIn(desk: Desk, notes: readonly Note[]): Voice[] {
  return organisationsOf(notes)
    .map((id) => ({
      organisation: desk.get('organisation', id)?.name ?? id,
      notes: notes.filter((note) => note.organisation === id).length,
    }))
    .sort((a, b) => b.notes - a.notes || a.organisation.localeCompare(b.organisation, 'fi'))
}

export interface Trail {
  /** In use. */
  readonly measures: readonly Measure[]
  /** That were parked, rejected, merged into others or withdrawn. */
  readonly aside: readonly Measure[]
  readonly goals: readonly Goal[]
}

/** What became of a note: the measures that rest on it and the goals that rest on those. */
export function goalsOfNote(desk: Desk, noteId: string): Trail {
  const grown = desk.all('measure').filter((measure) => measure.notes.includes(noteId))
  const ids = new Set(grown.map((measure) => measure.id))
  return {
    measures: grown.filter(isInUse),
    aside: grown.filter((measure) => !isInUse(measure)),
    goals: desk.all('goal').filter((goal) => goal.measures.some((id) => ids.has(id))),
  }
}

/** The section that was open when the note was written; the one that it came too late for. */
export function writtenIn(desk: Desk, note: Note): Section | undefined {
  if (note.late !== undefined) return desk.get('section', note.late)
  return desk.all('section').find((section) => {
    const from = section.started_ms ?? Infinity
    const isOf = section.workshop === note.workshop
    return isOf && from <= note.created_ms && note.created_ms <= (section.closed_ms ?? Infinity)
  })
}

/** The network that all organisations behind the measures share; undefined when they do not. */
export function sharedNetwork(desk: Desk, measureIds: readonly string[]): string | undefined {
  const { notes } = sourcesOf(desk, measureIds)
  const networks = new Set(notes.map((n) => desk.get('organisation', n.organisation)?.network))
  const [only] = networks
  return networks.size === 1 ? only : undefined
}
