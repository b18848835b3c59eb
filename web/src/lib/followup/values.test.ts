import { describe, expect, it } from 'vitest'

import { deskWith, goal, measure, note } from '../card/fixture'
import { measuresInUse } from '../desk/measures'
import type { AnyRecord } from '../protocol'
import { actual, ofAll } from './fixture'
import { saidAims, saidLatest, saidYears } from './saying'
import {
  actualAt,
  byYear,
  followedYears,
  isOf,
  latest,
  organisationsOf,
  progress,
  scaleOf,
  yearsOf,
} from './values'

const CARD: AnyRecord = {
  t: 'card',
  id: 'card',
  title: { fi: 'Kortti' },
  report: { fi: 'Kertomus' },
  period: '2026–2029',
  state: 'luonnos',
  sections: [],
}

describe('the years of a period', () => {
  it('are read as people write them', () => {
    expect(yearsOf('2026–2029')).toEqual([2026, 2027, 2028, 2029])
    expect(yearsOf('2026')).toEqual([2026])
    for (const none of [undefined, '20XX–20XX', '2029–2026', '2026, 2027, 2028', '20260101']) {
      expect(yearsOf(none), none).toBeUndefined()
    }
  })

  it('are those of the card, else this one and those with values', () => {
    expect(followedYears(deskWith(CARD), 2031)).toEqual([2026, 2027, 2028, 2029])
    expect(followedYears(deskWith(actual('actual_1')), 2031)).toEqual([2026, 2031])
  })
})

describe('measures', () => {
  it('are followed while they are in use, the oldest first', () => {
    const desk = deskWith(
      measure('measure_2', [], { created_ms: 2, state: 'accepted' }),
      measure('measure_1', [], { created_ms: 1 }),
      measure('measure_3', [], { state: 'withdrawn' }),
      measure('measure_4', [], { state: 'merged' }),
    )
    expect(measuresInUse(desk).map(({ id }) => id)).toEqual(['measure_1', 'measure_2'])
  })

  it('are of who wrote their notes and of who has them in care', () => {
    const shared = measure('measure_1', ['note_1', 'note_2'], { owner: 'org_c' })
    const desk = deskWith(shared, note('note_1', { organisation: 'org_a' }), note('note_2'))
    const of = ['org_a', 'org_b', 'org_c', undefined].map((id) => isOf(desk, shared, id))
    expect(of).toEqual([true, false, true, false])
    expect(organisationsOf(desk, shared)).toEqual(['Marttayhdistys', 'Sydänyhdistys'])
  })
})

describe('a year', () => {
  it('has the value for all before those of organisations', () => {
    const [year] = byYear([actual('actual_1'), ofAll('actual_2', { value: 500 })], [2026])
    expect(year?.value).toBe(500)
    expect(year?.each).toHaveLength(1)
  })

  it('never adds up what several organisations have entered', () => {
    const two = [actual('actual_1'), actual('actual_2', { organisation: 'org_b', value: 12 })]
    const [year] = byYear(two, [2026])
    expect(year?.value).toBeUndefined()
    expect(year?.span).toEqual({ low: 12, high: 412 })
  })

  it('that is missing stays missing', () => {
    const years = byYear([actual('actual_1')], [2026, 2027])
    expect(years.map(({ value }) => value)).toEqual([412, undefined])
    expect(latest(years)?.year).toBe(2026)
    expect(latest(byYear([], [2026]))).toBeUndefined()
  })

  it('outside the period is shown all the same where it has a value', () => {
    const years = byYear([actual('actual_1', { year: 2025 })], [2026])
    expect(years.map(({ year }) => year)).toEqual([2025, 2026])
  })

  it('with words only has no number', () => {
    const { value: _, ...worded } = actual('actual_1', { text: 'Hyvin' })
    const [year] = byYear([worded], [2026])
    expect([year?.value, year?.span]).toEqual([undefined, undefined])
  })
})

describe('the way to the target', () => {
  it('begins at the baseline, whichever way is better', () => {
    expect(progress(measure('m', [], { baseline: 380, target: 600 }), 490)).toBe(0.5)
    expect(progress(measure('m', [], { baseline: 19, target: 12 }), 15.5)).toBe(0.5)
    expect(progress(measure('m', [], { baseline: 19, target: 12 }), 26)).toBe(-1)
  })

  it('begins at nothing without one, where more is better', () => {
    expect(progress(measure('m', [], { target: 600 }), 150)).toBe(0.25)
    expect(progress(measure('m', [], { target: 600, direction: 'less' }), 150)).toBeUndefined()
  })

  it('is unknown without a target, a value or a way to go', () => {
    expect(progress(measure('m', []), 1)).toBeUndefined()
    expect(progress(measure('m', [], { target: 5 }), undefined)).toBeUndefined()
    expect(progress(measure('m', [], { target: 5, baseline: 5 }), 5)).toBeUndefined()
    expect(progress(measure('m', [], { target: 0 }), 5)).toBeUndefined()
  })
})

describe('a scale', () => {
  it('holds nothing and all values', () => {
    expect(scaleOf([3, 7])).toEqual({ low: 0, high: 7 })
    expect(scaleOf([-3, 7])).toEqual({ low: -3, high: 7 })
    expect(scaleOf([])).toEqual({ low: 0, high: 1 })
  })
})

describe('what is said', () => {
  it('is the newest value with its year, of several how many', () => {
    const one = byYear([actual('actual_1'), actual('actual_2', { year: 2027, value: 1.5 })], [])
    expect(saidLatest(one, 'hlö')).toMatch(/^1,5\shlö \(2027\)$/)
    const two = byYear([actual('a'), actual('b', { organisation: 'org_b', value: 12 })], [2027])
    expect(saidLatest(two, 'hlö')).toMatch(/^12–412\shlö \(2026, 2 järjestöä\)$/)
    expect(saidLatest(byYear([], [2026]), 'hlö')).toBeUndefined()
    const { value: _, ...worded } = actual('b', { organisation: 'org_b', text: 'Hyvin' })
    expect(saidLatest(byYear([worded, actual('a')], []), undefined)).toBe('412 (2026, 2 järjestöä)')
  })

  it('of all years says what is missing', () => {
    expect(saidYears(byYear([actual('actual_1')], [2026, 2027]), undefined)).toBe(
      '2026: 412, 2027: puuttuu',
    )
  })

  it('of the aims is what is known of them', () => {
    const aimed = measure('m', [], {
      unit: '%',
      baseline: 19,
      baseline_as_of: '2025-12-31',
      target: 12.5,
      target_year: 2029,
    })
    expect(saidAims(aimed).map((aim) => aim.replaceAll('\u00A0', ' '))).toEqual([
      'Lähtötaso 19 % (31.12.2025)',
      'Tavoite 12,5 % (2029)',
    ])
    expect(saidAims(measure('m', []))).toEqual([])
  })
})

describe('a place', () => {
  it('is a measure, a year and an organisation or all', () => {
    const desk = deskWith(goal('goal_1'), actual('actual_1'), ofAll('actual_2'))
    expect(actualAt(desk, 'measure_1', 2026, 'org_a')?.id).toBe('actual_1')
    expect(actualAt(desk, 'measure_1', 2026, undefined)?.id).toBe('actual_2')
    expect(actualAt(desk, 'measure_1', 2026, 'org_b')).toBeUndefined()
    expect(actualAt(desk, 'measure_1', 2027, 'org_a')).toBeUndefined()
  })
})
