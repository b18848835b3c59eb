import { expect, test } from 'vitest'

import { ownSign } from './statuses'

const of = (...keys: string[]) => keys.map((key) => ({ key, name: { fi: key } }))

test('each of a desk’s own words has a sign of its own, in their order', () => {
  const statuses = of('ei_aloitettu', 'tila_a', 'kaynnissa', 'tila_b')
  expect(statuses.map(({ key }) => ownSign(statuses, key))).toEqual(['', '■', '', '▲'])
  const own = of('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
  const signs = own.map(({ key }) => ownSign(own, key))
  expect(new Set(signs).size).toBe(8)
  expect(ownSign(own, 'unknown')).toBe('')
})
