/** What letting go of something over something means. Pure; the menu entries do the same. */

import type { Desk } from '../desk/desk.svelte'

export type Drop =
  | { readonly t: 'place' }
  | { readonly t: 'stay' }
  | { readonly t: 'into'; readonly cluster: string }
  | { readonly t: 'group'; readonly note: string }
  | { readonly t: 'merge'; readonly into: string }

/** What is dragged: notes, clusters with their notes, or both. */
export interface Load {
  readonly notes: readonly string[]
  readonly clusters: readonly string[]
}

/** `under` is the uppermost item below the pointer that is not dragged itself. */
export function dropOf(desk: Desk, load: Load, under: string | undefined, mayGroup: boolean): Drop {
  const note = desk.get('note', under)
  const cluster = note ? note.cluster : under
  if (load.clusters.length > 0) {
    const isMerge = load.notes.length === 0 && cluster !== undefined && mayGroup
    return isMerge ? { t: 'merge', into: cluster } : { t: 'place' }
  }
  if (cluster !== undefined) {
    const isInside = load.notes.every((id) => desk.get('note', id)?.cluster === cluster)
    if (isInside) return { t: 'stay' }
    return mayGroup ? { t: 'into', cluster } : { t: 'place' }
  }
  return note && mayGroup && !note.is_hidden ? { t: 'group', note: note.id } : { t: 'place' }
}

/** The item to light up while it is over it. */
export function targetOf(drop: Drop): string | undefined {
  if (drop.t === 'into') return drop.cluster
  if (drop.t === 'group') return drop.note
  return drop.t === 'merge' ? drop.into : undefined
}
