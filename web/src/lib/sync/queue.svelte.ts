/** The acts of this person that the log has not answered yet, in the order in which they were done. */

import { SvelteMap } from 'svelte/reactivity'

import { type Command, type Json, MAX_FRAME_BYTES } from '../protocol'
import type { Kept, Outbox, Refusal } from './outbox'

export type Outcome = { ok: true } | { ok: false; code: string; details: { [key: string]: Json } }

/** Asks under way at a time: the server takes 20 a second from one seat without a murmur. */
const WINDOW = 20

/** The server hangs up on more than 256 kB a second; many long notes after a break may be that. */
const BYTES_PER_S = 128_000

/** A command may be so large: a frame holds an envelope around it. */
export const MAX_COMMAND_BYTES = MAX_FRAME_BYTES - 256

interface Waiting {
  kept: Kept
  /** The records that it names. */
  readonly ids: ReadonlySet<string>
  isSent: boolean
  /** It was sent on a line that broke, or by another tab: it may be on its way to the log still. */
  isInDoubt: boolean
  /** Nobody of this page waits for it: it was done in a tab that is no more. */
  isAdopted: boolean
  resolve: (outcome: Outcome) => void
}

export class Queue {
  #outbox: Outbox
  #send: (kept: Kept) => boolean
  #changed: () => void
  #waiting: Waiting[] = []
  #isOpen = false
  #heldUntil: ReturnType<typeof setTimeout> | undefined
  #budget = BYTES_PER_S
  #budgetAt = 0
  #count = $state(0)
  #touched = new SvelteMap<string, number>()
  #refused: readonly Kept[] = $state.raw([])

  /** `send` says whether there is a line; `changed` is told whenever an act comes or goes. */
  constructor(outbox: Outbox, send: (kept: Kept) => boolean, changed: () => void) {
    this.#outbox = outbox
    this.#send = send
    this.#changed = changed
  }

  /** How many acts wait. Watched. */
  get count(): number {
    return this.#count
  }

  /** Whether an act on this record waits. Watched, per record. */
  touches(recordId: string): boolean {
    return this.#touched.has(recordId)
  }

  /** Written texts that were turned down, for the person to decide on. Watched. */
  get refused(): readonly Kept[] {
    return this.#refused
  }

  /** The acts, for prediction. */
  get acts(): readonly Kept[] {
    return this.#waiting.map((waiting) => waiting.kept)
  }

