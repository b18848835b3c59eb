import { describe, expect, it } from 'vitest'

import { deskWith, measure, note } from '../card/fixture'
import { actual } from './fixture'
import { asCsv, asText, funderTable } from './funder'
import { missingOf, reminderText } from './reminding'

const desk = deskWith(
  measure('measure_1', ['note_1'], {
    name: '=Kävijät',
    unit: 'hlö',
    level: 'output',
    baseline: 380,
    baseline_as_of: '2025',
    target: 600,
    target_year: 2029,
  }),
  measure('measure_2', ['note_1', 'note_2'], { name: 'Tunnit; "kaikki"', created_ms: 2 }),
  note('note_1', { organisation: 'org_a' }),
  note('note_2', { organisation: 'org_b' }),
  actual('actual_1', { value: 412.5 }),
  actual('actual_2', { measure: 'measure_2', year: 2027, value: -3, organisation: 'org_b' }),
)

describe('the table for a funder', () => {
  const table = funderTable(desk, [2026, 2027])

  it('has a row per measure with level, unit, baseline, years, target, organisations, source', () => {
    expect(table.head).toHaveLength(9)
    expect(table.rows).toEqual([
      [
        '=Kävijät',
        'tuotos',
        'hlö',
        '380 (2025)',
        '412,5',
        'puuttuu',
        '600 (2029)',
        'Marttayhdistys',
        'Tilasto',
      ],
      [
        'Tunnit; "kaikki"',
        '',
        '',
        'puuttuu',
        'puuttuu',
        expect.stringMatching(/^[-−]3$/),
        'puuttuu',
        'Kyläyhdistys; Marttayhdistys',
        'Tilasto',
      ],
    ])
    expect([...table.numbers].sort()).toEqual([3, 4, 5, 6])
  })

  it('is copied with tabs and saved with semicolons, quoted, and no formula', () => {
    const [, first] = asText(table).split('\n')
    expect(first?.split('\t')[0]).toBe("'=Kävijät")
    const csv = asCsv(table)
    expect(csv.startsWith('\uFEFF"Mittari";"Taso";')).toBe(true)
    expect(csv).toContain('\r\n"\'=Kävijät";"tuotos";')
    expect(csv).toContain('"Tunnit; ""kaikki""";')
    expect(csv.endsWith('"Tilasto"\r\n')).toBe(true)
  })
})

describe('reminders', () => {
  it('say of each organisation what nobody has entered', () => {
    const missing = missingOf(desk, 2026).map(({ organisation, missing, all }) => [
      organisation.id,
      missing.map(({ id }) => id),
      all,
    ])
    expect(missing).toEqual([
      ['org_b', ['measure_2'], 1],
      ['org_a', ['measure_2'], 2],
      ['org_c', [], 0],
    ])
  })

  it('are not for what was entered for all together', () => {
    const { organisation: _, ...ofAll } = actual('actual_3', { measure: 'measure_2' })
    const done = deskWith(
      measure('measure_2', ['note_2']),
      note('note_2', { organisation: 'org_b' }),
      ofAll,
    )
    expect(missingOf(done, 2026)[0]).toMatchObject({ missing: [], all: 1 })
  })

  it('are worded in the language of who gets them', async () => {
    const [one] = missingOf(desk, 2026)
    if (!one) throw new Error('somebody is missing')
    for (const [language, year] of [
      ['fi', 'vuoden 2026 toteuma'],
      ['sv', 'utfallet för 2026'],
      ['en', 'the outcome for 2026'],
    ] as const) {
      const text = await reminderText(desk, one, 2026, 'https://x.example/toteuma#a', language)
      expect(text).toContain(year)
      expect(text).toContain('– Tunnit; "kaikki"')
      expect(text).toContain('https://x.example/toteuma#a')
    }
  })
})
