/** Light, dark or as the device; kept on this device. */

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const STORED = 'etatyopoyta.theme'

class Appearance {
  #theme = $state<Theme>('auto')

  get theme(): Theme {
    return this.#theme
  }

  /** Take up the stored choice. */
  start(): void {
    try {
      const value = localStorage.getItem(STORED)
      this.#show(THEMES.find((theme) => theme === value) ?? 'auto')
    } catch {
      this.#show('auto')
    }
  }

  use(theme: Theme): void {
    try {
      localStorage.setItem(STORED, theme)
    } catch {
      // storage is forbidden: the choice holds until the page is closed
    }
    this.#show(theme)
  }

  #show(theme: Theme): void {
    this.#theme = theme
    const root = document.documentElement
    if (theme === 'auto') root.removeAttribute('data-theme')
    else root.dataset.theme = theme
  }
}

export const appearance = new Appearance()
