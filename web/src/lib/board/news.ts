/** What others did, counted: one sentence for many changes. */

import type { Desk } from '../desk/desk.svelte'
import type { Patch } from '../protocol'

export interface News {
  /** Notes that were written. */
  added: number
  /** Notes whose text changed or that were removed. */
  changed: number
  /** Clusters made, gone, named or with other notes. */
  clusters: number
}

/** Counts until they are read. Told of patches before they are applied. */
export class NewsCount {
  #added = new Set<string>()
  #changed = new Set<string>()
  #clusters = new Set<string>()
  #desk: Pick<Desk, 'confirmed'>
  #isMine: (id: string) => boolean

  constructor(desk: Pick<Desk, 'confirmed'>, isMine: (id: string) => boolean) {
    this.#desk = desk
    this.#isMine = isMine
  }

  take(patches: readonly Patch[]): void {
    for (const patch of patches) {
      for (const [id, change] of Object.entries(patch)) {
        if (this.#isMine(id)) continue
        const before = this.#desk.confirmed(id)
        if (id.startsWith('cluster_')) {
          if (change === null || before === undefined || 'title' in change) this.#clusters.add(id)
        } else if (id.startsWith('note_')) {
          if (before?.t !== 'note') {
            if (change !== null) this.#added.add(id)
          } else if (change === null || 'text' in change) {
            this.#changed.add(id)
          } else if ('cluster' in change) {
            const cluster = change.cluster ?? before.cluster
            if (typeof cluster === 'string' && !this.#isMine(cluster)) this.#clusters.add(cluster)
          }
        }
      }
    }
  }

  /** What has been since the last reading; undefined when that is nothing. */
  read(): News | undefined {
    const news = {
      added: this.#added.size,
      changed: [...this.#changed].filter((id) => !this.#added.has(id)).length,
      clusters: this.#clusters.size,
    }
    this.#added.clear()
    this.#changed.clear()
    this.#clusters.clear()
    return news.added + news.changed + news.clusters > 0 ? news : undefined
  }
}
