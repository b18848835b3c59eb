/** Small desks for the tests of the card. */

import { Desk } from '../desk/desk.svelte'
import type { AnyRecord, Figure, Form, Goal, Json, Measure, Note } from '../protocol'

export const AREA = 'painopiste_1'
export const CULTURE = 'network_kulttuuri'
export const WORK = 'network_tyollisyys'

const BASE: AnyRecord[] = [
  { t: 'network', id: WORK, order: 2, is_example: true, limits: {} },
  {
    t: 'network',
    id: CULTURE,
    order: 1,
    name: { fi: 'Kulttuuriverkosto' },
    is_example: true,
    limits: {},
  },
  { t: 'organisation', id: 'org_a', name: 'Marttayhdistys', network: CULTURE },
  { t: 'organisation', id: 'org_b', name: 'Kyläyhdistys', network: CULTURE },
  { t: 'organisation', id: 'org_c', name: 'Sydänyhdistys', network: WORK },
]

/** A desk with two networks, three organisations and these records. */
export function deskWith(...records: AnyRecord[]): Desk {
  const desk = new Desk()
  desk.reset(Object.fromEntries([...BASE, ...records].map((record) => [record.id, form(record)])))
  return desk
}

export function note(id: string, more: Partial<Note> = {}): Note {
  return {
    t: 'note',
    id,
    workshop: 'workshop_1',
    text: id,
    at: { x: 0, y: 0 },
    shows: 'organisation',
    is_hidden: false,
    version: 1,
    created_ms: 1,
    ...more,
  }
}

export function measure(id: string, notes: string[], more: Partial<Measure> = {}): Measure {
  return {
    t: 'measure',
    id,
    name: id,
    state: 'proposed',
    clusters: [],
    notes,
    version: 1,
    created_ms: 1,
    ...more,
  }
}

export function goal(id: string, more: Partial<Goal> = {}): Goal {
  return {
    t: 'goal',
    id,
    focus_area: AREA,
    network: CULTURE,
    text: id,
    state: 'on_card',
    measures: [],
    version: 1,
    created_ms: 1,
    ...more,
  }
}

export function figure(id: string, more: Partial<Figure> = {}): Figure {
  return {
    t: 'figure',
    id,
    section: 'yhdistykset',
    order: 1,
    label: { fi: id },
    status: 'unconfirmed',
    version: 1,
    ...more,
  }
}

function form(record: AnyRecord): Form {
  const json: Json = JSON.parse(JSON.stringify(record))
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('no record')
  return json
}
