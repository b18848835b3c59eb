/** Private writing: what is known of notes that only their authors see. */

import type { Section } from '../protocol'
import type { Desk } from './desk.svelte'

/** Whether what is written in the section now is hidden from all others. */
export function hides(section: Section | undefined): boolean {
  return section?.is_private === true && section.revealed_ms === undefined
}

/** Whether what is hidden in the section is shown to all when it is closed. */
export function revealsAtEnd(section: Section | undefined): boolean {
  return hides(section) && section?.reveals === 'end'
}

export interface Hidden {
  readonly notes: number
  /** Organisations that have hidden notes; on an anonymous desk none is known. */
  readonly organisations: number
  /** Organisations from which somebody is at the desk. */
  readonly all: number
}

/** How many notes are hidden, one's own included, and of how many organisations. */
export function hiddenOn(desk: Desk): Hidden {
  const hidden = desk.all('note').filter((note) => note.is_hidden)
  const people = desk.all('person').filter((person) => person.has_left !== true)
  const organisations = ofSome(hidden)
  return {
    notes: hidden.length,
    organisations,
    all: Math.max(organisations, ofSome(people)),
  }
}

function ofSome(records: readonly { organisation?: string }[]): number {
  return new Set(records.map(({ organisation }) => organisation).filter(Boolean)).size
}
