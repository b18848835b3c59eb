/** What things of the card are called. */

import type { Desk } from '../desk/desk.svelte'
import { t } from '../i18n/i18n.svelte'
import { textIn } from '../i18n/text'
import type { Network } from '../protocol'

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

/** `12 lappua · 5 järjestöä`. */
export function sourcesText(notes: number, organisations: number): string {
  return t('card.sources', { notes, organisations })
}
