/** Names of indicators to choose from: those of Sotkanet (THL, CC BY 4.0), as they are. */

import type { Language } from '../i18n/format'

export type Titles = readonly Title[]
export interface Title {
  readonly id: string
  readonly text: string
  /** As it is searched in. */
  readonly plain: string
}

const AT_MOST = 6
/** Fewer letters find everything and mean nothing. */
const LETTERS = 3

/** A part of the app each, fetched when a memo is opened. */
const loaders: Record<Language, () => Promise<{ default: Readonly<Record<string, string>> }>> = {
  fi: () => import('./titles/fi.json'),
  sv: () => import('./titles/sv.json'),
  en: () => import('./titles/en.json'),
}

/** The names in a language; none where they cannot be fetched just now: writing goes on without. */
export async function loadTitles(language: Language): Promise<Titles> {
  try {
    return titlesOf((await loaders[language]()).default)
  } catch {
    return []
  }
}

export function titlesOf(texts: Readonly<Record<string, string>>): Titles {
  return Object.entries(texts).map(([id, text]) => ({ id, text, plain: plain(text) }))
}

/** The few names that have all the words of `written`, the best first. */
export function suggestions(titles: Titles, written: string): Title[] {
  const wanted = plain(written)
  if (wanted.length < LETTERS) return []
  const words = wanted.split(' ')
  const found: { title: Title; rank: number }[] = []
  for (const title of titles) {
    const rank = rankOf(title.plain, wanted, words)
    if (rank !== undefined && title.plain !== wanted) found.push({ title, rank })
  }
  found.sort((a, b) => a.rank - b.rank || a.title.text.length - b.title.text.length)
  return found.slice(0, AT_MOST).map(({ title }) => title)
}

/** How well it fits: it begins so, its words begin so, or they are somewhere in it. */
function rankOf(text: string, wanted: string, words: readonly string[]): number | undefined {
  if (text.startsWith(wanted)) return 0
  if (words.every((word) => ` ${text}`.includes(` ${word}`))) return 1
  return words.every((word) => text.includes(word)) ? 2 : undefined
}

function plain(text: string): string {
  return text
    .toLocaleLowerCase('fi')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
