/**
 * Everything that a person can do, once: the list, the board and the card call the same.
 *
 * A refusal of an act on notes, clusters or the agenda is told in a notice; but a refused note
 * text is kept in `live.refused`, and shown with its reason from there. Acts on measures, goals and the card tell nothing themselves:
 * their dialogs stay open and show why.
 */

import { clusterBox, NOTE_HEIGHT, NOTE_WIDTH } from './layout'
import type {
  AddNote,
  Advance,
  Command,
  EditNote,
  Late,
  Note,
  Point,
  PromoteMeasure,
} from '../protocol'
import type { LiveDesk, Outcome } from '../sync/live.svelte'
import type { Desk } from './desk.svelte'
import { newId } from './ids'
import { FreePlaces, isOnAnother, laneOf, onBoard, takenOn } from './place'
import { hiddenOn } from './privacy'
import { told } from './refusal'

/** Whoever acts: a live desk, or as much of it as acting needs. */
export type Actor = Pick<LiveDesk, 'desk' | 'person' | 'ask' | 'mayTouch'>

/** Something new: its id at once, the outcome when it is known. */
export interface Making {
  readonly id: string
  readonly done: Promise<Outcome>
}

export type Details = Pick<AddNote, 'unit' | 'source' | 'interval' | 'target_group'>
export type NewNote = Details & {
  text: string
  organisation?: string | undefined
  at?: Point
  /** The section in which it was begun, where that is not the one that is open now. */
  section?: string | undefined
}

const DEFAULT_TITLE_CHARACTERS = 60
/** Records that one command may name. */
const MAX_AT_ONCE = 1_000

// --- notes ---------------------------------------------------------------------------------

/** Write a note. Without `at` it lands in its organisation's lane, on top of nothing. */
export function addNote(live: Actor, note: NewNote): Making {
  const [made] = addNotes(live, [note])
  if (!made) throw new Error('one note in, one note out')
  return made
}

/** Write several notes, in this order. */
export function addNotes(live: Actor, notes: readonly NewNote[]): Making[] {
  const places = new FreePlaces(takenOn(live.desk))
  return notes.map(({ organisation, at, section, ...rest }) => {
    const id = newId('note')
    const lane = laneOf(live.desk, organisation ?? live.person?.organisation)
    const command: AddNote = { t: 'note.add', id, ...rest, at: onBoard(at ?? places.near(lane)) }
    if (organisation !== undefined) command.organisation = organisation
    const done = live.ask(command, section)
    if (at === undefined) void moveApart(live, id, lane, done)
    return { id, done }
  })
}

/** Change a note's text or details; `base` is the note that was on the screen when editing began. */
export function editNote(
  live: Actor,
  base: Pick<Note, 'id' | 'version'>,
  changes: Omit<EditNote, 't' | 'id' | 'base'>,
  section?: string,
): Promise<Outcome> {
  const asked = live.ask({ t: 'note.edit', id: base.id, base: base.version, ...changes }, section)
  return changes.text === undefined ? told(asked) : asked
}

export function moveNotes(live: Actor, to: Readonly<Record<string, Point>>): Promise<Outcome> {
  return inParts(Object.entries(to), (part) => told(live.ask({ t: 'note.move', to: placed(part) })))
}

export function removeNotes(live: Actor, notes: readonly string[]): Promise<Outcome> {
  return inParts(notes, (part) => told(live.ask({ t: 'note.remove', notes: part })))
}

/** Take notes that were put aside onto the board; each to where it was written, or where `to` says. */
export function unparkNotes(
  live: Actor,
  notes: readonly string[],
  to: Readonly<Record<string, Point>> = {},
): Promise<Outcome> {
  const all = onto(live.desk, notes, to, (id) => live.desk.get('note', id)?.at ?? { x: 0, y: 0 })
  return inParts(all, (part) => told(live.ask({ t: 'note.unpark', to: placed(part) })))
}

// --- clusters ------------------------------------------------------------------------------

/** Make a cluster of notes. Without a title it gets that of its shortest note. */
export function groupNotes(
  live: Actor,
  notes: readonly string[],
  options: { title?: string | undefined; at?: Point | undefined } = {},
): Making {
  const id = newId('cluster')
  const title = options.title?.trim() || defaultTitle(live.desk, notes)
  const at = options.at ? onBoard(options.at) : placeForCluster(live.desk, notes)
  const done = inParts(notes, (part, index) =>
    told(
      live.ask(
        index === 0
          ? { t: 'cluster.make', id, notes: part, title, at }
          : { t: 'cluster.add', cluster: id, notes: part },
      ),
    ),
  )
  return { id, done }
}

export function addToCluster(
  live: Actor,
  cluster: string,
  notes: readonly string[],
): Promise<Outcome> {
  return inParts(notes, (part) => told(live.ask({ t: 'cluster.add', cluster, notes: part })))
}

