/** What has become of a desk between two moments: added, changed, removed, and why. */

import type { AnyRecord, Figure, Goal, Measure, Note } from '../protocol'
import type { State } from './film'

export const KINDS = ['note', 'cluster', 'measure', 'goal', 'text', 'figure'] as const
export type ChangedKind = (typeof KINDS)[number]
export const WHATS = ['added', 'changed', 'removed'] as const
export type What = (typeof WHATS)[number]

/** What of each kind can change, in the order in which it is told. */
const FIELDS = {
  note: ['text', 'unit', 'source', 'interval', 'target_group', 'cluster'],
  cluster: ['title'],
  measure: [
    'name',
    'state',
    'unit',
    'meaning',
    'source',
    'collection',
    'interval',
    'baseline',
    'target',
    'target_year',
  ],
  goal: ['text', 'state', 'network', 'focus_area', 'actual', 'status'],
  text: ['text', 'source'],
  figure: ['value', 'as_of', 'source'],
} as const satisfies Record<ChangedKind, readonly string[]>
export type Field = (typeof FIELDS)[ChangedKind][number]
export type Value = string | number | undefined

export interface Change {
  readonly id: string
  readonly kind: ChangedKind
  readonly what: What
  /** As it is now; as it was, when it is gone. */
  readonly record: AnyRecord
  readonly fields: readonly { field: Field; old: Value; now: Value }[]
  readonly reason: string | undefined
  /** The measure that it went into. */
  readonly into: string | undefined
}

/** The changes of all kinds: first what was added, then what changed, then what is gone. */
export function changesBetween(before: State, after: State): Change[] {
  const changes: Change[] = []
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const change = changeOf(id, before.get(id), after.get(id))
    if (change) changes.push(change)
  }
  const order = (change: Change) =>
    KINDS.indexOf(change.kind) * WHATS.length + WHATS.indexOf(change.what)
  return changes.sort((a, b) => order(a) - order(b))
}

function changeOf(
  id: string,
  old: AnyRecord | undefined,
  now: AnyRecord | undefined,
): Change | undefined {
  const record = now ?? old
  const kind = KINDS.find((known) => known === record?.t)
  if (!record || !kind || old === now) return undefined
  const [was, is] = [isIn(old), isIn(now)]
  if (!was && !is) return undefined
  const what = !was ? 'added' : is ? 'changed' : 'removed'
  const fields = what === 'added' || !now ? [] : differing(kind, old, now)
  if (what === 'changed' && fields.length === 0) return undefined
  return { id, kind, what, record, fields, ...why(record) }
}

/** Whether it counts: there for all to see, in use, and not put aside. */
function isIn(record: AnyRecord | undefined): boolean {
  switch (record?.t) {
    case undefined:
      return false
    case 'note':
      return !record.is_hidden && 'text' in record && record.parked_ms === undefined
    case 'measure':
      return record.state === 'proposed' || record.state === 'accepted'
    case 'goal':
      return record.state !== 'parked'
    default:
      return true
  }
}

function differing(
  kind: ChangedKind,
  old: AnyRecord | undefined,
  now: AnyRecord,
): Change['fields'] {
  return FIELDS[kind]
    .map((field) => ({ field, old: valueOf(old, field), now: valueOf(now, field) }))
    .filter((each) => each.old !== each.now)
}

function valueOf(record: AnyRecord | undefined, field: Field): Value {
  const plain: Partial<Omit<Note & Measure & Goal & Figure, 't'>> & { title?: unknown } = {
    ...(record as object),
  }
  const value = plain[field]
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function why(record: AnyRecord): Pick<Change, 'reason' | 'into'> {
  if (record.t === 'measure') return { reason: record.reason, into: record.merged_into }
  return { reason: record.t === 'goal' ? record.reason : undefined, into: undefined }
}
