/** What a file format is called. */

import { isKey, t } from '$lib/i18n/i18n.svelte'

/** Its name in the menu, or the hint below that; a format that has no name yet is its ending. */
export function formatLabel(format: string, kind?: 'hint'): string {
  const key = ['export.menu', format, kind].filter(Boolean).join('.')
  if (isKey(key)) return t(key)
  return kind === 'hint' ? '' : format.toUpperCase()
}
