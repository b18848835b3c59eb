import { areaRect, areasOn } from '../desk/areas'
import type { Rect } from '../desk/layout'
import { editArea, LEAST_SIDE } from '../desk/leading'
import { told } from '../desk/refusal'
import type { Area } from '../protocol'
import type { LiveDesk } from '../sync/live.svelte'
import type { Camera } from './camera.svelte'

export type Hold = 'move' | 'size'

const STEP_PX = 20
const BIG_STEP_PX = 100
const STEPS: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The areas of a board, and the one that a hand moves or resizes just now. */
export class Areas {
  #live: LiveDesk
  #camera: Camera
  #held = $state.raw<{ id: string; rect: Rect } | undefined>()
  #grip: { pointer: number; hold: Hold; from: Rect; x: number; y: number } | undefined

  constructor(live: LiveDesk, camera: Camera) {
    this.#live = live
    this.#camera = camera
  }

  /** Watched. */
  get all(): Area[] {
    return areasOn(this.#live.desk)
  }

  /** Where an area is shown: under the hand that holds it. Watched. */
  rectOf(area: Area): Rect {
    return this.#held?.id === area.id ? this.#held.rect : areaRect(area)
  }

  /** A hand takes hold of the area's title or of its corner. */
  take(event: PointerEvent & { currentTarget: HTMLElement }, area: Area, hold: Hold): void {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { clientX: x, clientY: y, pointerId: pointer } = event
    this.#grip = { pointer, hold, from: areaRect(area), x, y }
  }

  drag(event: PointerEvent, area: Area): void {
    const grip = this.#grip
    if (grip?.pointer !== event.pointerId) return
    const right = (event.clientX - grip.x) / this.#camera.k
    const down = (event.clientY - grip.y) / this.#camera.k
    this.#held = { id: area.id, rect: changed(grip.from, grip.hold, right, down) }
  }

  /** The hand lets go; whether it had moved anything. */
  async drop(event: PointerEvent, area: Area): Promise<void> {
    if (this.#grip?.pointer !== event.pointerId) return
    this.#grip = undefined
    const rect = this.#held?.rect
    if (!rect) return
    await this.#save(area, rect)
    this.#held = undefined
  }

  /** Nothing happened. */
  cancel(): void {
    this.#grip = undefined
    this.#held = undefined
  }

  /** The arrows move an area or its corner, with Shift by more; whether the key was one. */
  nudge(event: KeyboardEvent, area: Area, hold: Hold): boolean {
    const step = STEPS[event.key]
    if (!step || event.ctrlKey || event.metaKey) return false
    const by = event.shiftKey ? BIG_STEP_PX : STEP_PX
    void this.#save(area, changed(areaRect(area), hold, step[0] * by, step[1] * by))
    return true
  }

  async #save(area: Area, { x, y, width, height }: Rect): Promise<void> {
    await told(editArea(this.#live, { ...area, at: { x, y }, width, height }))
  }
}

function changed(from: Rect, hold: Hold, right: number, down: number): Rect {
  if (hold === 'move') return { ...from, x: from.x + right, y: from.y + down }
  return {
    ...from,
    width: Math.max(LEAST_SIDE, from.width + right),
    height: Math.max(LEAST_SIDE, from.height + down),
  }
}
