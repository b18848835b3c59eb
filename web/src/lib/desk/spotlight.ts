/** The cluster that facilitators let everybody look at. */

import type { Cluster } from '../protocol'
import type { Desk } from './desk.svelte'
import { clusterBox, type Rect } from './layout'

/** The cluster in the spotlight, while it is there. Watched. */
export function spotlit(desk: Desk): Cluster | undefined {
  return desk.get('cluster', desk.info?.spotlight)
}

/** What a projector's board is fitted to: the spotlight, else an area; undefined is everything. */
export function framedOn(desk: Desk): Rect | undefined {
  const cluster = spotlit(desk)
  if (cluster) return clusterBox(cluster.at, desk.noteIds(cluster.id).length)
  const area = desk.get('area', desk.info?.screen_area)
  return area && { ...area.at, width: area.width, height: area.height }
}
