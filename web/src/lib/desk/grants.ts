/** What a section lets participants do, in the words of people. */

import type { Key } from '../i18n/i18n.svelte'
import type { May, Section, Whose } from '../protocol'

/** Permissions in the order in which people would think of them, with their words. */
const PHRASES: readonly [May, Partial<Record<Whose, Key>>][] = [
  ['notes.add', { own: 'allowed.notes.add', all: 'allowed.notes.add' }],
  [
    'notes.edit',
    {
      own: 'allowed.notes.edit.own',
      organisation: 'allowed.notes.edit.organisation',
      all: 'allowed.notes.edit.all',
    },
  ],
  ['notes.group', { own: 'allowed.notes.group', all: 'allowed.notes.group' }],
  ['measures.propose', { own: 'allowed.measures.propose', all: 'allowed.measures.propose' }],
  ['goals.propose', { own: 'allowed.goals.propose', all: 'allowed.goals.propose' }],
  ['goals.promote', { own: 'allowed.goals.promote', all: 'allowed.goals.promote' }],
  ['card.edit', { own: 'allowed.card.edit', all: 'allowed.card.edit' }],
  ['figures.edit', { own: 'allowed.figures.edit', all: 'allowed.figures.edit' }],
]

/** What the open section lets participants do, as keys of phrases. */
export function allowedIn(section: Section | undefined): Key[] {
  const keys: Key[] = []
  for (const [may, words] of PHRASES) {
    const whose = section?.grants[may]
    const key = whose && (words[whose] ?? words.all)
    if (key) keys.push(key)
  }
  return keys
}

/** What a facilitator can let participants do in a section, in the words of a form. */
export const BUNDLES = [
  [
    'write',
    { 'notes.add': 'all', 'notes.edit': 'own', 'notes.move': 'own', 'notes.remove': 'own' },
  ],
  ['mates', { 'notes.edit': 'organisation', 'notes.move': 'organisation' }],
  ['group', { 'notes.group': 'all' }],
  ['measures', { 'measures.propose': 'all' }],
  ['goals', { 'goals.propose': 'all' }],
  ['card', { 'card.edit': 'all' }],
] as const satisfies readonly [string, Partial<Record<May, Whose>>][]
export type Bundle = (typeof BUNDLES)[number][0]
export type Grants = Partial<Record<May, Whose>>

const RANK: Record<Whose, number> = { own: 1, organisation: 2, all: 3 }

/** Which bundles these grants hold. */
export function bundlesOf(grants: Grants): Bundle[] {
  const holds = ([may, whose]: [string, Whose]) => {
    const granted = grants[may as May]
    return granted !== undefined && RANK[granted] >= RANK[whose]
  }
  return BUNDLES.filter(([, bundle]) => Object.entries(bundle).every(holds)).map(([key]) => key)
}

/** The grants with these bundles in place of those that they held; what is in none is kept. */
export function withBundles(grants: Grants, chosen: readonly Bundle[]): Grants {
  const bundled = new Set(BUNDLES.flatMap(([, bundle]) => Object.keys(bundle)))
  const others = Object.entries(grants).filter(([may]) => !bundled.has(may))
  const wanted = BUNDLES.filter(([key]) => chosen.includes(key)).map(([, bundle]) => bundle)
  return Object.assign(Object.fromEntries(others), ...wanted) as Grants
}
