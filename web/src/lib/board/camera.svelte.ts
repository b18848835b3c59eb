import { select } from 'd3-selection'
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom'

import type { Point } from '../protocol'
import { around, grown, middle, overlaps, type Rect } from '../desk/layout'

/** Farther out than this the text of a note cannot be read and is not drawn. */
export const READABLE_ZOOM = 0.4
const MIN_ZOOM = 0.03
const MAX_ZOOM = 2.5
/** What is drawn reaches a little beyond the edge, so that a small move shows no gap. */
const MARGIN_PX = 200
/** The set of what is drawn is worth computing anew after so much of a move. */
const MOVED_PX = 100
const ZOOMED = 1.15
const FLIGHT_MS = 260
/** A few notes are not blown up to fill the screen. */
const FIT_ZOOM = 1
const FIT_MARGIN_PX = 48
const REVEAL_MARGIN_PX = 24
/** For coming to a note from far away in order to read it. */
const READING_ZOOM = 0.8

export interface View {
  readonly x: number
  readonly y: number
  readonly k: number
  readonly width: number
  readonly height: number
}

/**
 * Where one looks at the board from.
 *
 * The world is moved imperatively on every frame; `settled` follows in steps, for whoever decides
 * what to draw.
 */
export class Camera {
  #settled = $state.raw<View>({ x: 0, y: 0, k: 1, width: 0, height: 0 })
  #now: ZoomTransform = zoomIdentity
  #size = { width: 0, height: 0 }
  #viewport: HTMLElement | undefined
  #world: HTMLElement | undefined
  #flight = 0
  #pinned = new Map<HTMLElement, Rect>()
  #onframe: () => void = () => undefined
  #zoom = zoom<HTMLElement, unknown>().scaleExtent([MIN_ZOOM, MAX_ZOOM])

  /** What is seen, renewed past thresholds only. Watched. */
  get settled(): View {
    return this.#settled
  }

  /** Whether the text of notes can be read. Watched. */
  get isReadable(): boolean {
    return this.#settled.k >= READABLE_ZOOM
  }

  /** The zoom of this very moment. Not watched. */
  get k(): number {
    return this.#now.k
  }

