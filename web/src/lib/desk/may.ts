import { ALWAYS, FROM_SECTION, LEFT_TO_MUTED, NEEDS } from '../protocol'
import type { Command, May, Note, Person, Role, Whose } from '../protocol'
import type { Desk } from './desk.svelte'

/** Whose notes this role may do it to now; undefined when not at all. The server's own table. */
export function whose(desk: Desk, role: Role, may: May, person?: Person): Whose | undefined {
  if (person?.is_muted && !LEFT_TO_MUTED.includes(may)) return undefined
  const always = ALWAYS[role][may]
  if (always !== undefined || !FROM_SECTION.includes(role)) return always
  return desk.openSection?.grants[may]
}

/** Whether the permission covers this note of this person. */
export function covers(scope: Whose | undefined, note: Note, person: Person | undefined): boolean {
  if (scope === undefined) return false
  if (scope === 'all' || (person !== undefined && note.author === person.id)) return true
  return (
    scope === 'organisation' &&
    note.organisation !== undefined &&
    note.organisation === person?.organisation
  )
}

/**
 * Whether the server may still take what was begun in this section, though it has closed (D6, D7).
 * Only the server knows whether that was too long ago.
 */
export function mayFinish(desk: Desk, may: May, section: string | undefined): boolean {
  const began = desk.get('section', section)
  return (
    began?.state === 'closed' && began.grants[may] !== undefined && desk.info?.late !== 'refuse'
  )
}

/** Who came by a link for the card, or for what was reached of it: they see no more of the desk. */
export function isGuest(role: Role): boolean {
  return role === 'commenter' || role === 'reporter'
}

/** Works on the desk: may take it away as a file, and look back. */
export function isAtTheDesk(role: Role): boolean {
  return role === 'facilitator' || role === 'secretary' || role === 'participant'
}

export function needs(command: Command['t']): May {
  return NEEDS[command]
}
