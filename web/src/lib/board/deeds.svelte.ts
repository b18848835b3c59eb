import {
  addToCluster,
  dissolve,
  groupNotes,
  mergeClusters,
  moveClusters,
  moveNotes,
  removeNotes,
  renameCluster,
  splitCluster,
  takeOut,
  unparkNotes,
} from '../desk/acts'
import { FreePlaces, takenOn } from '../desk/place'
import type { Selection } from '../desk/selection.svelte'
import { type Key, t, type Values } from '../i18n/i18n.svelte'
import type { Point } from '../protocol'
import type { LiveDesk, Outcome } from '../sync/live.svelte'
import { announcer } from '../ui/announcer.svelte'
import type { Board } from './board.svelte'
import type { Drop, Load } from './drop'
import { clusterBox, HEADER, PADDING, type Rect } from '../desk/layout'

/** Something that a person has to be asked before it is done, or wants to be told. */
export type Question =
  | { readonly t: 'merge'; readonly into: string; readonly clusters: readonly string[] }
  | { readonly t: 'remove'; readonly notes: readonly string[] }
  | { readonly t: 'move'; readonly notes: readonly string[] }
  | { readonly t: 'merge_into'; readonly clusters: readonly string[] }
  | { readonly t: 'trail'; readonly note: string }

/** What is done on the board: by hand, by menu and by key the same. */
export class Deeds {
  #live: LiveDesk
  #board: Board
  #selection: Selection
  #question = $state.raw<Question | undefined>()
  #naming = $state.raw<string | undefined>()

  constructor(live: LiveDesk, board: Board, selection: Selection) {
    this.#live = live
    this.#board = board
    this.#selection = selection
  }

  /** What is being asked just now. Watched. */
  get question(): Question | undefined {
    return this.#question
  }

  /** The cluster whose title is being written in its place. Watched. */
  get naming(): string | undefined {
    return this.#naming
  }

  ask(question: Question): void {
    this.#question = question
  }

  close(): void {
    this.#question = undefined
  }

  name(cluster: string): void {
    this.#naming = cluster
  }

  /** The title as written; undefined keeps the old one. */
  async named(cluster: string, title: string | undefined): Promise<void> {
    if (this.#naming !== cluster) return
    this.#naming = undefined
    const clean = title?.trim() ?? ''
    if (clean === '' || clean === this.#title(cluster)) return
    await this.#say(renameCluster(this.#live, cluster, clean), 'board.said.named', { title: clean })
  }

  /** Something was let go of. */
  async dropped(load: Load, drop: Drop, places: ReadonlyMap<string, Rect>): Promise<void> {
    if (drop.t === 'merge') {
      this.#board.release(places.keys())
      this.#question = { t: 'merge', into: drop.into, clusters: load.clusters }
      return
    }
    if (drop.t === 'place') await this.place(load, places)
    else if (drop.t === 'into') await this.putInto(drop.cluster, load.notes)
    else if (drop.t === 'group') await this.group([drop.note, ...load.notes], drop.note)
    this.#board.release(places.keys())
  }

  /** Loose notes move, grouped ones are taken out of their clusters, clusters move. */
  async place(load: Load, places: ReadonlyMap<string, Rect>): Promise<void> {
    const loose: Record<string, Point> = {}
    const grouped: Record<string, Point> = {}
    const clusters: Record<string, Point> = {}
    for (const id of load.clusters) {
      const at = places.get(id)
      if (at) clusters[id] = { x: at.x, y: at.y }
    }
    for (const id of load.notes) {
      const at = places.get(id)
      const isLoose = this.#live.desk.get('note', id)?.cluster === undefined
      if (at) (isLoose ? loose : grouped)[id] = { x: at.x, y: at.y }
    }
    const moved = Object.keys(loose).length
    const out = Object.keys(grouped)
    const shifted = Object.keys(clusters).length
    await Promise.all([
      moved && this.#say(moveNotes(this.#live, loose), 'board.said.moved', { count: moved }),
      out.length && this.takeOut(out, grouped),
      shifted &&
        this.#say(moveClusters(this.#live, clusters), 'board.said.clusters_moved', {
          count: shifted,
        }),
    ])
  }

  /** Without places, each goes to a free one beside its cluster. */
  takeOut(notes: readonly string[], to: Readonly<Record<string, Point>> = {}): Promise<boolean> {
    const count = notes.length
    return this.#say(takeOut(this.#live, notes, to), 'board.said.out', { count })
  }

  putInto(cluster: string, notes: readonly string[]): Promise<boolean> {
    return this.#say(addToCluster(this.#live, cluster, notes), 'board.said.into', {
      title: this.#title(cluster),
      count: notes.length,
    })
  }

  /** Make a cluster, where `around` lies if it is given, or as near as it covers nothing. Then name it. */
  async group(notes: readonly string[], around?: string): Promise<void> {
    const place = around === undefined ? undefined : this.#board.placeOf(around)
    const making = groupNotes(this.#live, notes, { at: place && this.#roomFor(notes, place) })
    if (await this.#say(making.done, 'board.said.made', { count: notes.length })) {
      this.#selection.clear()
      this.#naming = making.id
    }
  }

  async split(cluster: string, notes: readonly string[], votes?: 'stay' | 'move'): Promise<void> {
    const making = splitCluster(this.#live, cluster, notes, { votes })
    if (await this.#say(making.done, 'board.said.made', { count: notes.length })) {
      this.#selection.clear()
      this.#naming = making.id
    }
  }

  merge(into: string, clusters: readonly string[]): Promise<boolean> {
    const title = this.#title(into)
    return this.#say(mergeClusters(this.#live, into, clusters), 'board.said.merged', { title })
  }

  dissolve(cluster: string): Promise<boolean> {
    const title = this.#title(cluster)
    return this.#say(dissolve(this.#live, cluster), 'board.said.dissolved', { title })
  }

  remove(notes: readonly string[]): Promise<boolean> {
    const count = notes.length
    return this.#say(removeNotes(this.#live, notes), 'board.said.removed', { count })
  }

  /** Take notes that were put aside onto the board: to where they were written, or to `to`. */
  unpark(notes: readonly string[], to: Readonly<Record<string, Point>> = {}): Promise<boolean> {
    const count = notes.length
    return this.#say(unparkNotes(this.#live, notes, to), 'board.said.unparked', { count })
  }

  /** A box over other notes would look as if they were in it. */
  #roomFor(notes: readonly string[], { x, y }: Rect): Point {
    const wish = { x: x - PADDING, y: y - HEADER }
    const box = clusterBox(wish, notes.length)
    const places = new FreePlaces(takenOn(this.#live.desk, new Set(notes)))
    return places.near(wish, box.width, box.height)
  }

  #title(cluster: string): string {
    return this.#live.desk.get('cluster', cluster)?.title ?? ''
  }

  /** Say what was done once it is; the acts themselves tell of refusals. */
  async #say(act: Promise<Outcome>, key: Key, values: Values): Promise<boolean> {
    const { ok } = await act
    if (ok) announcer.polite(t(key, values))
    return ok
  }
}
