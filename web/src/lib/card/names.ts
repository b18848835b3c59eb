/** What things of the card are called. */

import type { Desk } from '../desk/desk.svelte'
import { measureTitle } from '../desk/measures'
import { isKey, t } from '../i18n/i18n.svelte'
import { textIn } from '../i18n/text'
import type { Measure, Network } from '../protocol'
import type { LiveDesk } from '../sync/live.svelte'

/** The network's name; the slot's number as long as it is to be named. */
export function networkName(network: Network | undefined): string {
  if (!network) return t('card.network.gone')
  return network.name ? textIn(network.name) : t('card.network.unnamed', { order: network.order })
}

export function focusAreaName(desk: Desk, key: string): string {
  const area = desk.info?.focus_areas.find((focus) => focus.key === key)
  return area ? t('card.focus_area', { number: area.number, name: textIn(area.name) }) : key
}

export function statusName(desk: Desk, key: string | undefined): string | undefined {
  const choice = desk.info?.statuses.find((status) => status.key === key)
  return choice && textIn(choice.name)
}

/** What a group of figures is called; undefined for one that has no name of its own. */
export function groupName(group: string): string | undefined {
  const key = `export.group.${group}`
  return isKey(key) ? t(key) : undefined
}

/** `12 lappua · 5 järjestöä`. */
export function sourcesText(notes: number, organisations: number): string {
  return t('card.sources', { notes, organisations })
}

/** The measure's name in the reader's language, with its unit. */
export function measureName(measure: Measure): string {
  const name = measureTitle(measure)
  return measure.unit ? t('card.measure.with_unit', { name, unit: measure.unit }) : name
}

/** Who answers for something; a person with their organisation, and nameless to who sees no names. */
export function ownerName(live: Pick<LiveDesk, 'desk' | 'names'>, id: string): string {
  const owner = live.desk.find(id)
  if (owner?.t === 'network') return networkName(owner)
  if (owner?.t === 'organisation') return owner.name
  const name = live.names.get(id) ?? t('card.owner.person')
  const of = owner?.t === 'person' ? owner.organisation : undefined
  const organisation = live.desk.get('organisation', of)?.name
  return organisation === undefined ? name : t('card.owner.person_of', { name, organisation })
}

/** `lapset ja nuoret, ikääntyneet`. */
export function ageGroupNames(desk: Desk, keys: readonly string[]): string {
  return (desk.info?.age_groups ?? [])
    .filter(({ key }) => keys.includes(key))
    .map(({ name }) => textIn(name))
    .join(', ')
}
