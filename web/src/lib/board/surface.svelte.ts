import { tick } from 'svelte'

import { areaRect, areasOn } from '../desk/areas'
import { LEAST_SIDE, MOST_SIDE } from '../desk/leading'
import type { Selection } from '../desk/selection.svelte'
import type { LiveDesk } from '../sync/live.svelte'
import { Board } from './board.svelte'
import { Camera, within } from './camera.svelte'
import { Deeds } from './deeds.svelte'
import { Drag } from './drag.svelte'
import type { Load } from './drop'
import { Gestures, type Hands, itemOf } from './gestures.svelte'
import { focusOn, type Keyboard, pressed } from './keys'
import { middle, NOTE_HEIGHT, NOTE_WIDTH, overlaps, type Rect } from '../desk/layout'
import type { Lookout } from '../desk/meeting.svelte'
import { loadOf } from './load'
import { PARKED_TYPE } from './parked'

/** So many papers and nothing to read on them: beyond this they are painted, not put in the DOM. */
const MOST_PAPERS = 250
/** A projector shows a small part of the board large. */
const FRAMED_ZOOM = 2

export interface Ways {
  readonly onopen: (note: string) => void
  readonly onpropose: (cluster: string) => void
}

/** The board as one person uses it: what is drawn, where the focus is, what hands and keys do. */
export class Surface implements Hands, Keyboard {
  readonly live: LiveDesk
  readonly selection: Selection
  readonly onopen: (note: string) => void
  readonly onpropose: (cluster: string) => void
  readonly board: Board
  readonly camera = new Camera()
  readonly deeds: Deeds
  readonly drag: Drag
  readonly gestures: Gestures
  #current = $state<string>()
  #focused = $state<string>()
  #menu = $state.raw<{ id: string; at: { x: number; y: number } } | undefined>()
  #viewport: HTMLElement | undefined
  #hasCome = false
  #isFramed = false

