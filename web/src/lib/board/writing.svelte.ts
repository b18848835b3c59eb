/** A note, or a row of a memo, as it is being written; what is not saved yet outlives the page. */

import { keepDraft, loadDraft } from '../desk/drafts'
import { MAX_NOTE_CHARACTERS, type Note } from '../protocol'

/** Above it a note is hard to read on the board: the writer is advised, not refused. */
export const ADVISED_CHARACTERS = 280
export const DETAILS = ['unit', 'source', 'interval', 'target_group'] as const
const FIELDS = ['text', ...DETAILS] as const
type Detail = (typeof DETAILS)[number]
/** What a note and a row of a memo have in common. */
export type Written = Pick<Note, 'id' | 'version' | (typeof FIELDS)[number]>

export class Writing {
  text = $state('')
  unit = $state('')
  source = $state('')
  interval = $state('')
  target_group = $state('')
  #key: string | undefined
  #base: Written | undefined

  /**
   * Begins with what was left unsaved under `key`, else with what the note says that is edited.
   * Without a `key` nothing is kept.
   */
  constructor(key?: string, note?: Written) {
    this.#key = key
    this.#base = note
    for (const field of FIELDS) this[field] = note?.[field] ?? ''
    if (key === undefined) return
    try {
      const kept: Record<string, unknown> = JSON.parse(loadDraft(key) || '{}')
      for (const field of FIELDS) {
        const value = kept[field]
        if (typeof value === 'string') this[field] = value
      }
      if (note && typeof kept.version === 'number') this.#base = { ...note, version: kept.version }
    } catch {
      // what was kept cannot be read: begin anew
    }
  }

  /** The note that is edited, at the version on which the editing began. */
  get base(): Written | undefined {
    return this.#base
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

  /** Something is written that is not saved. */
  get isUnsaved(): boolean {
    if (!this.#base) return FIELDS.some((field) => this[field] !== '')
    return Object.keys(this.changesTo(this.#base)).length > 0
  }

  /** The details that are filled in. */
  details(): Partial<Record<Detail, string>> {
    const filled: Partial<Record<Detail, string>> = {}
    for (const field of DETAILS) if (this[field].trim() !== '') filled[field] = this[field].trim()
    return filled
  }

  /** What differs from the note: blank details are taken away. */
  changesTo(note: Written): { text?: string } & Partial<Record<Detail, string | null>> {
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
    const kept = Object.fromEntries(FIELDS.map((field) => [field, this[field]]))
    const version = this.#base?.version
    keepDraft(this.#key, this.isUnsaved ? JSON.stringify({ ...kept, version }) : '')
  }

  /** Nothing is kept on this device any more. */
  forget(): void {
    if (this.#key !== undefined) keepDraft(this.#key, '')
  }

  clear(): void {
    for (const field of FIELDS) this[field] = ''
  }
}
