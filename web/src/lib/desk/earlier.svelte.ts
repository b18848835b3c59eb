/** Boards of earlier workshops: to be read, and to lie faintly behind the present one. */

import type { Cluster, Note, Workshop } from '../protocol'
import type { Desk } from './desk.svelte'

export interface EarlierBoard {
  readonly workshop: Workshop
  readonly groups: readonly { readonly cluster?: Cluster; readonly notes: readonly Note[] }[]
}

/** The boards of other workshops on which something lies, the latest first. Watches their notes. */
export function earlierBoards(desk: Desk): EarlierBoard[] {
  const current = desk.info?.workshop
  return desk
    .all('workshop')
    .filter((workshop) => workshop.id !== current)
    .sort((a, b) => b.number - a.number)
    .map((workshop) => ({ workshop, groups: groupsOf(desk, workshop.id) }))
    .filter(({ groups }) => groups.length > 0)
}

function groupsOf(desk: Desk, workshop: string): EarlierBoard['groups'] {
  const isThere = (note: Note) => note.workshop === workshop && !note.is_hidden
  const clusters = desk
    .all('cluster')
    .filter((cluster) => cluster.workshop === workshop)
    .map((cluster) => ({ cluster, notes: desk.notesIn(cluster.id).filter(isThere) }))
  const loose = desk.notesIn().filter(isThere)
  return loose.length > 0 ? [...clusters, { notes: loose }] : clusters
}

/** Which of them lies behind the present board, on this page. */
class Behind {
  /** Id of its workshop. */
  workshop = $state<string>()
}

export const behind = new Behind()
