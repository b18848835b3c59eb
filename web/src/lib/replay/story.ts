/** What happened, in sentences: the same as the board shows, for who reads or listens. */

import { measureTitle } from '../desk/measures'
import { networkName } from '../card/names'
import type { Key, Values } from '../i18n/i18n.svelte'
import { textIn } from '../i18n/text'
import type { AnyRecord, Note } from '../protocol'
import type { Scene, State } from './film'

export interface Happening {
  readonly at_ms: number
  readonly key: Key
  readonly values: Values
}

type Told = readonly [Key, Values?]

/** The happenings of some scenes, in order. Moves are counted: where to is for the eyes. */
export function storyOf(scenes: Iterable<Scene>): Happening[] {
  const story: Happening[] = []
  for (const { entry, touched, after } of scenes) {
    let moved = 0
    const grouped = new Map<string, number>()
    for (const [old, now] of touched.values()) {
      if (old?.t === 'note' && now?.t === 'note') {
        if (now.cluster !== undefined && now.cluster !== old.cluster) {
          grouped.set(now.cluster, (grouped.get(now.cluster) ?? 0) + 1)
        } else if (isMoved(old, now)) moved++
      }
      for (const [key, values = {}] of told(old, now, after)) {
        story.push({ at_ms: entry.at_ms, key, values })
      }
    }
    for (const [cluster, count] of grouped) {
      const values = { count, title: titleOf(after, cluster) }
      story.push({ at_ms: entry.at_ms, key: 'replay.did.grouped', values })
    }
    if (moved > 0) addMoves(story, entry.at_ms, moved)
  }
  return story
}

/** One after the other they are one sentence. */
function addMoves(story: Happening[], at_ms: number, count: number): void {
  const last = story.at(-1)
  const before = last?.key === 'replay.did.moved' ? Number(last.values.count) : 0
  if (before > 0) story.pop()
  story.push({ at_ms, key: 'replay.did.moved', values: { count: before + count } })
}

function told(old: AnyRecord | undefined, now: AnyRecord | undefined, after: State): Told[] {
  switch ((now ?? old)?.t) {
    case 'section':
      return section(old, now)
    case 'note':
      return note(old, now, after)
    case 'cluster':
      return cluster(old, now)
    case 'measure':
      return measure(old, now)
    case 'goal':
      return goal(old, now, after)
    case 'text':
      return cardText(old, now)
    case 'figure':
      return figure(old, now)
    case 'round':
      return round(old, now)
    case 'card':
      return old?.t === 'card' && now?.t === 'card' && old.state !== now.state
        ? [['replay.did.card_state', { state: now.state }]]
        : []
    default:
      return []
  }
}

function section(old: AnyRecord | undefined, now: AnyRecord | undefined): Told[] {
  if (now?.t !== 'section') return []
  const was = old?.t === 'section' ? old.state : undefined
  const values = { title: textIn(now.title) }
  if (now.state === 'open' && was !== 'open') return [['replay.did.section_opened', values]]
  if (was === 'open' && now.state !== 'open') return [['replay.did.section_closed', values]]
  return []
}

function note(old: AnyRecord | undefined, now: AnyRecord | undefined, after: State): Told[] {
  const before = old?.t === 'note' && isShown(old) ? old : undefined
  const later = now?.t === 'note' && isShown(now) ? now : undefined
  if (!later) {
    return before && !now ? [['replay.did.note_removed', { text: before.text }]] : []
  }
  if (!before) {
    const of = after.get(later.organisation ?? '')
    const organisation = of?.t === 'organisation' ? of.name : ''
    const key = old ? 'replay.did.note_revealed' : 'replay.did.note_added'
    return [[key, { text: later.text, organisation: organisation || '–' }]]
  }
  const values = { text: later.text, old: before.text }
  const said: Told[] = []
  if (before.text !== later.text) said.push(['replay.did.note_edited', values])
  if (before.parked_ms === undefined && later.parked_ms !== undefined)
    said.push(['replay.did.note_parked', values])
  if (before.parked_ms !== undefined && later.parked_ms === undefined)
    said.push(['replay.did.note_unparked', values])
  return said
}

function cluster(old: AnyRecord | undefined, now: AnyRecord | undefined): Told[] {
  const before = old?.t === 'cluster' ? old.title : undefined
  const later = now?.t === 'cluster' ? now.title : undefined
  if (before === undefined && later !== undefined)
    return [['replay.did.cluster_made', { title: later }]]
  if (before !== undefined && later === undefined)
    return [['replay.did.cluster_gone', { title: before }]]
  if (before === undefined || later === undefined || before === later) return []
  return [['replay.did.cluster_named', { old: before, title: later }]]
}

function measure(old: AnyRecord | undefined, now: AnyRecord | undefined): Told[] {
  if (now?.t !== 'measure') return []
  const before = old?.t === 'measure' ? old : undefined
  const said: Told[] = []
  if (before?.state !== now.state)
    said.push(['replay.did.measure', { name: measureTitle(now), state: now.state }])
  if (before && before.name !== now.name)
    said.push(['replay.did.measure_named', { old: before.name, name: now.name }])
  return said
}

function goal(old: AnyRecord | undefined, now: AnyRecord | undefined, after: State): Told[] {
  const before = old?.t === 'goal' ? old : undefined
  if (now?.t !== 'goal') {
    return before ? [['replay.did.goal_removed', { text: before.text }]] : []
  }
  const network = after.get(now.network)
  const values = {
    text: now.text,
    state: now.state,
    network: networkName(network?.t === 'network' ? network : undefined),
  }
  const said: Told[] = []
  if (before?.state !== now.state) said.push(['replay.did.goal', values])
  if (before && before.text !== now.text)
    said.push(['replay.did.goal_reworded', { old: before.text, text: now.text }])
  return said
}

function cardText(old: AnyRecord | undefined, now: AnyRecord | undefined): Told[] {
  const before = old?.t === 'text' ? old.text : undefined
  const later = now?.t === 'text' ? now.text : undefined
  if (before === later) return []
  if (before === undefined) return [['replay.did.text_added', { text: later ?? '' }]]
  if (later === undefined) return [['replay.did.text_removed', { text: before }]]
  return [['replay.did.text_edited', { old: before, text: later }]]
}

function figure(old: AnyRecord | undefined, now: AnyRecord | undefined): Told[] {
  if (old?.t !== 'figure' || now?.t !== 'figure' || old.value === now.value) return []
  return [['replay.did.figure', { label: textIn(now.label), value: now.value ?? '–' }]]
}

function round(old: AnyRecord | undefined, now: AnyRecord | undefined): Told[] {
  if (now?.t !== 'round') return []
  const was = old?.t === 'round' ? old.state : undefined
  if (was === now.state || now.state === 'planned') return []
  const key = now.state === 'open' ? 'replay.did.round_opened' : 'replay.did.round_closed'
  return [[key, { title: now.title }]]
}

/** Others get of a hidden note that there is one, and no text. */
function isShown(note: Note): boolean {
  return !note.is_hidden && 'text' in note
}

function isMoved(old: Note, now: Note): boolean {
  return isShown(old) && isShown(now) && (old.at.x !== now.at.x || old.at.y !== now.at.y)
}

function titleOf(state: State, cluster: string): string {
  const found = state.get(cluster)
  return found?.t === 'cluster' ? found.title : '–'
}
