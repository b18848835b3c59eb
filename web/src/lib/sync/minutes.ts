/** The minutes of a workshop: what the log says in one language, and the files. */

import { get } from './api'
import { fetched } from './exports'

export const MINUTES_FORMATS = ['docx', 'pdf', 'html'] as const
export type MinutesFormat = (typeof MINUTES_FORMATS)[number]

export interface MinutesFact {
  readonly text: string
  readonly organisations: readonly string[]
  readonly reason: string | null
  readonly when: string | null
}

export interface MinutesVote {
  readonly title: string
  readonly about: string
  readonly lines: readonly { readonly target: string; readonly result: string }[]
}

export interface MinutesChapter {
  /** Absent: what happened outside of all sections, or after the last one. */
  readonly section: string | null
  readonly title: string
  readonly planned: string | null
  readonly held: string
  readonly was_held: boolean
  readonly joined: string | null
  readonly presence: readonly { readonly organisation: string; readonly people: number }[]
  readonly facts: readonly MinutesFact[]
  readonly votes: readonly MinutesVote[]
}

export interface Minutes {
  readonly made: string
  readonly chapters: readonly MinutesChapter[]
  readonly parked: readonly MinutesFact[]
}

/** What the log says; the texts above it are on the desk. ApiError. */
export function minutes(desk: string, workshop: string, language: string): Promise<Minutes> {
  return get<Minutes>(pathOf(desk, workshop, 'json', language))
}

/** The minutes as a file, texts included; ApiError. */
export function minutesFile(
  desk: string,
  workshop: string,
  format: MinutesFormat,
  language: string,
): Promise<{ name: string; file: Blob }> {
  return fetched(pathOf(desk, workshop, format, language), `${workshop}.${format}`)
}

function pathOf(desk: string, workshop: string, format: string, language: string): string {
  const query = new URLSearchParams({ workshop, language })
  return `/api/desks/${encodeURIComponent(desk)}/minutes/${format}?${query.toString()}`
}
