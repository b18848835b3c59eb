/** Acts that are not in the log yet, kept on this device until they are. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

import { randomLetters } from '../desk/ids'
import type { Command, Json } from '../protocol'

export interface Refusal {
  code: string
  details: { [key: string]: Json }
}

/** An act on its way. With a `refusal` it was turned down, and waits for what the person decides. */
export interface Kept {
  rid: string
  /** Desk and person: nobody else on this device may send it. */
  owner: string
  outbox: string
  counter: number
  command: Command
  asked_ms: number
  /** The section that was open when it was done; it may be closed when the server hears of it. */
  section?: string
  refusal?: Refusal
}

interface Schema extends DBSchema {
  acts: { key: string; value: Kept; indexes: { owner: string } }
}

const DATABASE = 'etatyopoyta'
const lockName = (outbox: string) => `${DATABASE}.outbox.${outbox}`

/** As much of Web Locks as is used. */
export interface Locks {
  request(
    name: string,
    options: { ifAvailable: true },
    work: (lock: object | null) => Promise<void> | undefined,
  ): Promise<unknown>
}

/**
 * One outbox per tab, held by a Web Lock for as long as the tab lives.
 *
 * Acts of tabs that died are adopted: they keep their request ids, so that what did reach the log
 * is not done twice. Without IndexedDB everything works, but only until the page is closed.
 */
export class Outbox {
  #owner: string
  #id = randomLetters()
  #counter = 0
  #db: IDBPDatabase<Schema> | undefined
  #locks: Locks | undefined
  #held = new Set<string>()
  #release: (() => void)[] = []

  private constructor(
    owner: string,
    db: IDBPDatabase<Schema> | undefined,
    locks: Locks | undefined,
  ) {
    this.#owner = owner
    this.#db = db
    this.#locks = locks
  }

  static async open(owner: string, locks: Locks | undefined = navigator.locks): Promise<Outbox> {
    const outbox = new Outbox(owner, await database(), locks)
    await outbox.#hold(outbox.#id)
    return outbox
  }

  /** What is kept survives the page. False when this browser lets us keep nothing. */
  get isKept(): boolean {
    return this.#db !== undefined
  }

  /** Keep a new act. */
  add(command: Command, asked_ms: number, section?: string): Kept {
    const counter = ++this.#counter
    const rid = `${this.#id}:${String(counter)}`
    const kept: Kept = { rid, owner: this.#owner, outbox: this.#id, counter, command, asked_ms }
    if (section !== undefined) kept.section = section
    this.#put(kept)
    return kept
  }

  /** The act is in the log, or the person let it go. */
  remove(rid: string): void {
    this.#quietly((db) => db.delete('acts', rid))
  }

  /** The act was turned down: keep what was written. */
  refuse(kept: Kept, refusal: Refusal): Kept {
    const refused = { ...kept, refusal }
    this.#put(refused)
    return refused
  }

  /** Acts of tabs that are no more, oldest first. From now on they are ours. */
  async adopt(): Promise<Kept[]> {
    const outboxes = new Set<string>()
    try {
      for (const kept of await this.#all()) {
        if (this.#held.has(kept.outbox) || outboxes.has(kept.outbox)) continue
        if (await this.#hold(kept.outbox)) outboxes.add(kept.outbox)
      }
      // Read again: until we held it, its own tab may still have got answers.
      const adopted = (await this.#all()).filter((kept) => outboxes.has(kept.outbox))
      return adopted.sort((a, b) => a.asked_ms - b.asked_ms || a.counter - b.counter)
    } catch {
      this.#db = undefined
      return []
    }
  }

  /** Forget everything of this person on this desk. */
  async wipe(): Promise<void> {
    try {
      const keys = (await this.#db?.getAllKeysFromIndex('acts', 'owner', this.#owner)) ?? []
      for (const key of keys) await this.#db?.delete('acts', key)
    } catch {
      this.#db = undefined
    }
  }

  close(): void {
    for (const release of this.#release) release()
    this.#db?.close()
    this.#db = undefined
  }

  async #all(): Promise<Kept[]> {
    return (await this.#db?.getAllFromIndex('acts', 'owner', this.#owner)) ?? []
  }

  /** Hold the outbox while this page lives; false when another living tab has it. */
  #hold(outbox: string): Promise<boolean> {
    this.#held.add(outbox)
    // Without locks two tabs may both send an act: its request id sees to it that it is done once.
    const locks = this.#locks
    if (!locks) return Promise.resolve(true)
    return new Promise((resolve) => {
      locks
        .request(lockName(outbox), { ifAvailable: true }, (lock) => {
          resolve(lock !== null)
          if (lock === null) {
            this.#held.delete(outbox)
            return undefined
          }
          return new Promise<void>((release) => this.#release.push(release))
        })
        .catch(() => {
          resolve(true)
        })
    })
  }

  #put(kept: Kept): void {
    this.#quietly((db) => db.put('acts', kept))
  }

  /** Storage may be full or forbidden: the act still goes to the server. */
  #quietly(work: (db: IDBPDatabase<Schema>) => Promise<unknown>): void {
    if (!this.#db) return
    work(this.#db).catch(() => {
      this.#db = undefined
    })
  }
}

async function database(): Promise<IDBPDatabase<Schema> | undefined> {
  try {
    return await openDB<Schema>(DATABASE, 1, {
      upgrade(db) {
        db.createObjectStore('acts', { keyPath: 'rid' }).createIndex('owner', 'owner')
      },
    })
  } catch {
    return undefined
  }
}
