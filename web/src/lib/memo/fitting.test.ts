import { expect, it } from 'vitest'

import { bytesOf, MAX_COMMAND_BYTES } from '../sync/queue.svelte'
import { importing } from './acts'
import { fitting } from './fitting'

it('counts the rows that one command can carry, to the last', () => {
  const rows = Array.from({ length: 500 }, (_, at) => ({
    text: `Mittari ${String(at)} ${'ä'.repeat(99)}`,
  }))
  const fits = fitting(rows)
  expect(fits).toBeGreaterThan(100)
  expect(bytesOf(importing(rows.slice(0, fits)))).toBeLessThanOrEqual(MAX_COMMAND_BYTES)
  expect(bytesOf(importing(rows.slice(0, fits + 1)))).toBeGreaterThan(MAX_COMMAND_BYTES)
  expect(fitting(rows.slice(0, 10))).toBe(10)
})
