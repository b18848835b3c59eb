import { expect, test } from 'vitest'

import { cleanCode, isRecovery, isWhole, secretIn } from './code'

test.each([
  ['abcd-efgh', 'ABCD-EFGH'],
  [' ABCD EFGH ', 'ABCD-EFGH'],
  ['abcd–efgh', 'ABCD-EFGH'],
  ['AB CD EF GH', 'ABCD-EFGH'],
  ['abc', 'ABC'],
  ['abcdefghij', 'ABCD-EFGH'],
  ['abcd efgh jkmn pqrs', 'ABCD-EFGH-JKMN-PQRS'],
])('%j is the code %j', (typed, code) => {
  expect(cleanCode(typed)).toBe(code)
})

test('a code is whole with eight letters', () => {
  expect(isWhole('abcd efgh')).toBe(true)
  expect(isWhole('abcd efg')).toBe(false)
})

test('a recovery code has sixteen letters, and a secret of a link is none', () => {
  expect(isRecovery('abcd-efgh-jkmn-pqrs')).toBe(true)
  expect(isWhole('abcdefghjkmnpqrs')).toBe(true)
  expect(isRecovery('abcd-efgh')).toBe(false)
  expect(isRecovery('abcdefghij_klmnopq')).toBe(false)
})

test('a pasted link tells its secret', () => {
  expect(secretIn(' https://x.fi/liity#abcdefghij_-0123456 ')).toBe('abcdefghij_-0123456')
  expect(secretIn('ABCD-EFGH')).toBeUndefined()
})
