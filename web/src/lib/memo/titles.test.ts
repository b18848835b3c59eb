import { describe, expect, it } from 'vitest'

import fi from './titles/fi.json'
import { loadTitles, suggestions, titlesOf } from './titles'

const TITLES = titlesOf({
  1: 'Kävijät kirjastossa, 1 000',
  2: 'Yksinäisyys, kaikki kävijät',
  3: 'Vapaakävijät',
  4: 'Kävijät',
})
const found = (written: string) => suggestions(TITLES, written).map(({ id }) => id)

describe('suggestions', () => {
  it('are the names that begin so, then those with such words, then with such parts', () => {
    expect(found('kävijä')).toEqual(['4', '1', '2', '3'])
  })

  it('have all the words, in any order, whatever the case', () => {
    expect(found('KIRJASTO kävi')).toEqual(['1'])
    expect(found('kirjasto yksin')).toEqual([])
  })

  it('wait for three letters, and give way to a name that is written out', () => {
    expect(found('kä')).toEqual([])
    expect(found('  ')).toEqual([])
    expect(found('kävijät')).toEqual(['1', '2', '3'])
  })

  it('are six at most', async () => {
    expect(suggestions(await loadTitles('fi'), 'nuoret')).toHaveLength(6)
  })
})

describe('the names', () => {
  it('are there in each language, none twice', async () => {
    for (const language of ['fi', 'sv', 'en'] as const) {
      const texts = (await loadTitles(language)).map(({ text }) => text.toLowerCase())
      expect(texts.length).toBeGreaterThan(2_400)
      expect(new Set(texts).size).toBe(texts.length)
    }
    expect(Object.values(fi)).toContain('Yksinhuoltajaperheet, % lapsiperheistä')
  })
})
