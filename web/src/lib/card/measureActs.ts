/** What can be done with a measure in use, as a menu. */

import { measuresInUse } from '../desk/measures'
import { t } from '../i18n/i18n.svelte'
import type { Measure } from '../protocol'
import type { LiveDesk } from '../sync/live.svelte'
import type { MenuItem } from '../ui/Menu.svelte'

/** What somebody is asked before it is done, in a dialog. */
export type Asking = 'promote' | 'edit' | 'sources' | 'merge' | 'park' | 'reject' | 'withdraw'

type Doing = { ask: (what: Asking) => void; accept: () => void }

/** `isOnCard`: a goal on the card rests on it, so that it stays in use. */
export function measureActs(
  live: LiveDesk,
  measure: Measure,
  isOnCard: boolean,
  { ask, accept }: Doing,
): MenuItem[] {
  const mayEdit = live.may('measures.propose') !== undefined
  const mayDecide = live.may('goals.promote') !== undefined
  const stays = isOnCard ? { disabled: true, hint: t('card.measure.stays') } : {}
  const items: (MenuItem | false)[] = [
    mayEdit && { id: 'edit', label: t('card.measure.edit'), onselect: () => ask('edit') },
    mayDecide &&
      measure.state === 'proposed' && {
        id: 'accept',
        label: t('card.measure.accept'),
        onselect: accept,
      },
    mayDecide &&
      measuresInUse(live.desk).length > 1 && {
        id: 'merge',
        label: t('card.measure.merge'),
        onselect: () => ask('merge'),
      },
    mayDecide && {
      id: 'park',
      label: t('card.measure.park'),
      ...stays,
      onselect: () => ask('park'),
    },
    mayDecide && {
      id: 'reject',
      label: t('card.measure.reject'),
      ...stays,
      onselect: () => ask('reject'),
    },
    mayEdit &&
      !isOnCard && {
        id: 'withdraw',
        label: t('card.measure.withdraw'),
        danger: true,
        onselect: () => ask('withdraw'),
      },
  ]
  return items.filter((item) => item !== false)
}
