import { describe, expect, it } from 'vitest'

import type { Form, Round } from '../protocol'
import { Desk } from './desk.svelte'
import {
  asksForVotes,
  dotsGiven,
  dotsLeft,
  dotsOf,
  mine,
  opinionsOn,
  resultsOf,
  targetsOf,
} from './rounds'

const ROUND: Round = {
  t: 'round',
  id: 'round_1',
  workshop: 'workshop_1',
  title: 'Tärkeimmät',
  on: 'clusters',
  kind: 'dots',
  dots: 3,
  cap: 2,
  is_secret: true,
  state: 'closed',
  closed_ms: 1,
}
const cluster = (id: string): Form => ({ t: 'cluster', id, title: id, workshop: 'workshop_1' })
const vote = (id: string, target: string, more: Form = {}): Form => ({
  t: 'vote',
  id,
  round: 'round_1',
  target,
  dots: 1,
  shows: 'nothing',
  is_hidden: false,
  ...more,
})

function deskOf(round: Round, ...forms: Form[]): Desk {
  const desk = new Desk()
  const all = [round as unknown as Form, cluster('cluster_a'), cluster('cluster_b'), ...forms]
  desk.reset(Object.fromEntries(all.map((form) => [String(form.id), form])))
  return desk
}

describe('a round', () => {
  it('is about what the server lets people vote for', () => {
    const desk = deskOf(
      ROUND,
      { ...cluster('cluster_old'), workshop: 'workshop_0' },
      { t: 'note', id: 'note_1', workshop: 'workshop_1', text: 'Näkyvä', is_hidden: false },
      { t: 'note', id: 'note_2', is_hidden: true },
      {
        t: 'note',
        id: 'note_3',
        workshop: 'workshop_1',
        text: 'x',
        is_hidden: false,
        parked_ms: 1,
      },
      { t: 'measure', id: 'measure_1', name: 'Mittari', state: 'proposed' },
      { t: 'measure', id: 'measure_2', name: 'Pois', state: 'withdrawn' },
      { t: 'measure', id: 'measure_3', name: 'Sovittu', state: 'accepted' },
      { t: 'measure', id: 'measure_4', name: 'Sivussa', state: 'parked' },
      { t: 'goal', id: 'goal_1', text: 'Tavoite', state: 'on_card' },
      { t: 'goal', id: 'goal_2', text: 'Sivussa', state: 'parked' },
    )
    const titles = (on: Round['on']) =>
      targetsOf(desk, { on, workshop: 'workshop_1' }).map(({ title }) => title)
    expect(titles('clusters')).toEqual(['cluster_a', 'cluster_b'])
    expect(titles('notes')).toEqual(['Näkyvä'])
    expect(titles('measures')).toEqual(['Mittari', 'Sovittu'])
    expect(titles('goals')).toEqual(['Tavoite'])
  })

  it('leaves so many dots, and tells others only how many were given', () => {
    const open: Round = { ...ROUND, state: 'open' }
    const desk = deskOf(
      open,
      vote('vote_1', 'cluster_a', { voter: 'person_me', dots: 2, is_hidden: true }),
      { t: 'vote', id: 'vote_2', round: 'round_1', dots: 3, is_hidden: true },
    )
    const own = mine(desk, 'round_1', 'person_me')
    expect([...own.keys()]).toEqual(['cluster_a'])
    expect(dotsLeft(open, own)).toBe(1)
    expect(dotsGiven(desk, 'round_1')).toBe(5)
    expect(resultsOf(desk, open).every((result) => result.dots === 0)).toBe(true)
  })

  it('is counted with the hall, the most dots first', () => {
    const desk = deskOf(
      ROUND,
      vote('vote_1', 'cluster_a', { dots: 2 }),
      vote('vote_2', 'cluster_b'),
      vote('vote_3', 'cluster_b', { dots: 7, is_in_hall: true }),
    )
    expect(resultsOf(desk, ROUND)).toMatchObject([
      { id: 'cluster_b', dots: 8, hall: 7, voters: 1 },
      { id: 'cluster_a', dots: 2, hall: 0, voters: 1 },
    ])
    expect(dotsOf(desk)).toEqual(
      new Map([
        ['cluster_a', 2],
        ['cluster_b', 8],
      ]),
    )
  })

  it('has means in a rating', () => {
    const rating: Round = { ...ROUND, kind: 'rating' }
    const said = (id: string, importance: number, feasibility: number) =>
      vote(id, 'cluster_b', { importance, feasibility })
    const desk = deskOf(rating, said('vote_1', 5, 2), said('vote_2', 4, 1))
    expect(resultsOf(desk, rating)).toMatchObject([
      { id: 'cluster_b', voters: 2, importance: 4.5, feasibility: 1.5 },
      { id: 'cluster_a', voters: 0, importance: 0 },
    ])
  })

  it('says of a target what was said when it is over, and nothing before', () => {
    const desk = deskOf(
      ROUND,
      { ...(ROUND as unknown as Form), id: 'round_2', state: 'open' },
      { ...(ROUND as unknown as Form), id: 'round_3' },
      vote('vote_1', 'cluster_a', { dots: 2 }),
      vote('vote_2', 'cluster_a', { dots: 7, is_in_hall: true }),
      vote('vote_3', 'cluster_a', { round: 'round_2', is_hidden: true }),
      vote('vote_4', 'cluster_b', { round: 'round_3' }),
    )
    const opinions = opinionsOn(desk, 'cluster_a')
    expect(opinions).toMatchObject([{ round: { id: 'round_1' }, dots: 9, hall: 7, voters: 1 }])
    expect(opinionsOn(desk, 'note_1')).toEqual([])
  })

  it('asks what becomes of votes while it is open, and where there are some', () => {
    expect(asksForVotes(deskOf({ ...ROUND, state: 'open' }), 'cluster_a')).toBe(true)
    expect(asksForVotes(deskOf({ ...ROUND, state: 'planned' }), 'cluster_a')).toBe(false)
    const over = deskOf(ROUND, vote('vote_1', 'cluster_a'))
    expect(asksForVotes(over, 'cluster_a')).toBe(true)
    expect(asksForVotes(over, 'cluster_b')).toBe(false)
  })
})
