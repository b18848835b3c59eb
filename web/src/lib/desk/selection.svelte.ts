import { SvelteSet } from 'svelte/reactivity'

/** The notes and clusters that a person has chosen on this device. */
export class Selection {
  #ids = new SvelteSet<string>()
  #last: string | undefined

  get size(): number {
    return this.#ids.size
  }

  /** Ids of the chosen notes, in the order in which they were chosen. */
  get notes(): string[] {
    return [...this.#ids].filter((id) => id.startsWith('note_'))
  }

  /** Ids of the chosen clusters, in the order in which they were chosen. */
  get clusters(): string[] {
    return [...this.#ids].filter((id) => id.startsWith('cluster_'))
  }

  /** Watched, per id. */
  has(id: string): boolean {
    return this.#ids.has(id)
  }

  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id)
    this.#last = id
  }

  add(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#ids.add(id)
      this.#last = id
    }
  }

  remove(ids: Iterable<string>): void {
    for (const id of ids) this.#ids.delete(id)
  }

  /** Choose these and nothing else. */
  only(...ids: string[]): void {
    this.#ids.clear()
    this.add(ids)
  }

  /** Choose everything in `order` from the one touched last up to `id`, as with Shift. */
  rangeTo(id: string, order: readonly string[]): void {
    const to = order.indexOf(id)
    const from = this.#last === undefined ? to : order.indexOf(this.#last)
    if (to < 0) return
    const [first, last] = from < 0 || from > to ? [to, Math.max(from, to)] : [from, to]
    this.add(order.slice(first, last + 1))
    this.#last = id
  }

  clear(): void {
    this.#ids.clear()
    this.#last = undefined
  }

  /** Let go of what is not there any more. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of [...this.#ids]) if (!isThere(id)) this.#ids.delete(id)
  }
}
