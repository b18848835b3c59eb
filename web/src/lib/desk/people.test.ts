import { describe, expect, it } from 'vitest'

import { Desk } from './desk.svelte'
import { attendance, nameOf } from './people'

function live() {
  const desk = new Desk()
  const person = (id: string, more = {}) => ({ t: 'person', id, role: 'participant', ...more })
  desk.reset({
    person_1: person('person_1'),
    person_2: person('person_2'),
    person_3: person('person_3', { removed_ms: 5 }),
    person_4: person('person_4', { role: 'facilitator' }),
  })
  const names = new Map([
    ['person_1', 'Åke'],
    ['person_4', 'Aino'],
  ])
  return {
    desk,
    names,
    presence: new Map([
      ['person_1', null],
      ['person_4', null],
    ]),
  }
}

describe('who is at a desk', () => {
  it('is listed by name: to all who is here, to facilitators also who is away', () => {
    const ids = (withAll: boolean) =>
      attendance(live(), withAll).map(({ where, people }) => [where, people.map(({ id }) => id)])
    expect(ids(false)).toEqual([['here', ['person_4', 'person_1']]])
    expect(ids(true)).toEqual([
      ['here', ['person_4', 'person_1']],
      ['away', ['person_2']],
      ['removed', ['person_3']],
    ])
  })

  it('is called by their role while they have no name', () => {
    expect(nameOf(live(), 'person_2')).toBe('osallistuja')
  })
})
