import { expect, test } from 'vitest'

import { fileName } from './exports'

test.each([
  [`attachment; filename="kortti.xlsx"`, 'kortti.xlsx'],
  [
    `attachment; filename="x.xlsx"; filename*=UTF-8''LUONNOS%20j%C3%A4rjest%C3%B6.xlsx`,
    'LUONNOS järjestö.xlsx',
  ],
  [`attachment; filename="x.json"; filename*=UTF-8''%E0%A4%A`, 'x.json'],
  ['attachment', undefined],
])('%s is the name %s', (disposition, name) => {
  expect(fileName(disposition)).toBe(name)
})
