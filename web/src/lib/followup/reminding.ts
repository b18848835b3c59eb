/** Who is to enter what: what is missing, and words to remind an organisation with. */

import type { Desk } from '../desk/desk.svelte'
import { measuresInUse, measureTitle } from '../desk/measures'
import type { Language } from '../i18n/format'
import { i18n } from '../i18n/i18n.svelte'
import type { Measure, Organisation } from '../protocol'
import { actualAt, isOf } from './values'

export interface Missing {
  readonly organisation: Organisation
  /** Its measures that have no value of the year, neither its own nor one for all. */
  readonly missing: readonly Measure[]
  /** How many measures it has. */
  readonly all: number
}

/** Of each organisation: what is missing of a year, by name; some have no measures of their own. */
export function missingOf(desk: Desk, year: number): Missing[] {
  const measures = measuresInUse(desk)
  return desk
    .all('organisation')
    .map((organisation) => {
      const own = measures.filter((measure) => isOf(desk, measure, organisation.id))
      const missing = own.filter(
        ({ id }) =>
          !actualAt(desk, id, year, organisation.id) && !actualAt(desk, id, year, undefined),
      )
      return { organisation, missing, all: own.length }
    })
    .sort((a, b) => a.organisation.name.localeCompare(b.organisation.name, 'fi'))
}

/** A text to send to an organisation: what it has not entered of the year. */
export function reminderText(
  desk: Desk,
  { organisation, missing }: Missing,
  year: number,
  url: string,
  language: Language,
): Promise<string> {
  const council = desk.info?.council
  const list = missing.map((measure) => {
    const named = measureTitle(measure, language)
    return measure.unit === undefined ? `– ${named}` : `– ${named} (${measure.unit})`
  })
  return i18n.textIn(language, 'followup.reminder.text', {
    organisation: organisation.name,
    council: council?.[language] ?? council?.fi ?? '',
    year: String(year),
    measures: list.join('\n'),
    url,
  })
}
