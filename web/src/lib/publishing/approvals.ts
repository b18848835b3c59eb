/** Which rows are approved as they are worded now: the server's `domain/approving.py` again. */

import type { Desk } from '../desk/desk.svelte'
import type { Approval, Goal, Network } from '../protocol'
import { networks } from '../card/slots'

export interface Tally {
  /** Networks that have a goal on the card. */
  readonly withGoals: readonly Network[]
  /** Those of them with a goal that nobody approves as it is worded now. */
  readonly missing: readonly Network[]
}

/** Whether the goal is on the card, in that network, and still worded as it was approved. */
export function counts(desk: Desk, approval: Approval): boolean {
  const goal = desk.get('goal', approval.goal)
  return (
    goal?.state === 'on_card' && goal.network === approval.network && goal.text === approval.wording
  )
}

/** Which networks have approved every goal of theirs that is on the card. */
export function tally(desk: Desk): Tally {
  const approved = new Set(
    desk
      .all('approval')
      .filter((approval) => counts(desk, approval))
      .map((approval) => approval.goal),
  )
  const onCard = desk.all('goal').filter((goal) => goal.state === 'on_card')
  const having = new Set(onCard.map((goal) => goal.network))
  const open = new Set(onCard.filter((goal) => !approved.has(goal.id)).map((goal) => goal.network))
  const all = networks(desk)
  return {
    withGoals: all.filter((network) => having.has(network.id)),
    missing: all.filter((network) => open.has(network.id)),
  }
}

export interface RowApproval {
  /** Somebody approves the goal as it is worded now. */
  readonly isApproved: boolean
  /** Somebody approved it as it was worded before. */
  readonly hasLapsed: boolean
  /** This person's own approval, if it counts. */
  readonly mine: Approval | undefined
  /** Whether this person is named to approve. */
  readonly isMine: boolean
}

/** What is approved of a row, for this person. */
export function approvalOf(desk: Desk, goal: Goal, person: string): RowApproval {
  const all = desk.all('approval').filter((approval) => approval.goal === goal.id)
  const counting = all.filter((approval) => counts(desk, approval))
  return {
    isApproved: counting.length > 0,
    hasLapsed: counting.length === 0 && all.length > 0,
    mine: counting.find((approval) => approval.by === person),
    isMine: desk.get('network', goal.network)?.approvers?.includes(person) ?? false,
  }
}

/** The goals on the card that nobody approves yet, and that this person is named to approve. */
export function waitingFor(desk: Desk, person: string): Goal[] {
  return desk
    .all('goal')
    .filter((goal) => goal.state === 'on_card')
    .filter((goal) => {
      const { isMine, isApproved } = approvalOf(desk, goal, person)
      return isMine && !isApproved
    })
}
