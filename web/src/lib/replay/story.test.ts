import { expect, test } from 'vitest'

import type { Patch } from '../protocol'
import { Film } from './film'
import { storyOf } from './story'

const NOTE = { t: 'note', workshop: 'workshop_1', is_hidden: false, at: { x: 0, y: 0 } }

function keys(...patches: Patch[]) {
  const film = new Film()
  film.add(patches.map((p, index) => ({ n: index + 1, at_ms: index, p })))
  return storyOf(film.scenes(0, film.length)).map(({ key, values }) => [
    key.replace('replay.did.', ''),
    values.text ?? values.count ?? values.title ?? values.name,
  ])
}

test('notes are told by their text, moves by their number', () => {
  expect(
    keys(
      {
        note_1: { ...NOTE, id: 'note_1', text: 'a' },
        note_2: { ...NOTE, id: 'note_2', text: 'b' },
      },
      { note_1: { at: { x: 5 } } },
      { note_1: { at: { x: 6 } }, note_2: { at: { x: 6 } } },
      { note_1: { text: 'c' } },
      { note_2: { parked_ms: 7 } },
      { note_1: null },
    ),
  ).toEqual([
    ['note_added', 'a'],
    ['note_added', 'b'],
    ['moved', 3],
    ['note_edited', 'c'],
    ['note_parked', 'b'],
    ['note_removed', 'c'],
  ])
})

test('a hidden note is told when it is revealed, and not before', () => {
  expect(
    keys(
      { note_1: { t: 'note', id: 'note_1', is_hidden: true } },
      { note_1: { ...NOTE, text: 'a' } },
    ),
  ).toEqual([['note_revealed', 'a']])
})

test('groups, measures, sections and rounds', () => {
  expect(
    keys(
      { section_1: { t: 'section', id: 'section_1', state: 'open', title: { fi: 'Kartoitus' } } },
      { note_1: { ...NOTE, id: 'note_1', text: 'a' } },
      {
        cluster_1: { t: 'cluster', id: 'cluster_1', title: 'Kävijät' },
        note_1: { cluster: 'cluster_1' },
      },
      { cluster_1: { title: 'Kaikki' } },
      { measure_1: { t: 'measure', id: 'measure_1', name: 'M', state: 'proposed' } },
      { measure_1: { state: 'accepted' } },
      { round_1: { t: 'round', id: 'round_1', state: 'planned', title: 'Ä' } },
      { round_1: { state: 'open' } },
      { round_1: { state: 'closed' }, section_1: { state: 'closed' } },
    ),
  ).toEqual([
    ['section_opened', 'Kartoitus'],
    ['note_added', 'a'],
    ['cluster_made', 'Kävijät'],
    ['grouped', 1],
    ['cluster_named', 'Kaikki'],
    ['measure', 'M'],
    ['measure', 'M'],
    ['round_opened', 'Ä'],
    ['round_closed', 'Ä'],
    ['section_closed', 'Kartoitus'],
  ])
})
