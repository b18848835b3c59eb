import { expect, test } from 'vitest'

import type { Form, Patch, WireEntry } from '../protocol'
import { Film } from './film'

interface Replay {
  readonly entries: Patch[]
  readonly records: { [id: string]: Form }
}

const files = import.meta.glob<string>('../../../../tests/replays/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
})

function filmOf(patches: Patch[]): Film {
  const film = new Film()
  film.add(patches.map((p, index): WireEntry => ({ n: index + 1, at_ms: 1000 * index, p })))
  return film
}

test.each(Object.entries(files))('%s ends as it did on the server, also after jumps', (_, text) => {
  const replay: Replay = JSON.parse(text)
  const film = filmOf(replay.entries)
  const end = film.after(film.length)
  expect(Object.fromEntries(end)).toEqual(replay.records)
  film.after(3)
  film.after(1)
  expect(Object.fromEntries(film.after(film.length))).toEqual(replay.records)
})

/** A note that is written, changed a thousand times, and removed. */
const long = filmOf([
  { note_1: { t: 'note', id: 'note_1', text: '0' }, note_2: { t: 'note', id: 'note_2' } },
  ...Array.from({ length: 1_200 }, (_, index): Patch => ({ note_1: { text: String(index + 1) } })),
  { note_1: null },
])

test('any moment is the same forwards and backwards', () => {
  const seen = (count: number) => {
    const note = long.after(count).get('note_1')
    return note?.t === 'note' ? note.text : undefined
  }
  const moments = [1, 2, 499, 500, 501, 1_100, 1_201, 1_202]
  const forwards = moments.map(seen)
  expect(forwards).toEqual(['0', '1', '498', '499', '500', '1099', '1200', undefined])
  expect([...moments].reverse().map(seen).reverse()).toEqual(forwards)
})

test('what did not change is the same object, so that nobody draws it anew', () => {
  const early = long.after(2).get('note_2')
  expect(long.after(1_202).get('note_2')).toBe(early)
  expect(long.after(600).get('note_2')).toBe(early)
})

test('times and numbers find their entries', () => {
  expect([long.at(-1), long.at(0), long.at(1999), long.at(1e9)]).toEqual([0, 1, 2, 1_202])
  expect([long.upTo(0), long.upTo(7), long.upTo(1e9)]).toEqual([0, 7, 1_202])
})

test('a scene says what its entry did', () => {
  const [first, last] = [...long.scenes(1_200, 1_202)]
  expect(first?.touched.get('note_1')?.map((note) => note?.t)).toEqual(['note', 'note'])
  expect(last?.touched.get('note_1')?.[1]).toBeUndefined()
  expect(last?.after.has('note_1')).toBe(false)
})
