/** What people and facilitators do in rounds of voting. */

import { newId } from '../desk/ids'
import { told } from '../desk/refusal'
import type { RoundPlan, Vote } from '../protocol'
import type { LiveDesk, Outcome } from '../sync/live.svelte'

type Actor = Pick<LiveDesk, 'ask'>

/** Plan a round, or plan one anew. Tells nothing: its dialog stays open and shows why. */
export function planRound(live: Actor, plan: RoundPlan, round?: string): Promise<Outcome> {
  return live.ask(
    round === undefined
      ? { t: 'round.add', id: newId('round'), plan }
      : { t: 'round.edit', id: round, plan },
  )
}

export function removeRound(live: Actor, round: string): Promise<Outcome> {
  return told(live.ask({ t: 'round.remove', round }))
}

export function openRoundOf(live: Actor, round: string): Promise<Outcome> {
  return told(live.ask({ t: 'round.open', round }))
}

export function closeRound(live: Actor, round: string): Promise<Outcome> {
  return told(live.ask({ t: 'round.close', round }))
}

/** Give a target so many dots; none takes them back. `vote` is the one given before. */
export function castVote(
  live: Actor,
  round: string,
  target: string,
  dots: number,
  vote?: Vote,
): Promise<Outcome> {
  return told(live.ask({ t: 'vote.cast', id: vote?.id ?? newId('vote'), round, target, dots }))
}

export function rate(
  live: Actor,
  round: string,
  target: string,
  said: { importance: number; feasibility: number },
  vote?: Vote,
): Promise<Outcome> {
  return told(live.ask({ t: 'vote.rate', id: vote?.id ?? newId('vote'), round, target, ...said }))
}

/** Say how many dots the people in the hall give a target. */
export function countHall(
  live: Actor,
  round: string,
  target: string,
  dots: number,
): Promise<Outcome> {
  return told(live.ask({ t: 'vote.hall', id: newId('vote'), round, target, dots }))
}
