/** Which sign stands before a status, the same as in files (cards/statuses.py). */

import type { Choice } from '../protocol'

/** The template's words have pictures of their own, whatever they are renamed to. */
const MEANINGS: readonly string[] = ['ei_aloitettu', 'kaynnissa', 'toteutunut', 'keskeytynyt']
const OTHERS = '■▲◆★▼◇△☆'

/** The sign of one of the desk's own words, by its place among them; '' for the others. */
export function ownSign(statuses: readonly Choice[], key: string): string {
  const own = statuses.filter((status) => !MEANINGS.includes(status.key))
  return OTHERS[own.findIndex((status) => status.key === key)] ?? ''
}
