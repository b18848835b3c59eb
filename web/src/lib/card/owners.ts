/** Who can be named as answering for something. */

import { isGuest } from '../desk/may'
import type { LiveDesk } from '../sync/live.svelte'
import { ownerName } from './names'
import { networks } from './slots'

export interface Owner {
  readonly id: string
  readonly name: string
}

/** Networks, organisations, and the people at the desk whose names the reader sees, by name. */
export function ownersFor(live: Pick<LiveDesk, 'desk' | 'names'>): Owner[] {
  const people = live.desk.all('person').filter(({ id, role, removed_ms }) => {
    return live.names.has(id) && !isGuest(role) && role !== 'viewer' && removed_ms === undefined
  })
  return [
    ...networks(live.desk).map(named),
    ...live.desk.all('organisation').map(named).sort(byName),
    ...people.map(named).sort(byName),
  ]

  function named({ id }: { id: string }): Owner {
    return { id, name: ownerName(live, id) }
  }
}

function byName(a: Owner, b: Owner): number {
  return a.name.localeCompare(b.name, 'fi')
}
