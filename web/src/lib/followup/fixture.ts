/** Values for tests of the follow-up. */

import type { Actual } from '../protocol'

/** What organisation org_a reached of measure_1 in 2026. */
export function actual(id: string, more: Partial<Actual> = {}): Actual {
  return {
    t: 'actual',
    id,
    measure: 'measure_1',
    year: 2026,
    organisation: 'org_a',
    value: 412,
    as_of: '2026-12-31',
    source: 'Tilasto',
    created_ms: 1,
    version: 1,
    ...more,
  }
}

/** The same for all organisations together. */
export function ofAll(id: string, more: Partial<Actual> = {}): Actual {
  const { organisation: _, ...rest } = actual(id, more)
  return rest
}
