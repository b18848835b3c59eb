import { beforeEach, describe, expect, it } from 'vitest'

import { countsOf, isToBeTold } from './catchup'
import { Desk } from './desk.svelte'

function comer(state: string, role: 'participant' | 'facilitator' = 'participant') {
  const desk = new Desk()
  const workshop = 'workshop_1'
  desk.reset({
    desk: { t: 'desk', id: 'desk', workshop },
    section_1: { t: 'section', id: 'section_1', workshop, order: 1, state, grants: {} },
    note_1: { t: 'note', id: 'note_1', workshop, text: 'a', is_hidden: false },
    note_2: { t: 'note', id: 'note_2', is_hidden: true },
    note_3: { t: 'note', id: 'note_3', workshop, text: 'b', is_hidden: false, parked_ms: 1 },
    cluster_1: { t: 'cluster', id: 'cluster_1', workshop, title: 'Väki' },
    goal_1: { t: 'goal', id: 'goal_1', state: 'on_card' },
    goal_2: { t: 'goal', id: 'goal_2', state: 'suggested' },
  })
  const me = { desk: 'd', person: 'person_1', role, name: null, ticket: '' }
  return { id: 'd', desk, me }
}

describe('who comes in while a workshop is held', () => {
  beforeEach(() => {
    sessionStorage.clear()
  })

  it.each(['open', 'closed'])('is told once, when a section is %s', (state) => {
    expect(isToBeTold(comer(state))).toBe(true)
    expect(isToBeTold(comer(state))).toBe(false)
  })

  it('is not told who was there before it began', () => {
    expect(isToBeTold(comer('planned'))).toBe(false)
    expect(isToBeTold(comer('open'))).toBe(false)
  })

  it('is not told who leads it', () => {
    expect(isToBeTold(comer('open', 'facilitator'))).toBe(false)
  })

  it('learns how much there is, also of what is hidden', () => {
    expect(countsOf(comer('open').desk)).toEqual({ notes: 1, groups: 1, goals: 1, hidden: 1 })
  })
})
