import type { Desk } from '../desk/desk.svelte'
import { formatDate, type Language } from '../i18n/format'
import { i18n } from '../i18n/i18n.svelte'
import type { Organisation, ParticipantLink, Workshop } from '../protocol'

/** A text to send to an organisation: to write its memo before the workshop. */
export function reminder(
  desk: Desk,
  organisation: Organisation,
  link: ParticipantLink,
  language: Language,
): Promise<string> {
  const { info } = desk
  const workshop = desk.get('workshop', info?.workshop)
  const title = workshop?.title ?? info?.title
  return i18n.textIn(language, 'memo.reminder.text', {
    organisation: organisation.name,
    workshop: title?.[language] ?? title?.fi ?? '',
    has_date: workshop?.date === undefined ? 'no' : 'yes',
    date: dayOf(workshop, language) ?? '',
    url: link.url,
    code: link.code,
  })
}

/** The workshop's day as people write it; undefined while it is not set. */
export function dayOf(workshop: Workshop | undefined, language: Language): string | undefined {
  if (workshop?.date === undefined) return undefined
  return formatDate(language, new Date(`${workshop.date}T12:00:00Z`), 'UTC')
}