/** Take notes out of their clusters; each goes to the nearest free place, or where `to` says. */
export function takeOut(
  live: Actor,
  notes: readonly string[],
  to: Readonly<Record<string, Point>> = {},
): Promise<Outcome> {
  const all = onto(live.desk, notes, to, (id) => besideCluster(live.desk, id))
  return inParts(all, (part) => told(live.ask({ t: 'cluster.take_out', to: placed(part) })))
}

export function renameCluster(live: Actor, cluster: string, title: string): Promise<Outcome> {
  return told(live.ask({ t: 'cluster.name', cluster, title: title.trim() }))
}

export function moveClusters(live: Actor, to: Readonly<Record<string, Point>>): Promise<Outcome> {
  return told(live.ask({ t: 'cluster.move', to: placed(Object.entries(to)) }))
}

/** Bring the notes of `clusters` into one of them; `into` itself is left out of them. */
export function mergeClusters(
  live: Actor,
  into: string,
  clusters: readonly string[],
): Promise<Outcome> {
  const others = clusters.filter((id) => id !== into)
  return told(live.ask({ t: 'cluster.merge', into, clusters: others }))
}

/** Make a new cluster of some notes of a cluster. */
export function splitCluster(
  live: Actor,
  cluster: string,
  notes: readonly string[],
  options: { votes?: 'stay' | 'move' | undefined } = {},
): Making {
  const id = newId('cluster')
  const title = defaultTitle(live.desk, notes)
  const at = placeForCluster(live.desk, notes)
  const command: Command = { t: 'cluster.split', cluster, notes: [...notes], id, title, at }
  if (options.votes !== undefined) command.votes = options.votes
  return { id, done: told(live.ask(command)) }
}

/** Let the notes of a cluster go free; each goes to a free place near the cluster. */
export function dissolve(live: Actor, cluster: string): Promise<Outcome> {
  const places = new FreePlaces(takenOn(live.desk, new Set([cluster])))
  const at = live.desk.get('cluster', cluster)?.at ?? { x: 0, y: 0 }
  const to = live.desk.noteIds(cluster).map((id): [string, Point] => [id, places.near(at)])
  return told(live.ask({ t: 'cluster.dissolve', cluster, to: placed(to) }))
}

// --- measures and goals --------------------------------------------------------------------

export function proposeMeasure(
  live: Actor,
  cluster: string,
  saying: Record<'name' | 'unit' | 'source' | 'interval', string>,
): Making {
  const id = newId('measure')
  const command: Command = {
    t: 'measure.propose',
    id,
    cluster,
    name: saying.name.trim(),
    unit: saying.unit.trim() || null,
    source: saying.source.trim() || null,
    interval: saying.interval.trim() || null,
  }
  return { id, done: live.ask(command) }
}

export function withdrawMeasure(live: Actor, id: string): Promise<Outcome> {
  return live.ask({ t: 'measure.withdraw', id })
}

/** Make a measure a goal. Refused with `goal.slots_full` when the network has its goals. */
export function promote(live: Actor, goal: Omit<PromoteMeasure, 't' | 'id'>): Making {
  const id = newId('goal')
  return { id, done: live.ask({ t: 'goal.promote', id, ...goal }) }
}

// --- private writing -----------------------------------------------------------------------

/** Show everybody what was written in private. The server reveals so many at once. */
export async function revealNotes(live: Actor): Promise<Outcome> {
  const workshop = live.desk.info?.workshop ?? ''
  for (;;) {
    const before = hiddenOn(live.desk).notes
    const outcome = await told(live.ask({ t: 'note.reveal', workshop }))
    const after = hiddenOn(live.desk).notes
    if (!outcome.ok || after === 0 || after === before) return outcome
  }
}

// --- the agenda ----------------------------------------------------------------------------

export function openSection(live: Actor, section: string): Promise<Outcome> {
  return told(live.ask({ t: 'section.open', section }))
}

export function closeSection(live: Actor, section: string): Promise<Outcome> {
  return told(live.ask({ t: 'section.close', section }))
}

/** Move the end of the open section; fewer minutes shorten it. */
export function extendSection(live: Actor, section: string, minutes: number): Promise<Outcome> {
  return told(live.ask({ t: 'section.extend', section, minutes }))
}

export function pauseSection(live: Actor, section: string): Promise<Outcome> {
  return told(live.ask({ t: 'section.pause', section }))
}

export function resumeSection(live: Actor, section: string): Promise<Outcome> {
  return told(live.ask({ t: 'section.resume', section }))
}

/** Hold a section before another one, or last. */
export function moveSection(live: Actor, section: string, before: string | null): Promise<Outcome> {
  return told(live.ask({ t: 'section.move', section, before }))
}

export function removeSection(live: Actor, section: string): Promise<Outcome> {
  return told(live.ask({ t: 'section.remove', section }))
}

/** Pass a planned section over, or take it back. */
export function skipSection(live: Actor, section: string, isSkipped: boolean): Promise<Outcome> {
  return told(live.ask({ t: 'section.skip', section, is_skipped: isSkipped }))
}

