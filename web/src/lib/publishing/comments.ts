/** Comments by row, and what a row is called. */

import { networkName } from '../card/names'
import type { Desk } from '../desk/desk.svelte'
import { measureTitle } from '../desk/measures'
import { textIn } from '../i18n/text'
import type { Comment } from '../protocol'

/** The comments on a row, oldest first. */
export function commentsOn(desk: Desk, row: string): Comment[] {
  return desk
    .all('comment')
    .filter((comment) => comment.about === row)
    .sort(byAge)
}

/** All comments that wait for an answer: flags first, then the oldest. */
export function openComments(desk: Desk): Comment[] {
  return desk
    .all('comment')
    .filter((comment) => comment.state === 'open')
    .sort((a, b) => Number(b.is_flag ?? false) - Number(a.is_flag ?? false) || byAge(a, b))
}

/** What stands in the row; undefined when it is gone. */
export function rowText(desk: Desk, row: string): string | undefined {
  const record = desk.find(row)
  switch (record?.t) {
    case 'goal':
    case 'text':
      return record.text
    case 'figure':
      return textIn(record.label)
    case 'measure':
      return measureTitle(record)
    case 'network':
      return networkName(record)
    default:
      return undefined
  }
}

function byAge(a: Comment, b: Comment): number {
  return a.created_ms - b.created_ms || (a.id < b.id ? -1 : 1)
}
