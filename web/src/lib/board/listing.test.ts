import { beforeEach, describe, expect, it } from 'vitest'

import { Desk } from '../desk/desk.svelte'
import type { Form } from '../protocol'
import { type Filter, groupsOf, hiddenCount, NO_FILTER, organisationsOf } from './listing'

const note = (id: string, text: string, more: Form = {}): [string, Form] => [
  id,
  { t: 'note', id, workshop: 'workshop_1', text, is_hidden: false, ...more },
]
const cluster = (id: string, title: string): [string, Form] => [
  id,
  { t: 'cluster', id, workshop: 'workshop_1', title },
]

describe('the list', () => {
  let desk: Desk

  beforeEach(() => {
    desk = new Desk()
    desk.reset(
      Object.fromEntries<Form>([
        ['desk', { t: 'desk', id: 'desk', workshop: 'workshop_1' }],
        ['org_a', { t: 'organisation', id: 'org_a', name: 'Kylä ry' }],
        cluster('cluster_1', 'Määrät'),
        cluster('cluster_2', 'Tyhjä'),
        note('note_1', 'Kävijät', { cluster: 'cluster_1', organisation: 'org_a' }),
        note('note_2', 'Osallistujien määrä', { author: 'me' }),
        note('note_3', 'Palaute', { organisation: 'org_a' }),
        note('note_4', 'Vanha', { workshop: 'workshop_2' }),
        ['note_5', { t: 'note', id: 'note_5', is_hidden: true, organisation: 'org_a' }],
      ]),
    )
  })

  const shown = (filter: Partial<Filter> = {}) =>
    groupsOf(desk, { ...NO_FILTER, ...filter }, 'me', 'org_a').map((group) =>
      [group.cluster?.title ?? '', ...group.notes].join(' '),
    )

  it('has the clusters first, empty ones as well, and then the loose notes', () => {
    expect(shown()).toEqual(['Määrät note_1', 'Tyhjä', ' note_2 note_3'])
  })

  it('finds words in notes, organisations and the names of clusters', () => {
    expect(shown({ text: 'MÄÄRÄ' })).toEqual(['Määrät note_1', ' note_2'])
    expect(shown({ text: 'kylä' })).toEqual(['Määrät note_1', ' note_3'])
    expect(shown({ text: 'palaute kylä' })).toEqual([' note_3'])
    expect(shown({ text: 'xyz' })).toEqual([])
  })

  it('shows mine, my organisation, one organisation, or what is in no cluster', () => {
    expect(shown({ scope: 'mine' })).toEqual([' note_2'])
    expect(shown({ scope: 'organisation' })).toEqual(['Määrät note_1', ' note_3'])
    expect(shown({ organisation: 'org_a' })).toEqual(['Määrät note_1', ' note_3'])
    expect(shown({ scope: 'loose' })).toEqual([' note_2 note_3'])
  })

  it('counts organisations and hidden notes', () => {
    expect(organisationsOf(desk, ['note_1', 'note_2', 'note_3'])).toBe(1)
    expect(hiddenCount(desk)).toBe(1)
  })
})
