import { expect, test } from 'vitest'

import { readAsOf, readNumber, writeAsOf, writeNumber } from './reading'

test.each([
  ['3344', 3344],
  ['3 344', 3344],
  ['3\u00A0344,5', 3344.5],
  ['0.25', 0.25],
  ['−3', -3],
])('%s is the number %d', (written, value) => {
  expect(readNumber(written)).toBe(value)
})

test.each(['', 'noin 30', '3,4,5', '1e3', '20XX'])('%j is no number', (written) => {
  expect(readNumber(written)).toBeUndefined()
})

test('what is written for editing can be read again', () => {
  for (const value of [0, 1695, 31.25, -2]) {
    for (const language of ['fi', 'sv', 'en'] as const) {
      expect(readNumber(writeNumber(value, language))).toBe(value)
    }
  }
})

test.each([
  ['4.11.2024', '2024-11-04'],
  ['04.11.2024', '2024-11-04'],
  ['4/11/2024', '2024-11-04'],
  ['2024-11-4', '2024-11-04'],
  ['11/2024', '2024-11'],
  ['2024', '2024'],
])('%s is the date %s', (written, iso) => {
  expect(readAsOf(written)).toBe(iso)
})

test.each(['', '31.2.2024', '13/2024', 'XX.XX.XXXX', '24'])('%j is no date', (written) => {
  expect(readAsOf(written)).toBeUndefined()
})

test('dates are written as each language does', () => {
  expect(writeAsOf('2024-11-04', 'fi')).toBe('4.11.2024')
  expect(writeAsOf('2024-11-04', 'en')).toBe('4/11/2024')
  expect(writeAsOf('2024-11', 'sv')).toBe('11/2024')
  expect(writeAsOf('2024', 'fi')).toBe('2024')
})
