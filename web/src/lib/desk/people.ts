/** The people at a desk as their list shows them. */

import { t } from '../i18n/i18n.svelte'
import type { Person } from '../protocol'
import type { LiveDesk } from '../sync/live.svelte'

export type Where = 'here' | 'away' | 'removed'

export interface Listed {
  readonly where: Where
  readonly people: readonly Person[]
}

/** Whoever lists them: a live desk, or as much of it as that needs. */
export type Seen = Pick<LiveDesk, 'desk' | 'names' | 'presence'>

/** What somebody is called; by their role while they have no name. */
export function nameOf(live: Seen, person: string): string {
  const role = live.desk.get('person', person)?.role ?? 'participant'
  return live.names.get(person) ?? t(`role.${role}`)
}

/** Who is here, by name; if asked for, also who is away and who was sent away. */
export function attendance(live: Seen, withAll: boolean): Listed[] {
  const groups: Record<Where, Person[]> = { here: [], away: [], removed: [] }
  for (const person of live.desk.all('person')) groups[whereIs(live, person)].push(person)
  const wheres: Where[] = withAll ? ['here', 'away', 'removed'] : ['here']
  return wheres
    .map((where) => ({
      where,
      people: groups[where].sort((a, b) =>
        nameOf(live, a.id).localeCompare(nameOf(live, b.id), 'fi'),
      ),
    }))
    .filter(({ people }) => people.length > 0)
}

function whereIs(live: Seen, person: Person): Where {
  if (person.removed_ms !== undefined) return 'removed'
  return live.presence.has(person.id) ? 'here' : 'away'
}
