import { expect, test } from 'vitest'

import { cleanCode, isWhole, secretIn } from './code'

test.each([
  ['abcd-efgh', 'ABCD-EFGH'],
  [' ABCD EFGH ', 'ABCD-EFGH'],
  ['abcd–efgh', 'ABCD-EFGH'],
  ['AB CD EF GH', 'ABCD-EFGH'],
  ['abc', 'ABC'],
  ['abcdefghij', 'ABCD-EFGH'],
])('%j is the code %j', (typed, code) => {
  expect(cleanCode(typed)).toBe(code)
})

test('a code is whole with eight letters', () => {
  expect(isWhole('abcd efgh')).toBe(true)
  expect(isWhole('abcd efg')).toBe(false)
})

test('a pasted link tells its secret', () => {
  expect(secretIn(' https://x.fi/liity#abcdefghij_-0123456 ')).toBe('abcdefghij_-0123456')
  expect(secretIn('ABCD-EFGH')).toBeUndefined()
})
