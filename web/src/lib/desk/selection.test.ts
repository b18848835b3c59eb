import { describe, expect, it } from 'vitest'

import { Selection } from './selection.svelte'

const ORDER = ['note_1', 'note_2', 'note_3', 'note_4']

describe('a selection', () => {
  it('holds notes and clusters in the order in which they were chosen', () => {
    const selection = new Selection()
    for (const id of ['note_2', 'cluster_1', 'note_1']) selection.toggle(id)
    expect(selection.notes).toEqual(['note_2', 'note_1'])
    expect(selection.clusters).toEqual(['cluster_1'])
    selection.toggle('note_2')
    expect(selection.has('note_2')).toBe(false)
    expect(selection.size).toBe(2)
  })

  it('reaches from the last choice, forwards and backwards', () => {
    const selection = new Selection()
    selection.only('note_2')
    selection.rangeTo('note_4', ORDER)
    expect(selection.notes).toEqual(['note_2', 'note_3', 'note_4'])
    selection.only('note_3')
    selection.rangeTo('note_1', ORDER)
    expect(new Set(selection.notes)).toEqual(new Set(['note_3', 'note_1', 'note_2']))
  })

  it('is one when there was no last choice', () => {
    const selection = new Selection()
    selection.rangeTo('note_3', ORDER)
    expect(selection.notes).toEqual(['note_3'])
  })

  it('lets go of what is gone', () => {
    const selection = new Selection()
    selection.add(ORDER)
    selection.keep((id) => id !== 'note_1')
    expect(selection.size).toBe(3)
  })
})
