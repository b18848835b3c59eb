/** From the cells of a table to figures that would change: pure, shown before it is asked. */

import type { Figure, FigureFetched, ImportedFigure, Text } from '../protocol'
import type { Cells, ColumnsOf } from '../memo/table'
import { readAsOf, readNumber } from './reading'

export const FIELDS = [
  'name',
  'id',
  'reference',
  'group',
  'value',
  'as_of',
  'unit',
  'region',
  'source',
] as const
export type Field = (typeof FIELDS)[number]
export type Columns = ColumnsOf<Field>

/** How a column's head reads, in Finnish, Swedish and English; the first that fits counts. */
const HEADS: readonly [Field, RegExp][] = [
  ['id', /^(luvun )?(tunnus|id|figure id|siffrans id)$/],
  ['reference', /(viite|hänvisning|reference)/],
  ['as_of', /(päivä|päiväys|vuosi|ajankohta|datum|år$|date|year|as of)/],
  ['value', /^(arvo|lukumäärä|määrä|värde|antal|value|count|yhdistyksiä|väestö)/],
  ['unit', /^(yksikkö|enhet|unit)/],
  ['source', /^(lähde|källa|source)$/],
  ['group', /^(ryhmä|grupp|group)$/],
  ['region', /^(alue|område|region)$/],
  ['name', /^(luku|nimi|tunnusluku|indikaattori|mittari|kunta|luokka|tarkoitusluokka|siffra|namn)/],
  ['name', /^(indikator|kommun|klass|ändamålsklass|figure|name|indicator|municipality|class)/],
]
/** Rows above the head that say what a table is about. */
const MAX_ROWS_ABOVE = 8
const MISSING = new Set([
  '',
  '.',
  '..',
  '...',
  '…',
  '-',
  '–',
  'puuttuu',
  'saknas',
  'missing',
  'n/a',
])

export type Trouble =
  'unknown' | 'ambiguous' | 'no_number' | 'no_date' | 'other_unit' | 'no_value' | 'twice'

/** Where the card has room for a figure that it does not have yet, and as what. */
export interface Place {
  readonly section: string
  readonly group?: string | undefined
  /** Its name, where the card has the same figure of another region. */
  readonly label?: Text
  readonly region?: string
}

/** What a row would do to a figure, or what is wrong with it. */
export interface Candidate {
  readonly key: string
  /** What the table or the source calls it. */
  readonly name: string
  readonly figure: string | undefined
  readonly base: number
  /** null is missing. */
  readonly value: number | null
  readonly asOf: string | undefined
  readonly source: string | undefined
  readonly unit: string | undefined
  readonly madeIn?: string | undefined
  readonly retrievedMs?: number | undefined
  readonly trouble: Trouble | undefined
  /** Where it may be added, when the card does not have it. */
  readonly place?: Place | undefined
  /** Why the source says nothing, as a code. */
  readonly problem?: string | undefined
}

/** Where the head of the columns is; undefined when there is none. */
export function headRow(cells: Cells): number | undefined {
  const rows = cells.slice(0, MAX_ROWS_ABOVE)
  const found = rows.findIndex((row) => row.filter((cell) => fieldOf(cell)).length >= 2)
  return found < 0 ? undefined : found
}

/** What the columns are: by their heads, else a name and the first numbers beside it. */
export function guessed(cells: Cells, head: number | undefined): Columns {
  const width = cells[0]?.length ?? 0
  const columns = Array<Field | null>(width).fill(null)
  for (const [place, cell] of (head === undefined ? [] : (cells[head] ?? [])).entries()) {
    const field = fieldOf(cell)
    if (field && !columns.includes(field)) columns[place] = field
  }
  const rows = cells.slice(head === undefined ? 0 : head + 1)
  const free = (place: number) => columns[place] === null
  const of = (test: (cell: string) => boolean) =>
    columns.findIndex((_, place) => free(place) && rows.some((row) => test(row[place] ?? '')))
  if (!columns.some((field) => field === 'name' || field === 'id' || field === 'reference')) {
    const name = of((cell) => /\p{L}/u.test(cell))
    const region = columns.indexOf('region')
    if (name >= 0 || region >= 0) columns[name >= 0 ? name : region] = 'name'
  }
  if (!columns.includes('value')) {
    const value = of((cell) => readNumber(cell) !== undefined)
    if (value >= 0) columns[value] = 'value'
  }
  return columns
}

/** What is said of a whole table. */
export interface Said {
  readonly asOf?: string | undefined
  readonly source?: string | undefined
}

