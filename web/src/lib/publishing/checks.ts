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
  /** Rows in which somebody of the desk is named. */
  readonly names: number
}

/** `names`: of the people of the desk, as far as one knows them. */
export function checksOf(desk: Desk, names: Iterable<string>): Checks {
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
    names: [
      ...onCard.map((goal) => `${goal.text} ${goal.actual ?? ''}`),
      ...desk.all('text').map((line) => line.text),
    ].filter(namesSomebody(names)).length,
  }
}

const SHORTEST_NAME = 3

/** Whether a text holds one of the names as words of its own; Finnish endings are let be. */
function namesSomebody(names: Iterable<string>): (text: string) => boolean {
  const sought = [...names]
    .filter((name) => name.length >= SHORTEST_NAME)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (sought.length === 0) return () => false
  const pattern = new RegExp(`(?<!\\p{L})(?:${sought.join('|')})(?!\\p{L})`, 'u')
  return (text) => pattern.test(text)
}
