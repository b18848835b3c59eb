import { t } from '../i18n/i18n.svelte'
import { toasts } from './toasts.svelte'

/** Put `text` on the clipboard and say whether that worked. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toasts.show(t('copy.done'), 'success')
  } catch {
    toasts.show(t('copy.failed'), 'danger') // not allowed: the text can be selected by hand
  }
}
