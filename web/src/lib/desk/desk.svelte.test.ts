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

  it('finds notes that were put aside beside the board, not on it', () => {
    const desk = new Desk()
    const seen = watched(() => [desk.noteIds().join(), desk.parked.map((note) => note.id).join()])
    const note = { t: 'note', workshop: 'workshop_1' }
    after(() => {
      desk.apply([
        { desk: { t: 'desk', id: 'desk', workshop: 'workshop_1' } },
        { note_1: { ...note, id: 'note_1', parked_ms: 1 }, note_2: { ...note, id: 'note_2' } },
        { note_3: { ...note, id: 'note_3', workshop: 'workshop_2', parked_ms: 1 } },
      ])
    })
    after(() => desk.apply([{ note_1: { parked_ms: null } }]))
    expect(seen.at(-2)).toEqual(['note_2', 'note_1'])
    expect(seen.at(-1)).toEqual(['note_2,note_1', ''])
  })
})

describe('a desk that is shown as it was', () => {
  afterEach(() => stop?.())

  it('has just those records, and leaves alone who watches what is the same', () => {
    const desk = new Desk()
    desk.reset({ note_1: { t: 'note', id: 'note_1' }, note_2: { t: 'note', id: 'note_2' } })
    const [one, two] = [desk.find('note_1'), desk.find('note_2')]
    if (!one || !two) throw new Error('not there')
    const seen = watched(() => desk.find('note_1'))
    after(() => desk.stand(new Map([['note_1', one]])))
    expect([desk.find('note_2'), desk.ids('note')]).toEqual([undefined, ['note_1']])
    after(() => desk.stand(new Map([['note_2', two]])))
    expect(seen).toEqual([one, undefined])
    desk.apply([{ note_2: { text: 'a' } }])
    expect(desk.get('note', 'note_2')?.text).toBe('a')
  })
})

describe('a desk that stops when screens are frozen', () => {
  const note = (text: string) => ({ note_1: { t: 'note', id: 'note_1', text } })

  it('shows what it showed then, and what it missed when it goes on', () => {
    const desk = new Desk()
    desk.reset({ desk: { t: 'desk', id: 'desk' }, ...note('a') })
    desk.stopWhenFrozen()
    desk.apply([{ desk: { is_frozen: true }, ...note('b') }])
    expect([desk.info?.is_frozen, desk.get('note', 'note_1')?.text]).toEqual([true, 'b'])
    desk.apply([note('c'), { note_2: { t: 'note', id: 'note_2' } }])
    expect([desk.get('note', 'note_1')?.text, desk.ids('note')]).toEqual(['b', ['note_1']])
    desk.apply([{ desk: { is_frozen: null } }])
    expect([desk.get('note', 'note_1')?.text, desk.ids('note').length]).toEqual(['c', 2])
  })

  it('goes on like any other desk that nobody told to stop', () => {
    const desk = new Desk()
    desk.reset({ desk: { t: 'desk', id: 'desk', is_frozen: true }, ...note('a') })
    desk.apply([note('b')])
    expect(desk.get('note', 'note_1')?.text).toBe('b')
  })
})
