import { parse, type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser'
import { afterEach, describe, expect, it } from 'vitest'

import en from '$locales/en.json'
import fi from '$locales/fi.json'
import sv from '$locales/sv.json'

import { formatClock, formatDuration, formatNumber } from './format'
import { i18n, preferred, t } from './i18n.svelte'

const locales: Record<string, Record<string, string>> = { fi, sv, en }
const keys = Object.keys(fi)

/** The names a message wants filled in, whichever branch is taken. */
function placeholders(elements: MessageFormatElement[]): Set<string> {
  const found = new Set<string>()
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue
    found.add(element.value)
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      for (const option of Object.values(element.options)) {
        for (const name of placeholders(option.value)) found.add(name)
      }
    }
  }
  return found
}

const wantedBy = (message: string | undefined) =>
  [...placeholders(parse(message ?? '', { ignoreTag: true }))].sort()

describe.each(Object.keys(locales))('the texts in %s', (language) => {
  const messages = locales[language] ?? {}

  it('have the same keys as the Finnish ones, in the same order', () => {
    expect(Object.keys(messages)).toEqual(keys)
  })

  it('parse, are not empty and want the same values', () => {
    for (const key of keys) {
      expect(messages[key]?.trim(), key).not.toBe('')
      expect(wantedBy(messages[key]), key).toEqual(wantedBy((fi as Record<string, string>)[key]))
    }
  })
})

describe('the current language', () => {
  afterEach(() => i18n.use('fi'))

  it('changes every text and says so on <html>', async () => {
    expect(t('join.submit')).toBe(fi['join.submit'])
    await i18n.use('sv')
    expect(t('join.submit')).toBe(sv['join.submit'])
    expect(document.documentElement.lang).toBe('sv')
  })

  it('bends the text to the number', () => {
    expect(t('announce.more', { count: 1 })).not.toBe(t('announce.more', { count: 2 }))
  })

  it('is the first of the wanted ones that we speak', () => {
    expect(preferred(['de-DE', 'sv-SE', 'fi'])).toBe('sv')
    expect(preferred(['de'])).toBeUndefined()
  })
})

describe('numbers and times', () => {
  it('are written as each language writes them', () => {
    expect(formatNumber('fi', 157500.5)).toMatch(/^157\s500,5$/)
    const at = Date.UTC(2026, 10, 24, 11, 5)
    expect(formatClock('fi', at, 'Europe/Helsinki')).toBe('13.05')
    expect(formatClock('sv', at, 'Europe/Helsinki')).toBe('13.05')
    expect(formatClock('en', at, 'Europe/Helsinki')).toBe('13:05')
  })

  it('count down through zero and up through an hour', () => {
    expect([309, 3600, -30, -0.4].map(formatDuration)).toEqual([
      '05:09',
      '1:00:00',
      '−00:30',
      '00:00',
    ])
  })
})
