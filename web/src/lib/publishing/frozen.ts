/** Why the wording of the card cannot be changed now, and what to do about it. */

import { t } from '../i18n/i18n.svelte'
import type { LiveDesk } from '../sync/live.svelte'
import { isFrozen, stateOf } from './state'

/** One sentence for who reads it: the step back to a draft, or whom to ask. Undefined in a draft. */
export function frozenWords(live: Pick<LiveDesk, 'desk' | 'may'>): string | undefined {
  if (!isFrozen(live.desk)) return undefined
  const at = stateOf(live.desk)
  const state = t(`export.state.${at}`)
  if (live.may('card.publish') === undefined) return t('publish.frozen.ask', { state })
  const step = t(at === 'julkaistu' ? 'publish.reopen' : 'publish.back')
  return t('publish.frozen', { state, step })
}
