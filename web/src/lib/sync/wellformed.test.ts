import { expect, test } from 'vitest'

import { wellFormed } from './wellformed'

test('half a character is replaced, a whole one is kept', () => {
  const text = JSON.stringify({ text: 'Ä\ud83d 🙂', deep: ['\ude42'] }, wellFormed)
  expect(JSON.parse(text)).toEqual({ text: 'Ä\ufffd 🙂', deep: ['\ufffd'] })
})