/**
 * The rows of a table as what they would do to these figures. What changes nothing is none.
 * `said` is for rows that do not say it themselves.
 */
export function candidates(
  cells: Cells,
  head: number | undefined,
  columns: Columns,
  figures: readonly Figure[],
  groupName: (group: string) => string | undefined,
  said: Said = {},
): Candidate[] {
  const found: Candidate[] = []
  const neighbours = new Map<string, Figure>()
  for (const [place, row] of cells.entries()) {
    if (head !== undefined && place <= head) continue
    const cell = (field: Field) => row[columns.indexOf(field)]?.trim() ?? ''
    const named = [cell('id'), cell('reference'), cell('name')].filter(Boolean)
    if (named.length === 0) continue
    const known = matching(figures, cell, groupName)
    const here = ofRegion(known, cell)
    const matches = here.length > 0 ? here : namesakes(figures, known, cell('region'))
    const [figure] = matches
    const written = cell('value')
    const isMissing = MISSING.has(written.toLocaleLowerCase('fi'))
    const value = isMissing ? null : (readNumber(written.replace(/\s*%$/, '')) ?? null)
    const unit = cell('unit') || (written.endsWith('%') ? '%' : '')
    const asOf = isAbsent(cell('as_of')) ? undefined : readAsOf(cell('as_of'))
    const candidate: Candidate = {
      key: String(place),
      name: cell('name') || named[0] || '',
      figure: matches.length === 1 ? figure?.id : undefined,
      base: figure?.version ?? 0,
      value,
      asOf: isAbsent(cell('as_of')) ? said.asOf : asOf,
      source: isAbsent(cell('source')) ? said.source : cell('source'),
      unit: unit || undefined,
      trouble:
        (matches.length > 1 && 'ambiguous') ||
        (!isMissing && value === null && 'no_number') ||
        (!isAbsent(cell('as_of')) && asOf === undefined && 'no_date') ||
        (!figure && 'unknown') ||
        (figure?.unit && unit && figure.unit !== unit && 'other_unit') ||
        undefined,
      place: figure ? undefined : placeOf(known, figures, cell, groupName),
    }
    if (figure) neighbours.set(`${figure.section} ${figure.group ?? ''}`, figure)
    if (candidate.trouble !== undefined || changes(candidate, figure)) found.push(candidate)
  }
  const [neighbour, another] = neighbours.values()
  const beside = another || !neighbour?.group ? undefined : homeOf(neighbour)
  return withTwins(found.map((one) => (one.figure ? one : { ...one, place: one.place ?? beside })))
}

/** What statistics sources say, as what it would do. What changes nothing is none. */
export function fetchedCandidates(
  rows: readonly FigureFetched[],
  retrievedMs: number,
): Candidate[] {
  const isNews = ({ old, old_as_of, value, as_of, problem }: FigureFetched) =>
    typeof problem === 'string' || value !== old || as_of !== old_as_of
  return rows.filter(isNews).map((row, place) => ({
    key: String(place),
    name: row.title ?? '',
    figure: row.figure,
    base: row.base,
    value: row.value ?? null,
    asOf: row.as_of ?? undefined,
    source: row.source ?? undefined,
    unit: undefined,
    madeIn: row.made_in ?? undefined,
    retrievedMs,
    trouble: row.value === undefined || row.value === null ? 'no_value' : undefined,
    problem: row.problem ?? undefined,
  }))
}

/** Those that may be written without a second look: sound, with a value, one for each figure. */
export function chosenAtFirst(all: readonly Candidate[]): Set<string> {
  const figures = new Set<string>()
  const keys = new Set<string>()
  for (const { key, figure, value, trouble } of all) {
    if (trouble !== undefined || value === null || figure === undefined) continue
    if (!figures.has(figure)) keys.add(key)
    figures.add(figure)
  }
  return keys
}

/** Choose one or not; of those for the same figure only one is chosen. */
export function toggled(
  all: readonly Candidate[],
  chosen: ReadonlySet<string>,
  one: Candidate,
  is: boolean,
): Set<string> {
  const twins = all.filter(({ figure }) => figure !== undefined && figure === one.figure)
  const left = new Set(chosen)
  for (const twin of is ? twins : [one]) left.delete(twin.key)
  if (is) left.add(one.key)
  return left
}

/** As the command has it. */
export function importedRow(one: Candidate, figure: string): ImportedFigure {
  return {
    figure,
    base: one.base,
    value: one.value,
    as_of: one.asOf ?? null,
    source: one.source ?? null,
    unit: one.unit ?? null,
    made_in: one.madeIn ?? null,
    retrieved_ms: one.retrievedMs ?? null,
  }
}

