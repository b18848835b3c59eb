import { expect, test } from 'vitest'

import type { Person } from '../protocol'
import { CULTURE, deskWith } from './fixture'
import { ownersFor } from './owners'

function person(id: string, more: Partial<Person> = {}): Person {
  return { t: 'person', id, role: 'participant', has_left: false, ...more }
}

const desk = deskWith(
  person('person_b', { organisation: 'org_a' }),
  person('person_a', { role: 'secretary' }),
  person('person_gone', { removed_ms: 1 }),
  person('person_hall', { role: 'viewer' }),
  person('person_link', { role: 'commenter' }),
  person('person_unseen'),
)
const names = new Map([
  ['person_b', 'Bertta'],
  ['person_a', 'Aino'],
  ['person_gone', 'Pois'],
  ['person_hall', 'Ruutu'],
  ['person_link', 'Linkki'],
])

test('networks, then organisations, then the people whose names one sees are offered', () => {
  const owners = ownersFor({ desk, names })
  expect(owners[0]?.id).toBe(CULTURE)
  expect(owners.slice(2).map(({ name }) => name)).toEqual([
    'Kyläyhdistys',
    'Marttayhdistys',
    'Sydänyhdistys',
    'Aino',
    'Bertta (Marttayhdistys)',
  ])
})

test('who sees no names is offered no people', () => {
  const owners = ownersFor({ desk, names: new Map() })
  expect(owners.some(({ id }) => id.startsWith('person_'))).toBe(false)
})
