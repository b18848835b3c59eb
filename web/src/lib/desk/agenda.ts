/** The agenda as people read it. */

import type { Section } from '../protocol'
import type { Desk } from './desk.svelte'

/** The sections of a workshop, in their order. */
export function sectionsOf(desk: Desk, workshop: string | undefined): Section[] {
  return desk
    .all('section')
    .filter((section) => section.workshop === workshop)
    .sort((a, b) => a.order - b.order)
}

/** What comes after the open section, or else the first one that has not been held. */
export function nextSection(desk: Desk): Section | undefined {
  const open = desk.openSection
  const sections = sectionsOf(desk, open?.workshop ?? desk.info?.workshop)
  const after = open ? sections.filter((section) => section.order > open.order) : sections
  return after.find((section) => section.state === 'planned') ?? (open ? after[0] : undefined)
}

/** Minutes from midnight as `13.05`, in English `13:05`. */
export function planned(minutes: number, language: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const separator = language === 'en' ? ':' : '.'
  return `${two(Math.floor(minutes / 60) % 24)}${separator}${two(minutes % 60)}`
}

export type Urgency = 'calm' | 'soon' | 'last' | 'over'

const SOON_MS = 5 * 60_000
const LAST_MS = 60_000

/** How pressing it is with so much time left. */
export function urgencyOf(left_ms: number): Urgency {
  if (left_ms <= 0) return 'over'
  if (left_ms <= LAST_MS) return 'last'
  return left_ms <= SOON_MS ? 'soon' : 'calm'
}
