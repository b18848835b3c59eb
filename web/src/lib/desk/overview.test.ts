import { describe, expect, it } from 'vitest'

import type { Form } from '../protocol'
import { Desk } from './desk.svelte'
import { overviewOf } from './overview'

const note = (id: string, more: Form = {}): Form => ({
  t: 'note',
  id,
  workshop: 'workshop_1',
  text: id,
  is_hidden: false,
  ...more,
})
const person = (id: string, organisation: string, more: Form = {}): Form => ({
  t: 'person',
  id,
  role: 'participant',
  has_left: false,
  organisation,
  ...more,
})

function deskOf(...forms: Form[]): Desk {
  const desk = new Desk()
  const info: Form = { t: 'desk', id: 'desk', workshop: 'workshop_1' }
  desk.reset(Object.fromEntries([info, ...forms].map((form) => [String(form.id), form])))
  return desk
}

describe('the overview', () => {
  it('counts what is on the board of the current workshop, and what is hidden', () => {
    const overview = overviewOf(
      deskOf(
        note('note_1', { cluster: 'cluster_1' }),
        note('note_2', { late: 'section_1' }),
        note('note_3', { parked_ms: 1 }),
        note('note_4', { workshop: 'workshop_0' }),
        { t: 'note', id: 'note_5', is_hidden: true },
        { t: 'cluster', id: 'cluster_1', workshop: 'workshop_1', title: 'x' },
        { t: 'measure', id: 'measure_1', state: 'withdrawn' },
        { t: 'goal', id: 'goal_1', state: 'on_card' },
      ),
      new Map(),
    )
    expect(overview).toMatchObject({
      notes: 4,
      hidden: 1,
      loose: 1,
      parked: 1,
      late: 1,
      clusters: 1,
      measures: 0,
      goals: 1,
    })
  })

  it('names who has written nothing and who is away', () => {
    const overview = overviewOf(
      deskOf(
        { t: 'organisation', id: 'org_a', name: 'Martat' },
        { t: 'organisation', id: 'org_b', name: 'Sydän' },
        { t: 'organisation', id: 'org_c', name: 'Poissa' },
        person('person_1', 'org_a'),
        person('person_2', 'org_b'),
        person('person_3', 'org_b', { has_left: true }),
        note('note_1', { organisation: 'org_a' }),
      ),
      new Map([['person_1', null]]),
    )
    expect(overview.silent).toEqual(['Sydän'])
    expect(overview.away).toEqual(['person_2'])
  })
})