/** Say who goes on to the next section, and how long after the end of one. */
export function setAdvance(live: Actor, advance: Advance, grace_s: number): Promise<Outcome> {
  return told(live.ask({ t: 'desk.advance', advance, grace_s }))
}

export function setWorkshopDate(live: Actor, workshop: string, date: string): Promise<Outcome> {
  return told(live.ask({ t: 'workshop.date', workshop, date: date || null }))
}

/** Plan a workshop as the one before it, with what was agreed first. */
export function continueWorkshop(live: Actor, workshop: string, after: string): Promise<Outcome> {
  const copies = (ids: readonly string[], kind: 'section' | 'area') =>
    Object.fromEntries(ids.map((id) => [id, newId(kind)]))
  const of = <Item extends { id: string; workshop: string }>(items: readonly Item[]) =>
    items.filter((item) => item.workshop === after).map((item) => item.id)
  return told(
    live.ask({
      t: 'workshop.continue',
      workshop,
      after,
      review: newId('section'),
      sections: copies(of(live.desk.all('section')), 'section'),
      areas: copies(of(live.desk.all('area')), 'area'),
    }),
  )
}

// --- the desk -------------------------------------------------------------------------------

/** Say what becomes of what arrives after its section was closed. */
export function setLateRule(live: Actor, late: Late): Promise<Outcome> {
  return told(live.ask({ t: 'desk.late', late }))
}

// --- what the acts have in common ----------------------------------------------------------

/** What a new cluster is called: the shortest of its notes says it best. */
export function defaultTitle(desk: Desk, notes: readonly string[]): string {
  let shortest: string | undefined
  for (const id of notes) {
    const text = desk.get('note', id)?.text.trim().replace(/\s+/g, ' ')
    if (text && (shortest === undefined || text.length < shortest.length)) shortest = text
  }
  if (shortest === undefined) return '–'
  if (shortest.length <= DEFAULT_TITLE_CHARACTERS) return shortest
  return `${shortest.slice(0, DEFAULT_TITLE_CHARACTERS - 1).trimEnd()}…`
}

/** A free place for a box around these notes, near where they lie. */
function placeForCluster(desk: Desk, notes: readonly string[]): Point {
  const chosen = new Set(notes)
  const at = notes
    .map((id) => desk.get('note', id))
    .flatMap((note) => (note ? [clusterOf(desk, note)?.at ?? note.at] : []))
  const wish = {
    x: at.reduce((sum, point) => sum + point.x, 0) / Math.max(1, at.length),
    y: at.reduce((sum, point) => sum + point.y, 0) / Math.max(1, at.length),
  }
  const box = clusterBox(wish, notes.length)
  return new FreePlaces(takenOn(desk, chosen)).near(wish, box.width, box.height)
}

/** To the right of the note's cluster, at its top. */
function besideCluster(desk: Desk, noteId: string): Point {
  const note = desk.get('note', noteId)
  const cluster = note && clusterOf(desk, note)
  if (!cluster) return note?.at ?? { x: 0, y: 0 }
  const box = clusterBox(cluster.at, desk.noteIds(cluster.id).length)
  return { x: box.x + box.width + NOTE_WIDTH / 4, y: box.y + NOTE_HEIGHT / 2 }
}

function clusterOf(desk: Desk, note: Note) {
  return note.cluster === undefined ? undefined : desk.get('cluster', note.cluster)
}

/** Two people may have taken the same free place at once: the later note makes room. */
export async function moveApart(
  live: Actor,
  id: string,
  lane: Point,
  done: Promise<Outcome>,
): Promise<void> {
  if (!(await done).ok || !isOnAnother(live.desk, id)) return
  const note = live.desk.get('note', id)
  if (!note || !live.mayTouch('notes.move', note)) return
  await live.ask({ t: 'note.move', to: { [id]: new FreePlaces(takenOn(live.desk)).near(lane) } })
}

/** One command names so many records at most; the first refusal is the outcome. */
async function inParts<Item>(
  items: readonly Item[],
  ask: (part: Item[], index: number) => Promise<Outcome>,
): Promise<Outcome> {
  const parts: Promise<Outcome>[] = []
  for (let at = 0; at < items.length; at += MAX_AT_ONCE) {
    parts.push(ask(items.slice(at, at + MAX_AT_ONCE), parts.length))
  }
  const outcomes = await Promise.all(parts)
  return outcomes.find((outcome) => !outcome.ok) ?? { ok: true }
}

/** Where notes go on the board: where `to` says, else to the free place nearest to their wish. */
function onto(
  desk: Desk,
  notes: readonly string[],
  to: Readonly<Record<string, Point>>,
  wish: (id: string) => Point,
): [string, Point][] {
  const places = new FreePlaces(takenOn(desk))
  return notes.map((id) => [id, to[id] ?? places.near(wish(id))])
}

function placed(places: readonly (readonly [string, Point])[]): { [id: string]: Point } {
  return Object.fromEntries(places.map(([id, at]) => [id, onBoard(at)]))
}
