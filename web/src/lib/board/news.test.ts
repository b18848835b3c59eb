import { describe, expect, it } from 'vitest'

import { Desk } from '../desk/desk.svelte'
import type { Form, Patch } from '../protocol'
import { NewsCount } from './news'

const note = (id: string, more: Form = {}): Form => ({ t: 'note', id, text: id, ...more })

function after(...patches: Patch[]) {
  const desk = new Desk()
  desk.reset({
    note_1: note('note_1', { cluster: 'cluster_1' }),
    note_2: note('note_2'),
    cluster_1: { t: 'cluster', id: 'cluster_1', title: 'A' },
  })
  const count = new NewsCount(desk, (id) => id === 'note_mine')
  for (const patch of patches) {
    count.take([patch])
    desk.apply([patch])
  }
  return count.read()
}

describe('news of others', () => {
  it('are counted, each note once', () => {
    expect(
      after(
        { note_3: note('note_3'), note_4: note('note_4') },
        { note_3: { text: 'b' } },
        { note_2: { text: 'c' } },
      ),
    ).toEqual({ added: 2, changed: 1, clusters: 0 })
  })

  it('are changes of clusters: made, named, and notes that come and go', () => {
    expect(
      after(
        {
          cluster_2: { t: 'cluster', id: 'cluster_2', title: 'B' },
          note_2: { cluster: 'cluster_2' },
        },
        { note_1: { cluster: null } },
      ),
    ).toEqual({ added: 0, changed: 0, clusters: 2 })
  })

  it('are not what I did, nor moves, nor anything else on the desk', () => {
    expect(
      after(
        { note_mine: note('note_mine') },
        { note_1: { at: { x: 1, y: 1 } } },
        { person_b: { t: 'person', id: 'person_b' } },
      ),
    ).toBeUndefined()
  })
})
