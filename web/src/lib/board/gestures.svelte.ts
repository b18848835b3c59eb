import type { Point } from '../protocol'
import type { Camera } from './camera.svelte'
import type { Drag } from './drag.svelte'
import type { Load } from './drop'
import { type Rect, spanned } from '../desk/layout'

/** A hand trembles: less than this is a press, not a drag. */
const TREMBLE_PX = 5
/** A finger that rests this long on a note takes hold of it; a shorter one moves the board. */
const HOLD_MS = 350

export interface Hands {
  /** The note or cluster that was pressed. */
  itemAt(event: MouseEvent): string | undefined
  /** What dragging this item would take along; undefined when it may not be moved. */
  loadOf(id: string): Load | undefined
  isSelected(id: string): boolean
  /** Pressed without dragging; undefined is the empty board. */
  onpress(id: string | undefined, isAdding: boolean, isTouch: boolean): void
  /** A finger took hold of it. */
  onhold(id: string): void
  ondrop(): void
  onlasso(area: Rect, isAdding: boolean): void
}

interface Press {
  readonly pointer: number
  readonly surface: Element | undefined
  readonly id: string | undefined
  readonly client: { clientX: number; clientY: number }
  readonly at: Point
  /** The gesture is ours, not the camera's. */
  isOurs: boolean
  isTouch: boolean
  hasMoved: boolean
}

/** Pointers on the board: press, drag, lasso. Panning and zooming are the camera's. */
export class Gestures {
  #camera: Camera
  #drag: Drag
  #hands: Hands
  #press: Press | undefined
  #holding: ReturnType<typeof setTimeout> | undefined
  #lasso = $state.raw<Rect | undefined>()
  /** One finger draws a frame around notes instead of moving the board. */
  isSelecting = $state(false)

  constructor(camera: Camera, drag: Drag, hands: Hands) {
    this.#camera = camera
    this.#drag = drag
    this.#hands = hands
  }

  /** The frame being drawn, on the board. Watched. */
  get lasso(): Rect | undefined {
    return this.#lasso
  }

  /** Which gestures the camera may take: asked after `down` has seen the same press. */
  mayPan = (event: Event): boolean => {
    if (isControl(event)) return false
    if (event instanceof WheelEvent) return !this.#drag.isOn
    if (isTouch(event)) {
      if (event.touches.length > 1) {
        this.cancel()
        return true
      }
      return !this.#press?.isOurs
    }
    return event instanceof MouseEvent && event.button === 0 && !this.#press?.isOurs
  }

  /** While a finger drags a note the camera must not hear it move. */
  keepFromCamera = (event: Event): void => {
    if (!this.#press?.isOurs || !this.#press.isTouch) return
    event.stopPropagation()
  }

  down = (event: PointerEvent): void => {
    if (event.button !== 0 || !event.isPrimary || isControl(event)) return
    const id = this.#hands.itemAt(event)
    const isTouch = event.pointerType === 'touch'
    const isFrame = id === undefined && (event.shiftKey || this.isSelecting)
    const isGrip = id !== undefined && this.#hands.loadOf(id) !== undefined
    this.#press = {
      pointer: event.pointerId,
      surface: event.currentTarget instanceof Element ? event.currentTarget : undefined,
      id,
      client: { clientX: event.clientX, clientY: event.clientY },
      at: this.#camera.toBoard(event),
      isOurs: isFrame || (isGrip && (!isTouch || this.#hands.isSelected(id))),
      isTouch,
      hasMoved: false,
    }
    if (isTouch && isGrip && !this.#press.isOurs) {
      this.#holding = setTimeout(() => {
        this.#takeHold()
      }, HOLD_MS)
    }
  }

  move = (event: PointerEvent): void => {
    const press = this.#press
    if (press?.pointer !== event.pointerId) return
    const x = event.clientX - press.client.clientX
    const y = event.clientY - press.client.clientY
    if (!press.hasMoved) {
      if (Math.hypot(x, y) < TREMBLE_PX * (press.isTouch ? 2 : 1)) return
      press.hasMoved = true
      clearTimeout(this.#holding)
      if (press.isOurs) this.#begin(press)
    }
    if (!press.isOurs) return
    const at = this.#camera.toBoard(event)
    if (this.#drag.isOn) this.#drag.move(at)
    else if (this.#lasso) this.#lasso = spanned(press.at, at)
  }

  up = (event: PointerEvent): void => {
    const press = this.#press
    if (press?.pointer !== event.pointerId) return
    clearTimeout(this.#holding)
    this.#press = undefined
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey || this.isSelecting
    const lasso = this.#lasso
    this.#lasso = undefined
    if (this.#drag.isOn) this.#hands.ondrop()
    else if (lasso) this.#hands.onlasso(lasso, isAdding)
    else if (!press.hasMoved) this.#hands.onpress(press.id, isAdding, press.isTouch)
  }

  /** Nothing happened: another finger came, Esc was pressed, the system took the pointer. */
  cancel = (): void => {
    clearTimeout(this.#holding)
    this.#press = undefined
    this.#lasso = undefined
    this.#drag.cancel()
  }

  #begin(press: Press): void {
    press.surface?.setPointerCapture(press.pointer)
    const load = press.id === undefined ? undefined : this.#hands.loadOf(press.id)
    if (load) this.#drag.begin(load, press.at)
    else this.#lasso = spanned(press.at, press.at)
  }

  #takeHold(): void {
    const press = this.#press
    if (press?.id === undefined) return
    press.isOurs = true
    navigator.vibrate?.(15)
    this.#hands.onhold(press.id)
  }
}

/** The note or cluster whose grip was pressed. */
export function itemOf(event: Event): string | undefined {
  if (!(event.target instanceof Element)) return undefined
  return event.target.closest<HTMLElement>('[data-grip]')?.dataset.grip
}

/** Buttons and fields on the board keep their own behaviour. */
function isControl(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('button, input') !== null
}

function isTouch(event: Event): event is TouchEvent {
  return 'touches' in event
}
