import { t } from '../i18n/i18n.svelte'
import type { Note } from '../protocol'
import type { LiveDesk } from '../sync/live.svelte'

/** Who is named on a note, as far as the desk shows it; one's own is always known. Watched. */
export function authorOf(
  live: Pick<LiveDesk, 'desk' | 'names' | 'me'>,
  note: Pick<Note, 'author' | 'organisation'>,
): string {
  const organisation = live.desk.get('organisation', note.organisation)?.name
  if (note.author === live.me.person) {
    return organisation ? t('note.mine.in', { organisation }) : t('note.mine')
  }
  const name = note.author === undefined ? undefined : live.names.get(note.author)
  return [name, organisation].filter(Boolean).join(', ') || t('note.nameless')
}
