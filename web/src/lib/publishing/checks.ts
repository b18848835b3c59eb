/** What is open before the card is published. Nothing of it forbids publishing but approvals. */

import type { Desk } from '../desk/desk.svelte'
import type { Network } from '../protocol'
import { networks } from '../card/slots'

export interface Checks {
  readonly withoutGoal: readonly Network[]
  readonly withoutStatus: number
  readonly comments: number
  readonly flags: number
  readonly figures: number
  readonly texts: number
}

export function checksOf(desk: Desk): Checks {
  const onCard = desk.all('goal').filter((goal) => goal.state === 'on_card')
  const having = new Set(onCard.map((goal) => goal.network))
  const open = desk.all('comment').filter((comment) => comment.state === 'open')
  return {
    withoutGoal: networks(desk).filter((network) => !having.has(network.id)),
    withoutStatus: onCard.filter((goal) => goal.status === undefined).length,
    comments: open.filter((comment) => comment.is_flag !== true).length,
    flags: open.filter((comment) => comment.is_flag === true).length,
    figures: desk
      .all('figure')
      .filter(
        ({ value, source, as_of }) =>
          value === undefined || source === undefined || as_of === undefined,
      ).length,
    texts: desk.all('text').filter((line) => line.source === undefined).length,
  }
}
