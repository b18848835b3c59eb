import { expect, test } from 'vitest'

import { linesOf } from './lines'

test('each line is a note, without bullets and numbers', () => {
  const text = '• Kävijät / kk\n\n - Vapaaehtoistunnit\r\n3) 12 ryhmää\n10. Palaute\n  '
  expect(linesOf(text)).toEqual(['Kävijät / kk', 'Vapaaehtoistunnit', '12 ryhmää', 'Palaute'])
})

test('a number that is part of the text stays', () => {
  expect(linesOf('2024 kävijät\n85+ osallistujat')).toEqual(['2024 kävijät', '85+ osallistujat'])
})

test('the same line twice is one note', () => {
  expect(linesOf('Palaute\nPalaute')).toEqual(['Palaute'])
})
