import { describe, expect, it } from 'vitest'

import type { Form, Section } from '../protocol'
import { Desk } from './desk.svelte'
import { expectedStarts, graceOf, lastsOf, latenessOf, minutesToTake, overlapOf } from './schedule'

const MINUTE = 60_000
/** 15 June 2025 at 14.30 in Helsinki. */
const NOW = Date.UTC(2025, 5, 15, 11, 30)

const section = (order: number, starts_at: number, minutes: number, more: Form = {}): Form => ({
  t: 'section',
  id: `section_${String(order)}`,
  workshop: 'workshop_1',
  order,
  state: 'planned',
  kind: 'talk',
  grants: {},
  starts_at,
  minutes,
  ...more,
})

function deskOf(...sections: Form[]): Desk {
  const desk = new Desk()
  desk.reset({
    desk: { t: 'desk', id: 'desk', workshop: 'workshop_1', timezone: 'Europe/Helsinki' },
    workshop_1: { t: 'workshop', id: 'workshop_1', number: 1, date: '2025-06-15' },
    ...Object.fromEntries(sections.map((form) => [String(form.id), form])),
  })
  return desk
}

const open = (left: number): Form => ({ state: 'open', started_ms: NOW, ends_ms: NOW + left })

describe('the day as it looks now', () => {
  it('has each section start when the one before it ends', () => {
    const desk = deskOf(
      section(1, 840, 30, open(5 * MINUTE)),
      section(2, 870, 10, { given: 8 }),
      section(3, 880, 20, { state: 'skipped' }),
      section(4, 900, 15),
    )
    expect([...expectedStarts(desk, NOW)]).toEqual([
      ['section_2', NOW + 5 * MINUTE],
      ['section_4', NOW + 13 * MINUTE],
    ])
  })

  it('moves on while the open section is over its time, or its clock stands still', () => {
    const over = deskOf(section(1, 840, 30, open(-MINUTE)), section(2, 870, 10))
    expect(expectedStarts(over, NOW).get('section_2')).toBe(NOW)
    const still = { state: 'open', started_ms: NOW, left_ms: 3 * MINUTE }
    const stopped = deskOf(section(1, 840, 30, still), section(2, 870, 10))
    expect(expectedStarts(stopped, NOW).get('section_2')).toBe(NOW + 3 * MINUTE)
  })

  it('knows nothing before the first section', () => {
    expect([...expectedStarts(deskOf(section(1, 840, 30)), NOW)]).toEqual([])
  })

  it.each([
    ['in time', 0, {}, 0],
    ['seven minutes late', 7, {}, 7],
    ['late, but minutes were taken', 7, { given: 5 }, 2],
    ['early', -10, {}, -10],
  ])('ends %s', (_, late, more, expected) => {
    const first = section(1, 840, 30, open(late * MINUTE)) // planned until 14.30
    const desk = deskOf(first, section(2, 870, 10, more))
    expect(latenessOf(desk, NOW + Math.min(0, late) * MINUTE)).toBe(expected)
  })

  it('is late on the planned day only', () => {
    const desk = deskOf(section(1, 840, 30, open(60 * MINUTE)))
    expect(latenessOf(desk, NOW)).toBe(60)
    const other = deskOf(section(1, 840, 30, open(121 * MINUTE)))
    expect(latenessOf(other, NOW)).toBe(0)
    expect(latenessOf(desk, NOW + 24 * 60 * MINUTE)).toBe(0)
  })
})

describe('the plan', () => {
  const plan = (order: number, starts_at: number, minutes: number, more: Form = {}) =>
    section(order, starts_at, minutes, more) as unknown as Section

  it('has overlaps and gaps', () => {
    const first = plan(1, 840, 30)
    expect(overlapOf(undefined, first)).toBe(0)
    expect(overlapOf(first, plan(2, 860, 10))).toBe(10)
    expect(overlapOf(first, plan(2, 880, 10))).toBe(-10)
  })

  it('gives minutes in place of those planned', () => {
    expect(lastsOf(plan(1, 840, 30, { given: 20 }))).toBe(20)
  })

  it('gives minutes away from the longest, breaks last, and leaves each a minute', () => {
    const ahead = [plan(1, 0, 10), plan(2, 10, 10, { kind: 'break' }), plan(3, 20, 40)]
    expect([...minutesToTake(ahead, 31)]).toEqual([
      ['section_1', 9],
      ['section_2', 10],
      ['section_3', 10],
    ])
    expect([...minutesToTake(ahead, 500).values()]).toEqual([1, 10, 1])
    const breaks = [plan(1, 0, 5, { kind: 'break' })]
    expect([...minutesToTake(breaks, 3).values()]).toEqual([2])
  })

  it('goes on by the clock after a grace, where somebody has said so', () => {
    const desk = deskOf()
    expect(graceOf(desk)).toBeUndefined()
    desk.apply([{ desk: { advance: 'clock' } }])
    expect(graceOf(desk)).toBe(30)
    desk.apply([{ desk: { grace_s: 0 } }])
    expect(graceOf(desk)).toBe(0)
  })
})
