/** What a line of the card can be, by the heading that it stands under. */

import type { TextKind } from '../protocol'

export const JUDGING = ['strength', 'challenge', 'both'] as const satisfies readonly TextKind[]
const STRENGTHS = 'strengths'
const FEATURES = 'features'

/** What somebody chooses from; an item may be a strength and a challenge at once. */
export function kindsIn(section: string): readonly (typeof JUDGING)[number][] {
  return section === STRENGTHS ? JUDGING : []
}

/** What a new line is without a choice. */
export function kindOfNew(section: string): TextKind | null {
  return section === FEATURES ? 'feature' : null
}
