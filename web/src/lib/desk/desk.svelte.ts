import type { AnyRecord, Card, DeskInfo, Form, Note, Patch, Section } from '../protocol'
import { patched } from './patch'

export type Kind = AnyRecord['t']
export type OfKind<K extends Kind> = Extract<AnyRecord, { t: K }>
/** What a pending act makes of the desk: record ids to records, or to null when removed. */
export type Prediction = Map<string, AnyRecord | null>

/** One record that can be watched on its own: a change of one note redraws one note. */
class Box {
  record: AnyRecord | undefined = $state.raw()
}

/** A list of ids that can be watched; replaced, never changed in place. */
class Ids {
  list: readonly string[] = $state.raw([])
}

const LOOSE = ''
const PARKED = 'parked'

/**
 * What is on the desk: `shown = pending.reduce(predict, confirmed)`.
 *
 * `confirmed` changes only by `apply`, with what the log says. `predict` lays over it what this
 * person has done and the log has not said yet. Readers see the sum, per record.
 */
export class Desk {
  #confirmed = new Map<string, AnyRecord>()
  #predicted: Prediction = new Map()
  #stops = false
  #unseen: ReadonlySet<string> = new Set()
  #boxes = new Map<string, Box>()
  #byKind = new Map<string, Ids>()
  #byCluster = new Map<string, Ids>()
  /** Counts boxes and lists: who looked for what was not there yet is told when something came. */
  #made = $state(0)

  /** The record as shown, or undefined. Watched: redraws the reader when this record changes. */
  find(id: string): AnyRecord | undefined {
    const box = this.#boxes.get(id)
    return box ? box.record : this.#none(undefined)
  }

  /** As `find`, of one kind. */
  get<K extends Kind>(kind: K, id: string | undefined): OfKind<K> | undefined {
    const record = id === undefined ? undefined : this.find(id)
    return isOf(kind, record) ? record : undefined
  }

  /** Ids of all shown records of a kind. Watched: membership only, not contents. */
  ids(kind: Kind): readonly string[] {
    return this.#byKind.get(kind)?.list ?? this.#none([])
  }

  /** All shown records of a kind. Watches each of them: meant for the small kinds. */
  all<K extends Kind>(kind: K): OfKind<K>[] {
    const records: OfKind<K>[] = []
    for (const id of this.ids(kind)) {
      const record = this.get(kind, id)
      if (record) records.push(record)
    }
    return records
  }

  /** Ids of the notes in a cluster; without one, of those on the board in none. Watched: membership only. */
  noteIds(cluster?: string): readonly string[] {
    return this.#byCluster.get(cluster ?? LOOSE)?.list ?? this.#none([])
  }

  notesIn(cluster?: string): Note[] {
    return this.#notes(this.noteIds(cluster))
  }

  /** The notes of the current workshop that were put aside, the latest last. Watches each of them. */
  get parked(): Note[] {
    const workshop = this.info?.workshop
    return this.#notes(this.noteIds(PARKED)).filter((note) => note.workshop === workshop)
  }

