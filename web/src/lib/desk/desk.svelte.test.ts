import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'

import { Desk } from './desk.svelte'

let stop: (() => void) | undefined

/** What `read` gave, each time that something it watches changed. */
function watched(read: () => unknown): unknown[] {
  const seen: unknown[] = []
  stop = $effect.root(() => {
    const value = $derived.by(read)
    $effect(() => {
      seen.push(value)
    })
  })
  flushSync()
  return seen
}

function after(change: () => void) {
  change()
  flushSync()
}

describe('who watches a desk', () => {
  afterEach(() => stop?.())

  it('is told of a record that was not there when it was looked for', () => {
    const desk = new Desk()
    const seen = watched(() => desk.get('note', 'note_1')?.text)
    after(() => desk.apply([{ note_1: { t: 'note', id: 'note_1', text: 'a' } }]))
    after(() => desk.apply([{ note_1: { text: 'b' } }]))
    expect(seen).toEqual([undefined, 'a', 'b'])
  })

  it('is told of the first note of a list', () => {
    const desk = new Desk()
    const seen = watched(() => [desk.noteIds().length, desk.ids('note').length])
    after(() => desk.apply([{ note_1: { t: 'note', id: 'note_1' } }]))
    after(() => desk.apply([{ note_1: { cluster: 'cluster_1' } }]))
    expect(seen).toEqual([
      [0, 0],
      [1, 1],
      [0, 1],
    ])
  })

  it('is left alone when other records change', () => {
    const desk = new Desk()
    desk.apply([{ note_1: { t: 'note', id: 'note_1' }, note_2: { t: 'note', id: 'note_2' } }])
    const seen = watched(() => desk.get('note', 'note_1'))
    after(() => desk.apply([{ note_2: { text: 'b' }, note_3: { t: 'note', id: 'note_3' } }]))
    expect(seen).toHaveLength(1)
  })
})
