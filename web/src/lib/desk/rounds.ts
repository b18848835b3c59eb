/** What a round is about, what one has voted oneself, and what came of it. */

import type { Desk } from './desk.svelte'
import { isInUse, measureTitle } from './measures'
import type { On, Round, Vote } from '../protocol'

/** Something that can be voted for. */
export interface Target {
  readonly id: string
  readonly title: string
}

/** What a target was given; in a rating the means of what people said. */
export interface Result extends Target {
  /** All dots, those of the hall included. */
  readonly dots: number
  /** Of these, counted in the hall. */
  readonly hall: number
  /** How many gave it something; the hall is not counted here. */
  readonly voters: number
  readonly importance: number
  readonly feasibility: number
}

/** The rounds in the order in which they were planned. */
export function roundsOf(desk: Desk): Round[] {
  return desk.all('round')
}

export function openRound(desk: Desk): Round | undefined {
  return roundsOf(desk).find((round) => round.state === 'open')
}

/** The round that was closed last: what a hall looks at. */
export function lastClosed(desk: Desk): Round | undefined {
  return roundsOf(desk)
    .filter((round) => round.state === 'closed')
    .sort((a, b) => (b.closed_ms ?? 0) - (a.closed_ms ?? 0))[0]
}

/** What can be voted for in the round, as the server lets it (Q2). */
export function targetsOf(desk: Desk, round: Pick<Round, 'on' | 'workshop'>): Target[] {
  const of: Record<On, () => Target[]> = {
    notes: () =>
      desk
        .all('note')
        .filter((note) => note.workshop === round.workshop)
        .filter((note) => !note.is_hidden && note.parked_ms === undefined)
        .map(({ id, text }) => ({ id, title: text })),
    clusters: () =>
      desk
        .all('cluster')
        .filter((cluster) => cluster.workshop === round.workshop)
        .map(({ id, title }) => ({ id, title })),
    measures: () =>
      desk
        .all('measure')
        .filter(isInUse)
        .map((measure) => ({ id: measure.id, title: measureTitle(measure) })),
    goals: () =>
      desk
        .all('goal')
        .filter((goal) => goal.state !== 'parked')
        .map(({ id, text }) => ({ id, title: text })),
  }
  return of[round.on]()
}

export function votesIn(desk: Desk, round: string): Vote[] {
  return desk.all('vote').filter((vote) => vote.round === round)
}

/** Somebody's own votes in the round, by target. */
export function mine(desk: Desk, round: string, person: string): Map<string, Vote> {
  const own = votesIn(desk, round).filter((vote) => vote.voter === person)
  return new Map(own.map((vote) => [vote.target, vote]))
}

/** How many dots somebody has left. */
export function dotsLeft(round: Round, own: ReadonlyMap<string, Vote>): number {
  return round.dots - sum([...own.values()].map((vote) => vote.dots ?? 0))
}

/** All dots that were given so far: all that is known while the round is open. */
export function dotsGiven(desk: Desk, round: string): number {
  return sum(votesIn(desk, round).map((vote) => vote.dots ?? 0))
}

/** What came of it: the most dots, or the most important, first. */
export function resultsOf(desk: Desk, round: Round): Result[] {
  const votes = new Map<string, Vote[]>()
  for (const vote of votesIn(desk, round.id)) {
    if (!vote.is_hidden) votes.set(vote.target, [...(votes.get(vote.target) ?? []), vote])
  }
  const results = targetsOf(desk, round).map((target) => ({
    ...target,
    ...counted(votes.get(target.id) ?? []),
  }))
  return results.sort(
    (a, b) => b.dots - a.dots || b.importance - a.importance || b.feasibility - a.feasibility,
  )
}

/** What a round that is over said of one target. */
export interface Opinion extends Omit<Result, keyof Target> {
  readonly round: Round
}

/** What was said of the target in each round that is over, the first round first. */
export function opinionsOn(desk: Desk, target: string): Opinion[] {
  const said = desk.all('vote').filter((vote) => !vote.is_hidden && vote.target === target)
  if (said.length === 0) return []
  return roundsOf(desk)
    .filter((round) => round.state === 'closed')
    .map((round) => ({ round, ...counted(said.filter((vote) => vote.round === round.id)) }))
    .filter((opinion) => opinion.dots > 0 || opinion.voters > 0)
}

/** The dots that each target got in the round about its kind that was closed last. */
export function dotsOf(desk: Desk): Map<string, number> {
  const latest = new Map<On, Round>()
  for (const round of roundsOf(desk)) {
    const before = latest.get(round.on)
    const isOver = round.state === 'closed' && round.kind === 'dots'
    if (isOver && (round.closed_ms ?? 0) >= (before?.closed_ms ?? 0)) latest.set(round.on, round)
  }
  const rounds = new Set([...latest.values()].map((round) => round.id))
  const dots = new Map<string, number>()
  for (const vote of rounds.size === 0 ? [] : desk.all('vote')) {
    if (vote.is_hidden || !rounds.has(vote.round)) continue
    dots.set(vote.target, (dots.get(vote.target) ?? 0) + (vote.dots ?? 0))
  }
  return dots
}

/** Whether splitting this cluster asks what becomes of votes, as the server does (C11). */
export function asksForVotes(desk: Desk, cluster: string): boolean {
  const isOpen = roundsOf(desk).some((round) => round.state === 'open' && round.on === 'clusters')
  return isOpen || desk.all('vote').some((vote) => !vote.is_hidden && vote.target === cluster)
}

function counted(votes: readonly Vote[]): Omit<Result, keyof Target> {
  const hall = votes.filter((vote) => vote.is_in_hall)
  return {
    dots: sum(votes.map((vote) => vote.dots ?? 0)),
    hall: sum(hall.map((vote) => vote.dots ?? 0)),
    voters: votes.length - hall.length,
    importance: mean(votes.map((vote) => vote.importance)),
    feasibility: mean(votes.map((vote) => vote.feasibility)),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

/** 0 where nobody said anything. */
function mean(said: readonly (number | undefined)[]): number {
  const numbers = said.filter((one) => one !== undefined)
  return numbers.length === 0 ? 0 : sum(numbers) / numbers.length
}
