import { describe, expect, it } from 'vitest'

import type { Form, Section } from '../protocol'
import { Desk } from './desk.svelte'
import { hiddenOn, hides, revealsAtEnd } from './privacy'

function deskOf(...forms: Form[]): Desk {
  const desk = new Desk()
  desk.reset(Object.fromEntries(forms.map((form) => [String(form.id), form])))
  return desk
}

const person = (id: string, organisation?: string, more: Form = {}): Form => ({
  t: 'person',
  id,
  role: 'participant',
  ...(organisation && { organisation }),
  ...more,
})
const note = (id: string, more: Form): Form => ({ t: 'note', id, is_hidden: true, ...more })

describe('private writing', () => {
  it('is on until the reveal', () => {
    const section = { is_private: true } as Section
    expect(hides(undefined)).toBe(false)
    expect(hides({} as Section)).toBe(false)
    expect(hides(section)).toBe(true)
    expect(hides({ ...section, revealed_ms: 1 })).toBe(false)
  })

  it('ends with the section where that is the rule', () => {
    const section: Section = { is_private: true, reveals: 'end' } as Section
    expect(revealsAtEnd(section)).toBe(true)
    expect(revealsAtEnd({ ...section, reveals: 'hand' })).toBe(false)
    expect(revealsAtEnd({ ...section, revealed_ms: 1 })).toBe(false)
    expect(revealsAtEnd(undefined)).toBe(false)
  })

  it('tells how many notes there are, and of how many organisations', () => {
    const desk = deskOf(
      person('person_1', 'org_a'),
      person('person_2', 'org_b'),
      person('person_3', 'org_c', { has_left: true }),
      person('person_4'),
      note('note_1', { organisation: 'org_a' }),
      note('note_2', { organisation: 'org_a', text: 'Oma' }),
      note('note_3', { is_hidden: false, organisation: 'org_b', text: 'Näkyvä' }),
    )
    expect(hiddenOn(desk)).toEqual({ notes: 2, organisations: 1, all: 2 })
  })

  it('knows no organisations on an anonymous desk', () => {
    expect(hiddenOn(deskOf(note('note_1', {})))).toEqual({ notes: 1, organisations: 0, all: 0 })
  })
})