  /** The part of the board that is worth drawing. Watched. */
  get drawn(): Rect {
    return grown(seenFrom(this.#settled), MARGIN_PX / Math.max(this.#settled.k, READABLE_ZOOM))
  }

  /** The part of the board that is seen just now. Not watched. */
  get seen(): Rect {
    return seenFrom(this.#view())
  }

  /** Start. `mayStart` says which gestures are the camera's; gives back how to stop. */
  attach(
    viewport: HTMLElement,
    world: HTMLElement,
    mayStart: (event: Event) => boolean,
  ): () => void {
    this.#viewport = viewport
    this.#world = world
    const surface = select(viewport)
    this.#zoom
      .filter((event: Event) => mayStart(event))
      .on('start', (event: { sourceEvent: unknown }) => {
        // A hand on the board ends a flight; the flight's own steps have no event behind them.
        if (event.sourceEvent) cancelAnimationFrame(this.#flight)
        viewport.classList.add('is-moving')
      })
      .on('zoom', (event: { transform: ZoomTransform }) => {
        this.#show(event.transform)
      })
      .on('end', () => {
        viewport.classList.remove('is-moving')
        this.#settle()
      })
    surface.call(this.#zoom).on('dblclick.zoom', null)
    const observer = new ResizeObserver(() => {
      this.#measure()
    })
    observer.observe(viewport)
    this.#measure()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(this.#flight)
      surface.on('.zoom', null)
    }
  }

  /** Told on every frame in which the world moves; for what is drawn outside of it. */
  set onframe(told: () => void) {
    this.#onframe = told
  }

  /** A place in the window, as a place on the board. */
  toBoard(client: { clientX: number; clientY: number }): Point {
    const edge = this.#viewport?.getBoundingClientRect()
    const [x, y] = this.#now.invert([
      client.clientX - (edge?.left ?? 0),
      client.clientY - (edge?.top ?? 0),
    ])
    return { x, y }
  }

  /** A place on the board, as a place in the viewport. */
  toViewport(at: Point): Point {
    const [x, y] = this.#now.apply([at.x, at.y])
    return { x, y }
  }

  /** Keep an element at the upper right corner of this, in its own size, wherever the world goes. */
  pin(rect: Rect): (element: HTMLElement) => () => void {
    return (element) => {
      this.#pinned.set(element, rect)
      this.#place(element, rect)
      return () => this.#pinned.delete(element)
    }
  }

  zoomBy(factor: number): void {
    const { x, y } = middle(this.seen)
    this.#fly(x, y, this.#now.k * factor)
  }

  panBy(right_px: number, down_px: number): void {
    const at = middle(this.seen)
    const { k } = this.#now
    this.#fly(at.x + right_px / k, at.y + down_px / k, k)
  }

  /** Show all of this, as large as it gets, but not larger than `most`: life, if not said. */
  fit(rects: Iterable<Rect>, isAtOnce = false, most = FIT_ZOOM): void {
    const all = around(rects)
    if (!all || this.#size.width === 0) return
    const k = Math.min(
      most,
      (this.#size.width - 2 * FIT_MARGIN_PX) / all.width,
      (this.#size.height - 2 * FIT_MARGIN_PX) / all.height,
    )
    const at = middle(all)
    this.#fly(at.x, at.y, k, isAtOnce)
  }

  /** Bring this into view by the shortest way, if it is not; readable, if asked for. */
  reveal(rect: Rect, isToBeRead = false): void {
    const seen = this.seen
    const air = REVEAL_MARGIN_PX / this.#now.k
    const right = shortest(rect.x - air, rect.width + 2 * air, seen.x, seen.width)
    const down = shortest(rect.y - air, rect.height + 2 * air, seen.y, seen.height)
    const isTooSmall = isToBeRead && this.#now.k < READABLE_ZOOM
    if (right === 0 && down === 0 && !isTooSmall) return
    if (isTooSmall) {
      const at = middle(rect)
      this.#fly(at.x, at.y, READING_ZOOM)
    } else {
      const at = middle(seen)
      this.#fly(at.x + right, at.y + down, this.#now.k)
    }
  }

  /** So much of the board around a middle, across the whole width. */
  show(at: Point, width: number): void {
    if (this.#size.width > 0) this.#fly(at.x, at.y, this.#size.width / width)
  }

  lookAt(at: Point, isAtOnce = true): void {
    this.#fly(at.x, at.y, this.#now.k, isAtOnce)
  }

  /** To the middle `x`, `y` at zoom `k`; a short flight, or a cut where motion is unwelcome. */
  #fly(x: number, y: number, k: number, isAtOnce = false): void {
    cancelAnimationFrame(this.#flight)
    const zoomTo = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, k))
    const from = { ...middle(this.seen), k: this.#now.k }
    if (isAtOnce || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#jump(x, y, zoomTo)
      return
    }
    const started = performance.now()
    const step = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - started) / FLIGHT_MS))
      const eased = 1 - (1 - share) ** 3
      const kNow = from.k * (zoomTo / from.k) ** eased
      this.#jump(from.x + (x - from.x) * eased, from.y + (y - from.y) * eased, kNow)
      if (share < 1) this.#flight = requestAnimationFrame(step)
    }
    this.#flight = requestAnimationFrame(step)
  }

  #jump(x: number, y: number, k: number): void {
    if (!this.#viewport) return
    const { width, height } = this.#size
    const to = zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k)
    select(this.#viewport).call((surface) => {
      this.#zoom.transform(surface, to)
    })
  }

  #show(to: ZoomTransform): void {
    this.#now = to
    if (this.#world) {
      this.#world.style.transform = `translate(${String(to.x)}px, ${String(to.y)}px) scale(${String(to.k)})`
    }
    for (const [element, rect] of this.#pinned) this.#place(element, rect)
    this.#onframe()
    if (isFar(this.#settled, to)) this.#settle()
  }

  #place(element: HTMLElement, rect: Rect): void {
    const at = this.toViewport({ x: rect.x + rect.width, y: rect.y })
    element.style.transform = `translate(${String(at.x)}px, ${String(at.y)}px)`
  }

  #settle(): void {
    const view = this.#view()
    const { x, y, k, width, height } = this.#settled
    const isSame =
      x === view.x && y === view.y && k === view.k && width === view.width && height === view.height
    if (!isSame) this.#settled = view
  }

  #measure(): void {
    if (!this.#viewport) return
    this.#size = { width: this.#viewport.clientWidth, height: this.#viewport.clientHeight }
    this.#settle()
  }

  #view(): View {
    return { x: this.#now.x, y: this.#now.y, k: this.#now.k, ...this.#size }
  }
}

/** The set of what is drawn has to be computed anew. */
function isFar(settled: View, to: ZoomTransform): boolean {
  const ratio = to.k / settled.k
  return (
    Math.abs(to.x - settled.x) > MOVED_PX ||
    Math.abs(to.y - settled.y) > MOVED_PX ||
    ratio > ZOOMED ||
    ratio < 1 / ZOOMED ||
    to.k >= READABLE_ZOOM !== settled.k >= READABLE_ZOOM
  )
}

/** How far a window has to move along one axis to show a stretch; its beginning, if it is too long. */
function shortest(from: number, length: number, seenFrom: number, seenLength: number): number {
  if (from < seenFrom || length > seenLength) return from - seenFrom
  return Math.max(0, from + length - seenFrom - seenLength)
}

function seenFrom(view: View): Rect {
  return {
    x: -view.x / view.k,
    y: -view.y / view.k,
    width: view.width / view.k,
    height: view.height / view.k,
  }
}

/** Of these, the ids that are worth drawing. */
export function within(area: Rect, places: ReadonlyMap<string, Rect>): string[] {
  const ids: string[] = []
  for (const [id, rect] of places) if (overlaps(area, rect)) ids.push(id)
  return ids
}
