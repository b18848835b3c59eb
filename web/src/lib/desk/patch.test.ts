import { describe, expect, it } from 'vitest'

import type { Form, Patch } from '../protocol'
import { Desk } from './desk.svelte'
import { merge } from './patch'

describe('a merge patch', () => {
  it.each<[Form, Form, Form]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: 1 }, { a: { bb: { ccc: null } } }, { e: 1, a: { bb: {} } }],
  ])('%j with %j is %j (RFC 7396)', (target, change, result) => {
    const before = structuredClone(target)
    expect(merge(target, change)).toEqual(result)
    expect(target).toEqual(before)
  })
})

describe('a desk', () => {
  const note = (cluster?: string): Form => ({
    t: 'note',
    id: 'n',
    text: 'a',
    ...(cluster && { cluster }),
  })

  it('gives the same from a snapshot and from replaying the log', () => {
    const log: Patch[] = [
      { note_1: { ...note(), id: 'note_1' }, note_2: { ...note(), id: 'note_2' } },
      {
        cluster_1: { t: 'cluster', id: 'cluster_1', title: 'A' },
        note_1: { cluster: 'cluster_1' },
      },
      { note_2: { cluster: 'cluster_1', text: 'b' } },
      { note_1: { cluster: null }, cluster_1: { title: 'B' } },
      { note_2: null, cluster_1: null },
    ]
    const replayed = new Desk()
    for (const patch of log) replayed.apply([patch])
    const atOnce = new Desk()
    atOnce.apply(log)
    const resumed = new Desk()
    resumed.reset({
      note_1: { ...note('cluster_1'), id: 'note_1' },
      note_2: { ...note(), id: 'note_2' },
      cluster_1: { t: 'cluster', id: 'cluster_1', title: 'A' },
    })
    resumed.apply(log.slice(2))
    for (const desk of [replayed, atOnce, resumed]) {
      expect(desk.all('note')).toEqual([{ t: 'note', id: 'note_1', text: 'a' }])
      expect(desk.ids('cluster')).toEqual([])
      expect(desk.noteIds()).toEqual(['note_1'])
      expect(desk.noteIds('cluster_1')).toEqual([])
    }
  })

  it('forgets what a snapshot does not know', () => {
    const desk = new Desk()
    desk.apply([{ note_1: { ...note(), id: 'note_1' } }])
    desk.reset({ note_2: { ...note(), id: 'note_2' } })
    expect(desk.ids('note')).toEqual(['note_2'])
    expect(desk.find('note_1')).toBeUndefined()
  })
})
