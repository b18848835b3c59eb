/** What is read aloud: `announcer.polite(text)` soon, `announcer.urgent(text)` at once. */

import { t } from '$lib/i18n/i18n.svelte'

/** One message per change would drown a screen reader in a lively workshop. */
const BATCH_MS = 3000
const SPOKEN_IN_A_BATCH = 3

class Announcer {
  #polite = $state('')
  #urgent = $state('')
  #waiting: string[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  /** What the polite live region holds now. */
  get politeText(): string {
    return this.#polite
  }

  /** What the assertive live region holds now. */
  get urgentText(): string {
    return this.#urgent
  }

  /** Say `text` with whatever else came within three seconds; the same text only once. */
  polite(text: string): void {
    if (!this.#waiting.includes(text)) this.#waiting.push(text)
    this.#timer ??= setTimeout(() => {
      this.#speak()
    }, BATCH_MS)
  }

  /** Interrupt with `text`: only for a lost connection and for time running out. */
  urgent(text: string): void {
    this.#urgent = different(this.#urgent, text)
  }

  #speak(): void {
    this.#timer = undefined
    const said = this.#waiting.slice(0, SPOKEN_IN_A_BATCH)
    const count = this.#waiting.length - said.length
    if (count > 0) said.push(t('announce.more', { count }))
    this.#waiting = []
    this.#polite = different(this.#polite, said.join('. '))
  }
}

export const announcer = new Announcer()

/** A live region is silent when its text does not change: a no-break space makes it. */
function different(before: string, text: string): string {
  return before === text ? `${text}\u00A0` : text
}
