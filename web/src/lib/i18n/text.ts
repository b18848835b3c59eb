import type { Text } from '../protocol'
import { i18n } from './i18n.svelte'

/** A text of the desk in the reader's language; Finnish where there is no translation. */
export function textIn(text: Text): string {
  return text[i18n.language] ?? text.fi
}
