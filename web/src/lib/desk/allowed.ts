/** What a section lets participants do, as a sentence. */

import { TAGS } from '../i18n/format'
import { i18n, t } from '../i18n/i18n.svelte'
import type { Section } from '../protocol'
import { allowedIn } from './grants'

/** Said to those who may do it, or about them. */
export function allowedWords(section: Section, about: 'you' | 'they'): string {
  const phrases = allowedIn(section).map((key) => t(key))
  if (phrases.length === 0) return t(`allowed.nothing.${about}`)
  const what = new Intl.ListFormat(TAGS[i18n.language], { type: 'conjunction' }).format(phrases)
  return t(`allowed.${about}`, { what })
}
