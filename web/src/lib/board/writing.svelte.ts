/** A note as it is being written; what is not saved yet outlives the page. */

import { keepDraft, loadDraft } from '../desk/drafts'
import { MAX_NOTE_CHARACTERS, type Note } from '../protocol'

/** Above it a note is hard to read on the board: the writer is advised, not refused. */
export const ADVISED_CHARACTERS = 280
export const DETAILS = ['unit', 'source', 'interval', 'target_group'] as const
type Detail = (typeof DETAILS)[number]

export class Writing {
  text = $state('')
  unit = $state('')
  source = $state('')
  interval = $state('')
  target_group = $state('')
  #key: string | undefined

  /** With a `key` it begins with what was left unsaved under it. */
  constructor(key?: string) {
    this.#key = key
    if (key === undefined) return
    try {
      const kept: Partial<Record<'text' | Detail, unknown>> = JSON.parse(loadDraft(key) || '{}')
      for (const field of ['text', ...DETAILS] as const) {
        const value = kept[field]
        if (typeof value === 'string') this[field] = value
      }
    } catch {
      // what was kept cannot be read: begin anew
    }
  }

  get length(): number {
    return this.text.trim().length
  }

  get isBlank(): boolean {
    return this.length === 0
  }

  get isLong(): boolean {
    return this.length > ADVISED_CHARACTERS
  }

  get isTooLong(): boolean {
    return this.length > MAX_NOTE_CHARACTERS
  }

  get hasDetails(): boolean {
    return DETAILS.some((field) => this[field].trim() !== '')
  }

  /** Begin with what a note says. */
  take(note: Note): void {
    this.text = note.text
    for (const field of DETAILS) this[field] = note[field] ?? ''
  }

  /** The details that are filled in. */
  details(): Partial<Record<Detail, string>> {
    const filled: Partial<Record<Detail, string>> = {}
    for (const field of DETAILS) if (this[field].trim() !== '') filled[field] = this[field].trim()
    return filled
  }

  /** What differs from the note: blank details are taken away. */
  changesTo(note: Note): { text?: string } & Partial<Record<Detail, string | null>> {
    const changes: { text?: string } & Partial<Record<Detail, string | null>> = {}
    if (this.text.trim() !== note.text) changes.text = this.text.trim()
    for (const field of DETAILS) {
      const value = this[field].trim()
      if (value !== (note[field] ?? '')) changes[field] = value === '' ? null : value
    }
    return changes
  }

  /** Keep it on this device; call it in an effect. */
  keep(): void {
    if (this.#key === undefined) return
    const { text } = this
    const details = this.details()
    const isEmpty = text === '' && Object.keys(details).length === 0
    keepDraft(this.#key, isEmpty ? '' : JSON.stringify({ text, ...details }))
  }

  clear(): void {
    this.text = ''
    for (const field of DETAILS) this[field] = ''
  }
}
