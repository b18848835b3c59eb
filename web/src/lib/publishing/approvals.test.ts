import { expect, test } from 'vitest'

import { CULTURE, deskWith, goal, WORK } from '../card/fixture'
import type { AnyRecord, Approval, Goal } from '../protocol'
import { approvalOf, tally, waitingFor } from './approvals'

const AINO = 'person_aino'

function approval(more: Partial<Approval> = {}): Approval {
  return {
    t: 'approval',
    id: 'approval_1',
    network: CULTURE,
    goal: 'goal_1',
    by: AINO,
    wording: 'goal_1',
    at_ms: 1,
    ...more,
  }
}

const onCard = (more: Partial<Goal> = {}) => goal('goal_1', more)

test.each<[string, AnyRecord[], string[]]>([
  ['the wording that is there', [onCard(), approval()], []],
  ['nothing', [onCard()], [CULTURE]],
  ['another wording', [onCard(), approval({ wording: 'Vanha' })], [CULTURE]],
  ['it in another network', [onCard(), approval({ network: WORK })], [CULTURE]],
  ['one of two goals', [onCard(), goal('goal_2'), approval()], [CULTURE]],
  ['the only one on the card', [onCard(), goal('goal_2', { state: 'parked' }), approval()], []],
  ['one of which more was reached', [onCard({ actual: '12 %' }), approval()], []],
])('a network that approves %s', (_, records, missing) => {
  const found = tally(deskWith(...records))
  expect(found.withGoals.map(({ id }) => id)).toEqual([CULTURE])
  expect(found.missing.map(({ id }) => id)).toEqual(missing)
})

test('networks without a goal have nothing to approve', () => {
  expect(tally(deskWith())).toEqual({ withGoals: [], missing: [] })
})

test('a row is approved, or was before its wording changed', () => {
  const desk = deskWith(onCard(), approval())
  const row = desk.get('goal', 'goal_1') ?? onCard()
  expect(approvalOf(desk, row, AINO)).toMatchObject({ isApproved: true, hasLapsed: false })
  expect(approvalOf(desk, row, AINO).mine?.id).toBe('approval_1')
  expect(approvalOf(desk, row, 'person_olli').mine).toBeUndefined()
  const lapsed = deskWith(onCard({ text: 'Uusi' }), approval())
  expect(approvalOf(lapsed, onCard({ text: 'Uusi' }), AINO)).toMatchObject({
    isApproved: false,
    hasLapsed: true,
    mine: undefined,
  })
})

test('only who is named for the network is asked', () => {
  const named: AnyRecord = {
    t: 'network',
    id: CULTURE,
    order: 1,
    is_example: false,
    limits: {},
    approvers: [AINO],
  }
  const desk = deskWith(named, onCard())
  expect(approvalOf(desk, onCard(), AINO).isMine).toBe(true)
  expect(approvalOf(desk, onCard(), 'person_olli').isMine).toBe(false)
  expect(approvalOf(deskWith(onCard()), onCard(), AINO).isMine).toBe(false)
  expect(waitingFor(desk, AINO).map(({ id }) => id)).toEqual(['goal_1'])
  expect(waitingFor(desk, 'person_olli')).toEqual([])
  expect(waitingFor(deskWith(named, onCard(), approval()), AINO)).toEqual([])
})