function matching(
  figures: readonly Figure[],
  cell: (field: Field) => string,
  groupName: (group: string) => string | undefined,
): Figure[] {
  const byId = figures.filter(({ id }) => id === cell('id'))
  if (byId.length > 0) return byId
  const narrowed = (found: readonly Figure[]) => narrowedBy(found, cell, groupName)
  const byReference = figures.filter(
    ({ source_ref }) => source_ref !== undefined && source_ref === cell('reference'),
  )
  if (byReference.length > 0) return narrowed(byReference)
  const name = plain(cell('name'))
  return name === '' ? [] : narrowed(figures.filter(({ label }) => isCalled(label, name)))
}

/** Those of the row's region, where it names one: of another region it is another figure. */
function ofRegion(found: readonly Figure[], cell: (field: Field) => string): Figure[] {
  const region = plain(cell('region'))
  const isElsewhere = ({ region: its, label }: Figure) =>
    its !== undefined && plain(its) !== region && !isCalled(label, plain(its))
  return found.filter((figure) => region === '' || figure.id === cell('id') || !isElsewhere(figure))
}

/** What was added of another region before. */
function namesakes(
  figures: readonly Figure[],
  known: readonly Figure[],
  region: string,
): readonly Figure[] {
  const names = known.map(({ label }) => plain(labelIn(label, region).fi))
  return figures.filter(({ label }) => names.includes(plain(label.fi)))
}

/** What a figure of another region is called: two of one name could not be told apart. */
function labelIn({ fi, sv, en }: Text, region: string): Text {
  const of = (text: string) => `${text}, ${region}`
  return { fi: of(fi), ...(sv && { sv: of(sv) }), ...(en && { en: of(en) }) }
}

/** Where what the card does not have belongs: beside the same of another region, or its group. */
function placeOf(
  known: readonly Figure[],
  figures: readonly Figure[],
  cell: (field: Field) => string,
  groupName: (group: string) => string | undefined,
): Place | undefined {
  const [same] = known
  const region = cell('region')
  if (same) return { ...homeOf(same), label: labelIn(same.label, region), region }
  const group = plain(cell('group'))
  const mate =
    group === '' ? undefined : figures.find((figure) => isOfGroup(figure, group, groupName))
  return mate && homeOf(mate)
}

function homeOf({ section, group }: Figure): Place {
  return { section, group }
}

/** Where several are meant, those of the row's group and region. */
function narrowedBy(
  found: readonly Figure[],
  cell: (field: Field) => string,
  groupName: (group: string) => string | undefined,
): Figure[] {
  const group = plain(cell('group'))
  const region = plain(cell('region'))
  const narrow = (list: readonly Figure[], test: (figure: Figure) => boolean) => {
    const fitting = list.filter(test)
    return list.length > 1 && fitting.length > 0 ? fitting : [...list]
  }
  const ofGroup = narrow(found, (figure) => group !== '' && isOfGroup(figure, group, groupName))
  return narrow(ofGroup, (figure) => region !== '' && plain(figure.region ?? '') === region)
}

function isOfGroup(
  { group: its }: Figure,
  group: string,
  groupName: (group: string) => string | undefined,
): boolean {
  return its !== undefined && (plain(its) === group || plain(groupName(its) ?? '') === group)
}

function isCalled(label: Text, name: string): boolean {
  return [label.fi, label.sv, label.en].some((each) => each !== undefined && plain(each) === name)
}

function changes(one: Candidate, figure: Figure | undefined): boolean {
  if (!figure) return true
  const isSame =
    (figure.value ?? null) === one.value &&
    (one.asOf === undefined || figure.as_of === one.asOf) &&
    (one.source === undefined || figure.source === one.source)
  return !isSame
}

function withTwins(all: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return all.map((one) => {
    if (one.figure === undefined) return one
    const isTwin = seen.has(one.figure)
    seen.add(one.figure)
    return isTwin && one.trouble === undefined ? { ...one, trouble: 'twice' } : one
  })
}

const plain = (text: string) =>
  text.toLocaleLowerCase('fi').replaceAll(/[–−]/g, '-').replaceAll(/\s+/g, ' ').trim()

const isAbsent = (text: string) => MISSING.has(text.toLocaleLowerCase('fi'))

function fieldOf(head: string): Field | undefined {
  const text = plain(head)
  if (text === '' || text.split(' ').length > 4) return undefined
  return HEADS.find(([, pattern]) => pattern.test(text))?.[0]
}
