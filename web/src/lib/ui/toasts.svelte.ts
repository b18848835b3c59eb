/** Short notices at the edge of the page, also read aloud: `toasts.show('Tallennettu')`. */

import { announcer } from './announcer.svelte'

export type ToastKind = 'plain' | 'success' | 'danger'
/** What can be done about it, once. */
export type ToastAct = { label: string; ondo: () => void }
export type Toast = { id: number; text: string; kind: ToastKind; act?: ToastAct | undefined }

const SHOWN_MS = 8000
const AT_MOST = 3

class Toasts {
  #shown = $state.raw<readonly Toast[]>([])
  #next = 1

  get shown(): readonly Toast[] {
    return this.#shown
  }

  /** Show and say `text`; a `danger` one stays until it is dismissed. */
  show(text: string, kind: ToastKind = 'plain', act?: ToastAct): void {
    const id = this.#next++
    this.#shown = [...this.#shown, { id, text, kind, act }].slice(-AT_MOST)
    announcer.polite(text)
    if (kind !== 'danger') {
      setTimeout(() => {
        this.dismiss(id)
      }, SHOWN_MS)
    }
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
