/** What a file format is called. */

import { isKey, t } from '$lib/i18n/i18n.svelte'

/** Its name in the menu, or the hint below that; a format that has no name yet is its ending. */
export function formatLabel(format: string, kind?: 'hint', isChart = false): string {
  if (isChart && isPicture(format)) return t(`card.chart.${format}`)
  const key = ['export.menu', format, kind].filter(Boolean).join('.')
  if (isKey(key)) return t(key)
  return kind === 'hint' ? '' : format.toUpperCase()
}

/** Formats of a board, or of a chart. */
export function isPicture(format: string): format is 'svg' | 'png' {
  return format === 'svg' || format === 'png'
}
