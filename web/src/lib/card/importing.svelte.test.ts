import { expect, test } from 'vitest'

import type { Command } from '../protocol'
import type { Outcome } from '../sync/live.svelte'
import { deskWith, figure } from './fixture'
import type { Candidate } from './imported'
import { Importing } from './importing.svelte'

const KOTKA = figure('figure_kotka', { value: 917, version: 3 })

function candidate(key: string, more: Partial<Candidate> = {}): Candidate {
  return {
    key,
    name: key,
    figure: 'figure_kotka',
    base: 3,
    value: 930,
    asOf: '2025',
    source: 'PRH',
    unit: undefined,
    trouble: undefined,
    ...more,
  }
}

function importing(...outcomes: Outcome[]) {
  const asked: Command[] = []
  const ask = (command: Command) => {
    asked.push(command)
    return Promise.resolve(outcomes.shift() ?? ({ ok: true } as const))
  }
  return { asked, made: new Importing({ desk: deskWith(KOTKA), ask }) }
}

test('what is chosen is written in one command, confirmed when somebody says so', async () => {
  const { asked, made } = importing()
  made.show([candidate('1'), candidate('2', { figure: 'figure_x', value: null })])
  expect([...made.chosen]).toEqual(['1'])
  made.isConfirmed = true
  expect(await made.save()).toBe(true)
  expect(asked).toMatchObject([
    {
      t: 'figures.import',
      rows: [{ figure: 'figure_kotka', base: 3, value: 930 }],
      is_confirmed: true,
    },
  ])
})

test('many rows go in commands that fit in a frame', async () => {
  const { asked, made } = importing()
  made.show(
    Array.from({ length: 101 }, (_, n) => candidate(String(n), { figure: `figure_${String(n)}` })),
  )
  expect(await made.save()).toBe(true)
  expect(asked.map((command) => command.t === 'figures.import' && command.rows.length)).toEqual([
    100, 1,
  ])
})

test('when somebody was faster the reason stays while one looks again', async () => {
  const { made } = importing({ ok: false, code: 'figure.changed', details: { count: 1 } })
  made.show([candidate('1')])
  expect(await made.save()).toBe(false)
  expect(made.isOutdated).toBe(true)
  made.show([candidate('1', { base: 4 })])
  expect(made.problem).toBeDefined()
  expect(made.isOutdated).toBe(false)
})

test('what the card does not have is left out, or added where there is a place for it', async () => {
  const { asked, made } = importing()
  const unknown = candidate('Urheilu', { figure: undefined, trouble: 'unknown', value: 712 })
  made.show([unknown])
  expect(made.mayChoose(unknown)).toBe(false)
  made.show([unknown], { section: 'associations', group: 'purpose_class' })
  expect([...made.chosen]).toEqual(['Urheilu'])
  expect(await made.save()).toBe(true)
  expect(asked).toMatchObject([
    { t: 'figure.add', group: 'purpose_class', label: { fi: 'Urheilu' }, value: 712 },
  ])
})

test('a new municipality is added where it belongs, when somebody chooses it', async () => {
  const { asked, made } = importing()
  const place = { section: 'associations', group: 'by_municipality' }
  const unknown = candidate('Iitti', { figure: undefined, trouble: 'unknown', place })
  made.show([candidate('1'), unknown])
  expect([...made.chosen]).toEqual(['1'])
  expect(made.mayChoose(unknown)).toBe(true)
  made.toggle(unknown, true)
  expect(await made.save()).toBe(true)
  expect(asked[1]).toMatchObject({ ...place, label: { fi: 'Iitti' }, region: 'Iitti', value: 930 })
})

test('a figure of a further region is added with its region', async () => {
  const { asked, made } = importing()
  const place = { section: 'population', label: { fi: 'Asukasluku, Iitti' }, region: 'Iitti' }
  const unknown = candidate('Asukasluku', { figure: undefined, trouble: 'unknown', place })
  made.show([unknown])
  made.toggle(unknown, true)
  await made.save()
  expect(asked).toMatchObject([{ t: 'figure.add', ...place, group: null }])
})

test('what was added before a refusal is not added again', async () => {
  const full = { ok: false, code: 'card.figures_full', details: { limit: 100 } } as const
  const { asked, made } = importing({ ok: true }, full)
  const place = { section: 'associations', group: 'purpose_class' }
  const rows = ['a', 'b'].map((key) =>
    candidate(key, { figure: undefined, trouble: 'unknown', value: 1 }),
  )
  made.show(rows, place)
  expect(await made.save()).toBe(false)
  expect(made.all.map(({ key }) => key)).toEqual(['b'])
  expect(made.chosen.size).toBe(1)
  await made.save()
  expect(asked).toHaveLength(3)
})

test('a row of another unit or a second one of a figure is for somebody to choose', () => {
  const { made } = importing()
  const rows = [
    candidate('1', { trouble: 'other_unit' }),
    candidate('2', { trouble: 'twice' }),
    candidate('3', { trouble: 'no_number', value: null }),
  ]
  made.show(rows)
  expect(made.chosen.size).toBe(0)
  expect(rows.map((row) => made.mayChoose(row))).toEqual([true, true, false])
})
