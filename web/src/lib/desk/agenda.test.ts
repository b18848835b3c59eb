import { describe, expect, it } from 'vitest'

import type { Form } from '../protocol'
import { nextSection, planned, sectionsOf, urgencyOf } from './agenda'
import { Desk } from './desk.svelte'
import { allowedIn } from './grants'

const section = (order: number, state: string, more: Form = {}): [string, Form] => {
  const id = `section_${String(order)}`
  return [id, { t: 'section', id, workshop: 'workshop_1', order, state, grants: {}, ...more }]
}

function deskOf(...sections: [string, Form][]): Desk {
  const desk = new Desk()
  desk.reset({
    desk: { t: 'desk', id: 'desk', workshop: 'workshop_1' },
    ...Object.fromEntries(sections),
  })
  return desk
}

describe('the agenda', () => {
  it('is in its order, one workshop at a time', () => {
    const other: Form = { workshop: 'workshop_2' }
    const desk = deskOf(section(2, 'planned'), section(1, 'closed'), section(3, 'planned', other))
    expect(sectionsOf(desk, 'workshop_1').map(({ id }) => id)).toEqual(['section_1', 'section_2'])
  })

  it.each([
    [['planned', 'planned', 'planned'], 'section_0'],
    [['closed', 'open', 'planned'], 'section_2'],
    [['closed', 'planned', 'planned'], 'section_1'],
    [['closed', 'open', 'closed'], 'section_2'],
    [['closed', 'planned', 'open'], undefined],
    [['closed', 'closed', 'closed'], undefined],
  ])('of %j goes on with %s', (states, next) => {
    const desk = deskOf(...states.map((state, order) => section(order, state)))
    expect(nextSection(desk)?.id).toBe(next)
  })

  it('has clock times', () => {
    expect(planned(785, 'fi')).toBe('13.05')
    expect(planned(5, 'en')).toBe('00:05')
  })

  it('says what may be done', () => {
    const [, form] = section(1, 'open', { grants: { 'notes.group': 'all', 'notes.add': 'all' } })
    const desk = deskOf(['section_1', form])
    expect(allowedIn(desk.openSection)).toEqual(['allowed.notes.add', 'allowed.notes.group'])
    expect(allowedIn(undefined)).toEqual([])
  })

  it('grows pressing at five minutes, at one and at none', () => {
    const minutes = [6, 5, 1, 0, -3]
    expect(minutes.map((left) => urgencyOf(left * 60_000))).toEqual([
      'calm',
      'soon',
      'last',
      'over',
      'over',
    ])
  })
})
