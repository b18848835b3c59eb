import { describe, expect, it } from 'vitest'

import { Desk } from './desk.svelte'
import { mayFinish, whose } from './may'

function deskWith(section: object, late?: string): Desk {
  const desk = new Desk()
  desk.reset({
    desk: { t: 'desk', id: 'desk', ...(late === undefined ? {} : { late }) },
    section_1: {
      t: 'section',
      id: 'section_1',
      state: 'closed',
      grants: { 'notes.add': 'all' },
      ...section,
    },
  })
  return desk
}

describe('what was begun in a section', () => {
  it.each([undefined, 'mark', 'park'])('may be finished when it has closed, by rule %s', (late) => {
    expect(mayFinish(deskWith({}, late), 'notes.add', 'section_1')).toBe(true)
  })

  it.each([
    ['the rule is to refuse', deskWith({}, 'refuse'), 'notes.add', 'section_1'],
    ['it was not allowed', deskWith({}), 'notes.edit', 'section_1'],
    ['it never closed', deskWith({ state: 'planned' }), 'notes.add', 'section_1'],
    ['nobody knows the section', deskWith({}), 'notes.add', 'section_2'],
    ['none was open', deskWith({}), 'notes.add', undefined],
  ] as const)('may not when %s', (_why, desk, may, section) => {
    expect(mayFinish(desk, may, section)).toBe(false)
  })
})

describe('somebody who may look on only', () => {
  const desk = deskWith({ state: 'open' })
  const person = { t: 'person', id: 'person_1', role: 'participant', has_left: false } as const

  it('writes no notes, though the section grants it', () => {
    expect(whose(desk, 'participant', 'notes.add', person)).toBe('all')
    expect(whose(desk, 'participant', 'notes.add', { ...person, is_muted: true })).toBeUndefined()
  })

  it('may leave and edit their memo', () => {
    const muted = { ...person, is_muted: true }
    expect(whose(desk, 'participant', 'people.leave', muted)).toBe('all')
    expect(whose(desk, 'participant', 'memo.edit', muted)).toBe('all')
  })
})