  ask(command: Command, asked_ms: number, section?: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#push(this.#outbox.add(command, asked_ms, section), false, resolve)
      this.#changed()
      this.#pump()
    })
  }

  /** Take over what tabs left behind that are no more. */
  async adopt(): Promise<void> {
    const adopted = await this.#outbox.adopt()
    if (adopted.length === 0) return
    for (const kept of adopted) {
      if (kept.refusal) this.#refused = [...this.#refused, kept]
      else this.#push(kept, true, () => undefined)
    }
    this.#changed()
    this.#pump()
  }

  /** The server is ready for asks: send what waits, also what was sent before and not answered. */
  open(): void {
    this.#isOpen = true
    this.#pump()
  }

  /** The line is gone: nobody knows what became of what was sent. */
  close(): void {
    this.#isOpen = false
    clearTimeout(this.#heldUntil)
    this.#heldUntil = undefined
    for (const waiting of this.#waiting) {
      waiting.isInDoubt ||= waiting.isSent
      waiting.isSent = false
    }
  }

  settled(rids: readonly string[]): void {
    for (const rid of rids) {
      const waiting = this.#pull(rid)
      if (!waiting) continue
      this.#outbox.remove(rid)
      waiting.resolve({ ok: true })
    }
    this.#changed()
    this.#pump()
  }

  /** A rule said no; with `retry_ms`, only that it cannot be done just now. */
  refuse(rid: string, refusal: Refusal, retry_ms: number | null): void {
    const waiting = this.#waiting.find((one) => one.kept.rid === rid)
    if (!waiting) return
    if (retry_ms !== null) {
      this.#later(waiting, retry_ms)
      return
    }
    this.#pull(rid)
    if (isWritten(waiting.kept.command, waiting.isAdopted)) {
      this.#refused = [...this.#refused, this.#outbox.refuse(waiting.kept, refusal)]
    } else {
      this.#outbox.remove(rid)
    }
    waiting.resolve({ ok: false, ...refusal })
    this.#changed()
    this.#pump()
  }

  /** The person has decided what to do with a refused text. */
  letGo(rid: string): void {
    this.#outbox.remove(rid)
    this.#refused = this.#refused.filter((kept) => kept.rid !== rid)
  }

  /**
   * Ask again after a while, under a new request id: the old counter may be too far behind by
   * then for the server to tell whether it knows it. What is in doubt keeps its id: this ask was
   * refused, but the one before it may be stored yet, and then it would be done twice.
   */
  #later(waiting: Waiting, retry_ms: number): void {
    const { rid, command, asked_ms, section } = waiting.kept
    if (!waiting.isInDoubt) {
      this.#outbox.remove(rid)
      waiting.kept = this.#outbox.add(command, asked_ms, section)
    }
    waiting.isSent = false
    this.#hold(retry_ms)
  }

  #hold(for_ms: number): void {
    this.#heldUntil ??= setTimeout(() => {
      this.#heldUntil = undefined
      this.#pump()
    }, for_ms)
  }

  /** Whether so much may be sent now; if not, go on as soon as it may. */
  #mayAfford(bytes: number): boolean {
    const now = performance.now()
    const refill = ((now - this.#budgetAt) / 1000) * BYTES_PER_S
    this.#budget = Math.min(BYTES_PER_S, this.#budget + refill)
    this.#budgetAt = now
    if (this.#budget < bytes) {
      this.#hold(((bytes - this.#budget) / BYTES_PER_S) * 1000)
      return false
    }
    this.#budget -= bytes
    return true
  }

  /**
   * Send what may be sent, in order. What changes a record waits until the act before it on the
   * same record is answered: if that one is to be asked again later, the edit of a note must not
   * come before the note.
   */
  #pump(): void {
    if (!this.#isOpen || this.#heldUntil !== undefined) return
    let underWay = this.#waiting.filter((waiting) => waiting.isSent).length
    const busy = new Set<string>()
    for (const waiting of this.#waiting) {
      const changed = [...waiting.ids].filter((id) => !ONLY_NAMED.test(id))
      const mustWait = changed.some((id) => busy.has(id))
      for (const id of changed) busy.add(id)
      if (waiting.isSent || mustWait) continue
      if (underWay >= WINDOW) return
      if (!this.#mayAfford(bytesOf(waiting.kept.command))) return
      if (!this.#send(waiting.kept)) return
      waiting.isSent = true
      underWay++
    }
  }

  #push(kept: Kept, isAdopted: boolean, resolve: (outcome: Outcome) => void): void {
    const ids = idsIn(kept.command)
    this.#waiting.push({ kept, ids, isSent: false, isInDoubt: isAdopted, isAdopted, resolve })
    this.#count = this.#waiting.length
    for (const id of ids) {
      this.#touched.set(id, (this.#touched.get(id) ?? 0) + 1)
    }
  }

  #pull(rid: string): Waiting | undefined {
    const at = this.#waiting.findIndex((one) => one.kept.rid === rid)
    const [waiting] = at < 0 ? [] : this.#waiting.splice(at, 1)
    if (!waiting) return undefined
    this.#count = this.#waiting.length
    for (const id of waiting.ids) {
      const left = (this.#touched.get(id) ?? 1) - 1
      if (left > 0) this.#touched.set(id, left)
      else this.#touched.delete(id)
    }
    return waiting
  }
}

/** The size of a command as JSON in UTF-8. */
export function bytesOf(command: Command): number {
  return new TextEncoder().encode(JSON.stringify(command)).length
}

/** Whether a refused act leaves words behind that somebody would have to type again. */
function isWritten(command: Command, isAdopted: boolean): boolean {
  if (command.t === 'note.add') return true
  if (command.t === 'note.edit') return command.text !== undefined
  // The dialog of an import stays open until it is answered.
  if (command.t === 'memo.add') return isAdopted || !command.batch
  // Other dialogs stay open until they are answered; a tab that is no more has none.
  return isAdopted && ('text' in command || ('name' in command && typeof command.name === 'string'))
}

const RECORD_ID =
  /^(note|row|cluster|measure|goal|text|figure|org|network|section|workshop)_\w{1,24}$/

/** What most acts name without changing it. */
const ONLY_NAMED = /^(org|network|section|workshop)_/

/** The records that a command names, wherever they stand in it. */
export function idsIn(command: Command): Set<string> {
  const ids = new Set<string>()
  for (const value of Object.values(command)) {
    const named: string[] = typeof value === 'string' ? [value] : listed(value)
    for (const id of named) if (RECORD_ID.test(id)) ids.add(id)
  }
  return ids
}

function listed(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => idOf(item) ?? [])
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function idOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return typeof item === 'string' ? item : undefined
  return 'id' in item && typeof item.id === 'string' ? item.id : undefined
}
