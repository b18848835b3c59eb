import { expect, test } from 'vitest'

import { tintOf, wordSizeOf } from './paper'

test('an organisation has its own paper, always the same', () => {
  expect(tintOf('org_martat')).toBe(tintOf('org_martat'))
  const tints = new Set(Array.from({ length: 40 }, (_, i) => tintOf(`org_${String(i)}`)))
  expect(tints.size).toBeGreaterThan(4)
})

test('words shrink as the text grows', () => {
  expect(wordSizeOf('Kävijämäärä')).toBe('xl')
  expect(wordSizeOf('Vapaaehtoisten antamat tunnit vuodessa')).toBe('l')
  expect(wordSizeOf('a '.repeat(45))).toBe('m')
  expect(wordSizeOf('a '.repeat(400))).toBe('xs')
})

test('a long word or many lines make them smaller, too', () => {
  expect(wordSizeOf('Kokemusasiantuntijoiden')).toBe('m')
  expect(wordSizeOf('a\nb\nc\nd')).not.toBe('xl')
})
