/** The plan beside what happens: when what is still to come starts, and how late the day is. */

import { GRACE_S, type Section } from '../protocol'
import { sectionsOf } from './agenda'
import type { Desk } from './desk.svelte'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
/** A day that is later than this is held at another time than was planned. */
const MAX_LATE_MINUTES = 120

/** Minutes that a section gets when it starts. */
export const lastsOf = (section: Section): number => section.given ?? section.minutes

/** Whether it can still be moved, skipped and removed. */
export const isAhead = (section: Section): boolean => section.started_ms === undefined

/** How many minutes a section starts before the one before it is planned to end; below 0: a gap. */
export function overlapOf(before: Section | undefined, section: Section): number {
  return before ? before.starts_at + before.minutes - section.starts_at : 0
}

/** When the open section ends, as it looks now; undefined when none is open. */
function endOf(section: Section | undefined, now_ms: number): number | undefined {
  if (!section) return undefined
  return Math.max(now_ms, section.ends_ms ?? now_ms + (section.left_ms ?? 0))
}

/** Seconds after the end of the time at which the clock opens the next section; else undefined. */
export function graceOf(desk: Desk): number | undefined {
  return desk.info?.advance === 'clock' ? (desk.info.grace_s ?? GRACE_S) : undefined
}

/** The sections that come after the open one, unless they are skipped. */
export function sectionsAhead(desk: Desk): Section[] {
  const open = desk.openSection
  return sectionsOf(desk, open?.workshop).filter(
    (section) => section.order > (open?.order ?? 0) && section.state === 'planned',
  )
}

/** When the sections still to come start, as it looks now: one after the other. */
export function expectedStarts(desk: Desk, now_ms: number): Map<string, number> {
  const starts = new Map<string, number>()
  let at_ms = endOf(desk.openSection, now_ms)
  if (at_ms === undefined) return starts
  for (const section of sectionsAhead(desk)) {
    starts.set(section.id, at_ms)
    at_ms += lastsOf(section) * MINUTE_MS
  }
  return starts
}

/** Minutes by which the day will end late, on the day that was planned; below 0: early. */
export function latenessOf(desk: Desk, now_ms: number): number {
  const open = desk.openSection
  const at_ms = endOf(open, now_ms)
  const zone = desk.info?.timezone
  if (!open || at_ms === undefined || zone === undefined) return 0
  if (desk.get('workshop', open.workshop)?.date !== dayOf(now_ms, zone)) return 0
  const saved = sectionsAhead(desk).reduce(
    (sum, section) => sum + section.minutes - lastsOf(section),
    0,
  )
  const late = minutesOfDay(at_ms, zone) - (open.starts_at + open.minutes) - saved
  const around = late < -DAY_MINUTES / 2 ? late + DAY_MINUTES : late
  return around > MAX_LATE_MINUTES ? 0 : around
}

/** Minutes taken evenly, by their lengths, from sections to come: breaks keep theirs if they can. */
export function minutesToTake(ahead: readonly Section[], late: number): Map<string, number> {
  const given = new Map(ahead.map((section) => [section.id, lastsOf(section)]))
  const working = ahead.filter((section) => section.kind !== 'break')
  for (let left = late; left > 0; left--) {
    const longest = (working.length > 0 ? working : ahead).reduce<string | undefined>(
      (best, { id }) => ((given.get(id) ?? 0) > (given.get(best ?? '') ?? 1) ? id : best),
      undefined,
    )
    if (longest === undefined) break
    given.set(longest, (given.get(longest) ?? 0) - 1)
  }
  return given
}

/** Making one is slow, and a facilitator's page asks four times a second. */
const forms = new Map<string, Intl.DateTimeFormat>()

function formOf(timeZone: string): Intl.DateTimeFormat {
  const known = forms.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  forms.set(timeZone, made)
  return made
}

function parts(at_ms: number, timeZone: string): Record<string, string> {
  const found = formOf(timeZone).formatToParts(at_ms)
  return Object.fromEntries(found.map(({ type, value }) => [type, value]))
}

/** The day there, `2025-06-15`. */
function dayOf(at_ms: number, timeZone: string): string {
  const { year = '', month = '', day = '' } = parts(at_ms, timeZone)
  return `${year}-${month}-${day}`
}

function minutesOfDay(at_ms: number, timeZone: string): number {
  const { hour, minute } = parts(at_ms, timeZone)
  return Number(hour) * 60 + Number(minute)
}