  #inView: readonly string[] = $derived.by(() => within(this.camera.drawn, this.board.notes))
  #first = $derived.by(() => {
    const current = this.#current
    return current !== undefined && this.board.has(current) ? current : this.#inView[0]
  })
  #notes: readonly string[] = $derived.by(() => {
    const ids = new Set(this.isPainted ? [] : this.#inView)
    // What has the focus or is dragged is never left undrawn.
    for (const id of [this.#first, ...this.drag.items.keys()]) {
      if (id !== undefined && this.board.notes.has(id)) ids.add(id)
    }
    return [...ids]
  })
  #clusters: readonly string[] = $derived.by(() => {
    const ids = new Set(within(this.camera.drawn, this.board.boxes))
    for (const id of [this.#first, this.deeds.naming, ...this.drag.items.keys()]) {
      if (id !== undefined && this.board.boxes.has(id)) ids.add(id)
    }
    return [...ids]
  })

  constructor(live: LiveDesk, selection: Selection, ways: Ways) {
    this.live = live
    this.selection = selection
    this.onopen = ways.onopen
    this.onpropose = ways.onpropose
    this.board = new Board(live.desk)
    this.deeds = new Deeds(live, this.board, selection)
    this.drag = new Drag(live.desk, this.board, () => live.may('notes.group') !== undefined)
    this.gestures = new Gestures(this.camera, this.drag, this)
  }

  /** Notes to put in the DOM. Watched. */
  get notes(): readonly string[] {
    return this.#notes
  }

  /** Clusters to put in the DOM. Watched. */
  get clusters(): readonly string[] {
    return this.#clusters
  }

  /** Too far out to read. Watched. */
  get isFar(): boolean {
    return !this.camera.isReadable
  }

  /** So far out and so many that the notes are painted. Watched. */
  get isPainted(): boolean {
    return this.isFar && this.#inView.length > MOST_PAPERS
  }

  /** Where Tab comes to. Watched. */
  get first(): string | undefined {
    return this.#first
  }

  /** What the button with the actions stands at. Watched. */
  get held(): string | undefined {
    if (this.drag.isOn || this.deeds.naming !== undefined || this.selection.size > 1) {
      return undefined
    }
    return this.#focused ?? this.selection.notes[0] ?? this.selection.clusters[0]
  }

  get menu(): { id: string; at: { x: number; y: number } } | undefined {
    return this.#menu
  }

  /** Start; gives back how to stop. */
  attach(viewport: HTMLElement, world: HTMLElement): () => void {
    this.#viewport = viewport
    const stop = this.camera.attach(viewport, world, this.gestures.mayPan)
    if (this.board.isEmpty) this.camera.lookAt({ x: 0, y: 0 })
    else this.camera.fit(this.#everything(), true)
    return () => {
      stop()
      this.live.pointAt(null)
    }
  }

  /**
   * Show all that there is, once, when there is something and it is complete: the state that a
   * page starts from may be older than the entries that follow it.
   */
  arrive(): void {
    if (this.#hasCome || this.live.status !== 'live' || this.board.isEmpty) return
    this.#hasCome = true
    this.camera.fit(this.#everything(), true)
  }

  /** What is seen of the board, and how to show a part of it, for those who look together. */
  readonly lookout: Lookout = {
    seen: () => ({ at: middle(this.camera.seen), width: this.camera.seen.width }),
    show: ({ at, width }) => {
      this.#hasCome = true
      this.camera.show(at, width)
    },
  }

  fit = (): void => {
    this.camera.fit(this.#everything())
  }

  /** Keep to a part of the board, larger than life if it is small; without one show all. */
  frame(rect: Rect | undefined): void {
    if (rect) {
      this.#hasCome = true
      this.camera.fit([rect], false, FRAMED_ZOOM)
    } else if (this.#isFramed) this.fit()
    this.#isFramed = rect !== undefined
  }

  /** All look at this: bring it into view, but never under a hand that is at work. */
  light(id: string): void {
    const place = this.board.placeOf(id)
    if (place && !this.drag.isOn && this.deeds.naming === undefined) this.camera.reveal(place, true)
  }

  /** Where a new area begins: in the middle of what is seen, and all of it in view. */
  roomForArea(): Rect {
    const { width, height } = this.camera.seen
    const at = middle(this.camera.seen)
    const side = (px: number) => Math.max(LEAST_SIDE, Math.min(MOST_SIDE, px * 0.6))
    const rect = { width: side(width), height: side(height) }
    return { x: at.x - rect.width / 2, y: at.y - rect.height / 2, ...rect }
  }

  goTo = (id: string, isToBeRead = false): void => {
    const place = this.board.placeOf(id)
    if (!place) return
    this.#current = id
    this.camera.reveal(place, isToBeRead)
    void tick().then(() => {
      focusOn(id)
    })
  }

  open = (id: string): void => {
    if (this.live.desk.get('note', id)) this.onopen(id)
    else if (this.live.may('notes.group') !== undefined) this.deeds.name(id)
  }

  openMenu = (id: string, at?: { x: number; y: number }): void => {
    const place = this.board.placeOf(id)
    const edge = this.#viewport?.getBoundingClientRect()
    if (!place || !edge) return
    const corner = this.camera.toViewport({ x: place.x + place.width, y: place.y })
    this.#menu = { id, at: at ?? { x: corner.x + edge.left - 24, y: corner.y + edge.top + 24 } }
  }

  closeMenu(): void {
    this.#menu = undefined
  }

  /** The title that was written in its place, or undefined to keep the old one. */
  async named(id: string, title: string | undefined): Promise<void> {
    const isHere = document.activeElement instanceof HTMLInputElement
    void this.deeds.named(id, title)
    await tick()
    if (isHere) focusOn(id)
  }

  /** Others may remove what one is at: the focus stays on the board, not nowhere. */
  keepFocus(): void {
    if (this.#current === undefined || this.board.has(this.#current)) return
    this.#current = undefined
    if (document.activeElement === document.body) this.#viewport?.focus({ preventScroll: true })
  }

  // --- hands -----------------------------------------------------------------------------

  loadOf(id: string): Load | undefined {
    return loadOf(this.live, this.selection, id)
  }

  isSelected(id: string): boolean {
    return this.selection.has(id)
  }

  /** What was pressed: an element of the board, or a note that is only painted. */
  itemAt(event: MouseEvent): string | undefined {
    const at = itemOf(event)
    return at ?? (this.isPainted ? this.board.noteUnder(this.camera.toBoard(event)) : undefined)
  }

  onpress(id: string | undefined, isAdding: boolean, isTouch: boolean): void {
    if (id === undefined) {
      if (!isAdding) this.selection.clear()
      return
    }
    this.#current = id
    void tick().then(() => {
      focusOn(id)
    })
    const { selection } = this
    if (isAdding) selection.toggle(id)
    else if (isTouch && selection.size === 1 && selection.has(id)) this.open(id)
    else selection.only(id)
  }

  onhold(id: string): void {
    if (!this.selection.has(id)) this.selection.only(id)
  }

  ondrop(): void {
    const dropped = this.drag.end()
    if (dropped) void this.deeds.dropped(dropped.load, dropped.drop, dropped.places)
  }

  onlasso(area: Rect, isAdding: boolean): void {
    const inside = [...this.board.notes].filter(([, rect]) => overlaps(area, rect))
    const ids = inside.map(([id]) => id)
    if (isAdding) this.selection.add(ids)
    else this.selection.only(...ids)
  }

  // --- what the viewport hears -------------------------------------------------------------

  moved = (event: PointerEvent): void => {
    const { x, y } = this.camera.toBoard(event)
    this.live.pointAt({ x: Math.round(x), y: Math.round(y) })
  }

  contextMenu = (event: MouseEvent): void => {
    const id = this.itemAt(event)
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch'
    if (id === undefined && !isTouch) return
    event.preventDefault()
    if (id !== undefined && !isTouch) this.openMenu(id, { x: event.clientX, y: event.clientY })
  }

  pressedTwice = (event: MouseEvent): void => {
    const id = this.itemAt(event)
    if (id !== undefined) this.open(id)
  }

  typed = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return
    if (event.key === 'Escape' && this.drag.isOn) this.gestures.cancel()
    else if (!pressed(event, itemOf(event), this)) return
    event.preventDefault()
  }

  /** A note that was put aside is dragged over the board. */
  draggedOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes(PARKED_TYPE)) event.preventDefault()
  }

  droppedOn = (event: DragEvent): void => {
    const id = event.dataTransfer?.getData(PARKED_TYPE)
    if (!id) return
    event.preventDefault()
    const { x, y } = this.camera.toBoard(event)
    void this.deeds.unpark([id], { [id]: { x: x - NOTE_WIDTH / 2, y: y - NOTE_HEIGHT / 2 } })
  }

  focusCame = (event: FocusEvent): void => {
    this.#focused = itemOf(event)
    this.#current = this.#focused ?? this.#current
  }

  /** The button with the actions keeps standing at what it is about. */
  focusWent = (event: FocusEvent): void => {
    const to = event.relatedTarget
    const isToActions = to instanceof Element && to.hasAttribute('data-actions')
    if (!isToActions) this.#focused = undefined
  }

  #everything(): Rect[] {
    const areas = areasOn(this.live.desk).map(areaRect)
    return [...areas, ...this.board.notes.values(), ...this.board.boxes.values()]
  }
}
