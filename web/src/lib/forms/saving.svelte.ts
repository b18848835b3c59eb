import { refusalText } from '../desk/refusal'
import { number } from '../i18n/i18n.svelte'
import { announcer } from '../ui/announcer.svelte'
import type { Outcome } from '../sync/live.svelte'

/** Somebody was faster: the details say what is there now. */
const CONFLICTS = new Set(['text.changed', 'actual.changed', 'actual.exists'])

/** A form that is being saved: busy, refused with a reason, or too late for somebody's change. */
export class Saving {
  #isBusy = $state(false)
  #error = $state<string>()
  #theirs = $state<string>()

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Why it was refused, in words. Watched. */
  get error(): string | undefined {
    return this.#error
  }

  /** What somebody else has written meanwhile; both texts are kept for the person to choose. */
  get theirs(): string | undefined {
    return this.#theirs
  }

  /** Ask and wait. True when it is in the log; `said` is read aloud then. */
  async save(asked: Promise<Outcome>, said: string): Promise<boolean> {
    this.#isBusy = true
    this.#error = undefined
    this.#theirs = undefined
    const outcome = await asked
    this.#isBusy = false
    if (outcome.ok) {
      announcer.polite(said)
      return true
    }
    if (CONFLICTS.has(outcome.code)) {
      const { text } = outcome.details
      this.#theirs = typeof text === 'number' ? number(text) : typeof text === 'string' ? text : '–'
    } else {
      this.#error = refusalText(outcome.code, outcome.details)
    }
    return false
  }

  forget(): void {
    this.#error = undefined
    this.#theirs = undefined
  }
}
