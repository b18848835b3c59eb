/** How a refusal is said: `code` is for ever, the sentence is in the locales. */

import { isKey, t, type Values } from '../i18n/i18n.svelte'
import type { Json } from '../protocol'
import type { Outcome } from '../sync/live.svelte'
import { toasts } from '../ui/toasts.svelte'

export function refusalText(code: string, details: { [key: string]: Json } = {}): string {
  const key = `refused.${code}`
  if (!isKey(key)) return t('refused.unknown')
  const values: Values = {}
  for (const [name, value] of Object.entries(details)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value
    if (name === 'retry_ms' && typeof value === 'number') values.seconds = Math.ceil(value / 1000)
  }
  try {
    return t(key, values)
  } catch {
    return t('refused.unknown') // a detail that the sentence needs is missing
  }
}

/** Say it when it was refused; hand the outcome on. */
export async function told(asked: Promise<Outcome>): Promise<Outcome> {
  const outcome = await asked
  if (!outcome.ok) toasts.show(refusalText(outcome.code, outcome.details), 'danger')
  return outcome
}
