/** What the list shows: the board as headings and lists, filtered. Pure but for what it watches. */

import { areasOn, isIn } from '../desk/areas'
import type { Desk } from '../desk/desk.svelte'
import type { Area, Cluster, Note } from '../protocol'

export type Scope = 'all' | 'mine' | 'organisation' | 'loose'

export interface Filter {
  readonly text: string
  readonly scope: Scope
  /** Of one organisation only. */
  readonly organisation: string
}

export interface Group {
  /** Absent: notes that are in no cluster. */
  readonly cluster?: Cluster
  /** The area that loose notes lie in; absent: in none. */
  readonly area?: Area
  readonly notes: readonly string[]
  /** All notes of the group, also those that the filter leaves out. */
  readonly count: number
}

export const NO_FILTER: Filter = { text: '', scope: 'all', organisation: '' }

/** The groups in which something is left: clusters, loose notes by area, and the rest. */
export function groupsOf(
  desk: Desk,
  filter: Filter,
  me: string,
  mine: string | undefined,
): Group[] {
  const workshop = desk.info?.workshop
  const isAsked = matcher(desk, filter, me, mine)
  const groups: Group[] = []
  if (filter.scope !== 'loose') {
    for (const cluster of desk.all('cluster')) {
      if (cluster.workshop !== workshop) continue
      const ids = desk.noteIds(cluster.id)
      const isNamed = filter.text !== '' && contains(cluster.title, filter.text)
      const notes = isFiltering(filter) ? ids.filter((id) => isAsked(id, isNamed)) : ids
      if (notes.length > 0 || !isFiltering(filter) || (isNamed && filter.scope === 'all')) {
        groups.push({ cluster, notes, count: ids.length })
      }
    }
  }
  const loose = desk.noteIds().filter((id) => isOn(desk.get('note', id), workshop))
  for (const { area, inside } of byArea(desk, loose)) {
    const notes = isFiltering(filter) ? inside.filter((id) => isAsked(id, false)) : inside
    const isWorthIt = notes.length > 0 || (area !== undefined && !isFiltering(filter))
    if (isWorthIt) groups.push({ notes, count: inside.length, ...(area && { area }) })
  }
  return groups
}

/** Loose notes by the area that they lie in, and those in none last. */
function byArea(desk: Desk, loose: readonly string[]): { area?: Area; inside: string[] }[] {
  const left = new Set(loose)
  const parts: { area?: Area; inside: string[] }[] = areasOn(desk).map((area) => {
    const inside = [...left].filter((id) => {
      const at = desk.get('note', id)?.at
      return at !== undefined && isIn(area, at)
    })
    for (const id of inside) left.delete(id)
    return { area, inside }
  })
  return [...parts, { inside: [...left] }]
}

export function isFiltering(filter: Filter): boolean {
  return filter.text.trim() !== '' || filter.scope !== 'all' || filter.organisation !== ''
}

/** The organisations behind these notes, as far as they are known. */
export function organisationsOf(desk: Desk, notes: readonly string[]): number {
  const organisations = new Set<string>()
  for (const id of notes) {
    const organisation = desk.get('note', id)?.organisation
    if (organisation !== undefined) organisations.add(organisation)
  }
  return organisations.size
}

/** Somebody else's hidden notes: that they are there is all that is known (V3). */
export function hiddenCount(desk: Desk): number {
  return desk.notesIn().filter((note) => note.is_hidden && !('text' in note)).length
}

function isOn(note: Note | undefined, workshop: string | undefined): boolean {
  return note !== undefined && 'text' in note && note.workshop === workshop
}

function matcher(desk: Desk, filter: Filter, me: string, mine: string | undefined) {
  return (id: string, isGroupNamed: boolean): boolean => {
    const note = desk.get('note', id)
    if (!note) return false
    if (filter.scope === 'mine' && note.author !== me) return false
    if (filter.scope === 'organisation' && (!mine || note.organisation !== mine)) return false
    if (filter.organisation !== '' && note.organisation !== filter.organisation) return false
    if (filter.text.trim() === '' || isGroupNamed) return true
    const organisation = desk.get('organisation', note.organisation)?.name ?? ''
    return contains([note.text, organisation, note.unit, note.target_group].join(' '), filter.text)
  }
}

/** Every word that is sought stands somewhere in the text. */
function contains(text: string, sought: string): boolean {
  const there = text.toLocaleLowerCase('fi')
  return sought
    .toLocaleLowerCase('fi')
    .split(/\s+/)
    .every((word) => there.includes(word))
}