  #notes(ids: readonly string[]): Note[] {
    return ids.map((id) => this.get('note', id)).filter((note) => note !== undefined)
  }

  get info(): DeskInfo | undefined {
    return this.get('desk', 'desk')
  }

  get card(): Card | undefined {
    return this.get('card', 'card')
  }

  get openSection(): Section | undefined {
    return this.all('section').find((section) => section.state === 'open')
  }

  /** The record as the log has it, without predictions. Not watched. */
  confirmed(id: string): AnyRecord | undefined {
    return this.#confirmed.get(id)
  }

  /** Start again from a snapshot. */
  reset(records: { [id: string]: Form }): void {
    const gone = [...this.#confirmed.keys()].filter((id) => !(id in records))
    this.#confirmed.clear()
    for (const [id, form] of Object.entries(records)) {
      const record = patched(undefined, form)
      if (record) this.#confirmed.set(id, record)
    }
    this.#show([...gone, ...Object.keys(records)])
  }

  /** Show just these records; those that are the same objects as before are left alone. */
  stand(records: ReadonlyMap<string, AnyRecord>): void {
    const touched = new Set([...this.#confirmed.keys(), ...records.keys()])
    this.#confirmed = new Map(records)
    this.#show(touched)
  }

  /** Take changes of the log, in order. Never refuses. */
  apply(patches: readonly Patch[]): void {
    const touched = new Set<string>()
    for (const patch of patches) {
      for (const [id, change] of Object.entries(patch)) {
        const record = patched(this.#confirmed.get(id), change)
        if (record) this.#confirmed.set(id, record)
        else this.#confirmed.delete(id)
        touched.add(id)
      }
    }
    this.#show(touched)
  }

  /** Lay this over what the log says, in place of the prediction before. */
  predict(prediction: Prediction): void {
    const touched = new Set([...this.#predicted.keys(), ...prediction.keys()])
    this.#predicted = prediction
    this.#show(touched)
  }

  /**
   * For projectors: while the desk says that screens are frozen, what was shown then stays, and
   * what comes meanwhile is shown when they go on.
   */
  stopWhenFrozen(): void {
    this.#stops = true
  }

  #show(changed: Iterable<string>): void {
    if (!this.#stops) {
      this.#redraw(changed)
      return
    }
    const ids = new Set([...this.#unseen, ...changed])
    const info = this.#confirmed.get('desk')
    const isFrozen = info?.t === 'desk' && info.is_frozen === true
    // The word itself that it is frozen is still shown.
    const isStill = isFrozen && this.info?.is_frozen === true
    this.#unseen = isStill ? ids : new Set()
    if (!isStill) this.#redraw(ids)
  }

  #redraw(ids: Iterable<string>): void {
    const before = this.#boxes.size + this.#byKind.size + this.#byCluster.size
    const kinds = new Changes()
    const clusters = new Changes()
    for (const id of ids) {
      const box = this.#box(id)
      const was = box.record
      const predicted = this.#predicted.get(id)
      const after = predicted === undefined ? this.#confirmed.get(id) : (predicted ?? undefined)
      if (was === after) continue
      box.record = after
      kinds.move(id, was?.t, after?.t)
      clusters.move(id, clusterOf(was), clusterOf(after))
    }
    kinds.writeTo((key) => this.#ids(this.#byKind, key))
    clusters.writeTo((key) => this.#ids(this.#byCluster, key))
    const made = this.#boxes.size + this.#byKind.size + this.#byCluster.size
    if (made !== before) this.#made = made
  }

  /**
   * `nothing`, watched. A box is made by writing only: a reader does not watch state that was
   * made while it was reading, so a box made here would never tell it anything.
   */
  #none<Nothing>(nothing: Nothing): Nothing {
    void this.#made
    return nothing
  }

  #box(id: string): Box {
    let box = this.#boxes.get(id)
    if (!box) this.#boxes.set(id, (box = new Box()))
    return box
  }

  #ids(index: Map<string, Ids>, key: string): Ids {
    let ids = index.get(key)
    if (!ids) index.set(key, (ids = new Ids()))
    return ids
  }
}

/** Moves of ids between lists, written once per list however many ids moved. */
class Changes {
  #added = new Map<string, string[]>()
  #removed = new Map<string, Set<string>>()

  move(id: string, from: string | undefined, to: string | undefined): void {
    if (from === to) return
    if (from !== undefined) {
      const ids = this.#removed.get(from) ?? new Set()
      this.#removed.set(from, ids.add(id))
    }
    if (to !== undefined) {
      const ids = this.#added.get(to)
      if (ids) ids.push(id)
      else this.#added.set(to, [id])
    }
  }

  writeTo(listOf: (key: string) => Ids): void {
    for (const key of new Set([...this.#added.keys(), ...this.#removed.keys()])) {
      const ids = listOf(key)
      const removed = this.#removed.get(key)
      const kept = removed ? ids.list.filter((id) => !removed.has(id)) : ids.list
      ids.list = [...kept, ...(this.#added.get(key) ?? [])]
    }
  }
}

function clusterOf(record: AnyRecord | undefined): string | undefined {
  if (record?.t !== 'note') return undefined
  return record.parked_ms === undefined ? (record.cluster ?? LOOSE) : PARKED
}

function isOf<K extends Kind>(kind: K, record: AnyRecord | undefined): record is OfKind<K> {
  return record?.t === kind
}
