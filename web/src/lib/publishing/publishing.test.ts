import { expect, test } from 'vitest'

import { CULTURE, deskWith, figure, goal, measure } from '../card/fixture'
import { t } from '../i18n/i18n.svelte'
import type { Card, CardVersion, Comment } from '../protocol'
import { checksOf } from './checks'
import { commentsOn, openComments, rowText } from './comments'
import { frozenWords } from './frozen'
import { inForce, isFrozen, isKept, isOver, publicPath, stateOf, takesComments } from './state'

const NOON = Date.parse('2025-06-15T12:00:00Z')

function card(state: string, more: Partial<Card> = {}): Card {
  return {
    t: 'card',
    id: 'card',
    title: { fi: '' },
    report: { fi: '' },
    state,
    sections: [],
    ...more,
  }
}

function comment(id: string, more: Partial<Comment> = {}): Comment {
  return { t: 'comment', id, about: 'goal_1', text: id, state: 'open', created_ms: 1, ...more }
}

function version(number: number, more: Partial<CardVersion> = {}): CardVersion {
  return { t: 'version', id: `version_${String(number)}`, number, published_ms: 1, ...more }
}

test('a card in a state that nobody knows is a draft', () => {
  expect(stateOf(deskWith())).toBe('luonnos')
  expect(stateOf(deskWith(card('muu')))).toBe('luonnos')
  expect(isFrozen(deskWith(card('kommentoitavana')))).toBe(false)
  expect(isFrozen(deskWith(card('hyvaksytty')))).toBe(true)
})

test('what is wording stays in the frozen states only, and each reader is told the way out', () => {
  for (const state of ['hyvaksytty', 'julkaistu']) {
    const desk = deskWith(card(state))
    expect(isKept(desk, 'goal', 'text')).toBe(true)
    expect(isKept(desk, 'figure', 'value')).toBe(true)
    const secretary = frozenWords({ desk, may: () => 'all' })
    expect(secretary).not.toBe(frozenWords({ desk, may: () => undefined }))
    expect(secretary).toContain(t(state === 'julkaistu' ? 'publish.reopen' : 'publish.back'))
  }
  const draft = deskWith(card('luonnos'))
  expect(isKept(draft, 'goal', 'text')).toBe(false)
  expect(frozenWords({ desk: draft, may: () => 'all' })).toBeUndefined()
})

test('comments are taken while asked for, until the last day is over', () => {
  const desk = deskWith(card('kommentoitavana', { comments_until: '2025-06-15' }))
  expect(takesComments(desk, 'commenter', NOON)).toBe(true)
  expect(takesComments(desk, 'commenter', NOON + 43_200_000)).toBe(false)
  expect(isOver(undefined, NOON)).toBe(false)
  expect(takesComments(deskWith(card('luonnos')), 'participant', NOON)).toBe(false)
  expect(takesComments(deskWith(card('julkaistu')), 'secretary', NOON)).toBe(true)
})

test('the newest version that was not withdrawn is in force', () => {
  expect(inForce(deskWith())).toBeUndefined()
  expect(inForce(deskWith(version(1), version(2), version(3, { withdrawn_ms: 1 })))?.number).toBe(2)
})

test('public addresses', () => {
  expect(publicPath('d', 'fi')).toBe('/kortti/d')
  expect(publicPath('d', 'sv', 2, '/muutokset')).toBe('/kortti/d/2/muutokset?kieli=sv')
})

test('comments that wait come flags first, then the oldest', () => {
  const desk = deskWith(
    comment('comment_2', { created_ms: 2 }),
    comment('comment_1'),
    comment('comment_3', { created_ms: 3, is_flag: true }),
    comment('comment_4', { state: 'rejected' }),
    comment('comment_5', { about: 'text_1' }),
  )
  const ids = openComments(desk).map(({ id }) => id)
  expect(ids).toEqual(['comment_3', 'comment_1', 'comment_5', 'comment_2'])
  expect(commentsOn(desk, 'text_1').map(({ id }) => id)).toEqual(['comment_5'])
})

test('what stands in a row', () => {
  const desk = deskWith(goal('goal_1'), figure('figure_1'), measure('measure_1', []))
  expect(['goal_1', 'figure_1', 'measure_1'].map((id) => rowText(desk, id))).toEqual([
    'goal_1',
    'figure_1',
    'measure_1',
  ])
  expect(rowText(desk, 'goal_none')).toBeUndefined()
})

test('what is open before publishing', () => {
  const desk = deskWith(
    goal('goal_1'),
    goal('goal_2', { status: 'going', state: 'parked' }),
    figure('figure_1', { value: 1, source: 'THL', as_of: '2024' }),
    figure('figure_2', { value: 1 }),
    comment('comment_1'),
    comment('comment_2', { is_flag: true }),
    { t: 'text', id: 'text_1', section: 'a', order: 1, text: 'x', version: 1 },
  )
  expect(checksOf(desk, [])).toMatchObject({
    withoutStatus: 1,
    comments: 1,
    flags: 1,
    figures: 1,
    texts: 1,
  })
  expect(checksOf(desk, []).withoutGoal.map(({ id }) => id)).not.toContain(CULTURE)
})

test('rows that name somebody are counted, and words that only begin like a name are not', () => {
  const line = { t: 'text', section: 'a', order: 1, version: 1 } as const
  const desk = deskWith(
    goal('goal_1', { text: 'Aino Virtanen vetää ryhmää' }),
    { ...line, id: 'text_1', text: 'Ainoastaan talkoita' },
    { ...line, id: 'text_2', text: 'Soita: Aino (ma)' },
  )
  expect(checksOf(desk, ['Aino', 'Aino Virtanen']).names).toBe(2)
  expect(checksOf(desk, ['Li', 'A+?']).names).toBe(0)
  expect(checksOf(desk, []).names).toBe(0)
})
