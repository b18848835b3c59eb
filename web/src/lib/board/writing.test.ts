import { beforeEach, describe, expect, it } from 'vitest'

import type { Note } from '../protocol'
import { Writing } from './writing.svelte'

const NOTE: Note = {
  t: 'note',
  id: 'note_1',
  workshop: 'workshop_1',
  text: 'Kävijät',
  at: { x: 0, y: 0 },
  shows: 'organisation',
  is_hidden: false,
  unit: 'hlö',
  version: 3,
  created_ms: 1,
}

describe('writing a note', () => {
  beforeEach(() => {
    localStorage.clear()
  })

  it('goes on where it was left off', () => {
    const before = new Writing('d1.note')
    before.text = 'Vapaaehtois'
    before.source = 'STEA'
    before.keep()
    const after = new Writing('d1.note')
    expect([after.text, after.source]).toEqual(['Vapaaehtois', 'STEA'])
    after.clear()
    after.keep()
    expect(new Writing('d1.note').text).toBe('')
  })

  it('of an edit goes on with the version on which it was begun, also after others changed it', () => {
    const before = new Writing('d1.edit.note_1', NOTE)
    before.keep()
    expect(localStorage.length).toBe(0)
    before.text = 'Kävijämäärä'
    before.unit = ''
    before.keep()
    const theirs = { ...NOTE, text: 'Toisen', version: 4 }
    const after = new Writing('d1.edit.note_1', theirs)
    expect([after.text, after.unit, after.base?.version]).toEqual(['Kävijämäärä', '', 3])
    after.forget()
    const anew = new Writing('d1.edit.note_1', theirs)
    expect([anew.text, anew.base?.version]).toEqual(['Toisen', 4])
  })

  it('begins anew when what was kept is broken', () => {
    localStorage.setItem('etatyopoyta.draft.d1.note', '{"text":')
    expect(new Writing('d1.note').text).toBe('')
  })

  it('advises above 280 characters and refuses above 2,000', () => {
    const writing = new Writing()
    writing.text = 'a'.repeat(280)
    expect([writing.isLong, writing.isTooLong]).toEqual([false, false])
    writing.text += 'a'
    expect([writing.isLong, writing.isTooLong]).toEqual([true, false])
    writing.text = 'a'.repeat(2_001)
    expect(writing.isTooLong).toBe(true)
  })

  it('changes only what is different', () => {
    const writing = new Writing(undefined, NOTE)
    expect(writing.changesTo(NOTE)).toEqual({})
    writing.text = ' Kävijämäärä '
    writing.unit = ' '
    writing.interval = 'kk'
    expect(writing.changesTo(NOTE)).toEqual({ text: 'Kävijämäärä', unit: null, interval: 'kk' })
  })
})
