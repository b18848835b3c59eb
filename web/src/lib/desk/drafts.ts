/** Text that somebody began to write, kept on this device until it is saved or given up. */

const PREFIX = 'etatyopoyta.draft.'

export function loadDraft(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, text)
  } catch {
    // storage is forbidden: the draft lasts as long as the page
  }
}

/** Forget everything that was kept under keys of this desk. */
export function forgetDrafts(desk: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${PREFIX}${desk}.`)) localStorage.removeItem(key)
    }
  } catch {
    // storage is forbidden: nothing was kept
  }
}
