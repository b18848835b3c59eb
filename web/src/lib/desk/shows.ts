/** What others learn of who writes a note, in the very words that participants read. */

import { type Key, t } from '../i18n/i18n.svelte'
import type { Shows } from '../protocol'

export const SHOWS = ['name', 'organisation', 'nothing'] as const satisfies readonly Shows[]

const PROMISES: Record<Shows, Key> = {
  name: 'join.privacy.name',
  organisation: 'join.privacy.organisation',
  nothing: 'join.privacy.nothing',
}

/** The promise of a desk; of a rule that this page does not know, the one that most desks have. */
export function promiseOf(shows: string): string {
  const known = SHOWS.find((one) => one === shows) ?? 'organisation'
  return t(PROMISES[known])
}
