import { expect, test } from 'vitest'

import { AREA, CULTURE, deskWith, goal, WORK } from './fixture'
import { besideCard, limitOf, networks, networksWithoutGoal, slotsOf } from './slots'

test('a network has two slots under a focus area', () => {
  const desk = deskWith(goal('goal_1'))
  const slots = slotsOf(desk, AREA, CULTURE)
  expect(slots.goals.map((g) => g.id)).toEqual(['goal_1'])
  expect(slots).toMatchObject({ limit: 2, isFull: false })
})

test('two goals fill them, oldest first', () => {
  const desk = deskWith(goal('goal_2', { created_ms: 2 }), goal('goal_1', { created_ms: 1 }))
  const slots = slotsOf(desk, AREA, CULTURE)
  expect(slots.goals.map((g) => g.id)).toEqual(['goal_1', 'goal_2'])
  expect(slots.isFull).toBe(true)
})

test('goals beside the card and of others take no slot', () => {
  const desk = deskWith(
    goal('goal_1', { state: 'parked' }),
    goal('goal_2', { state: 'suggested' }),
    goal('goal_3', { network: WORK }),
    goal('goal_4', { focus_area: 'painopiste_2' }),
  )
  expect(slotsOf(desk, AREA, CULTURE).goals).toEqual([])
  expect(besideCard(desk, AREA).map((g) => g.id)).toEqual(['goal_1', 'goal_2'])
})

test('a raised limit holds for its focus area only', () => {
  const network = deskWith().get('network', CULTURE)
  const raised = network && { ...network, limits: { [AREA]: 3 } }
  expect(limitOf(raised, AREA)).toBe(3)
  expect(limitOf(raised, 'painopiste_2')).toBe(2)
})

test('coverage names the networks without a goal, in the order of the card', () => {
  const desk = deskWith(goal('goal_1', { network: WORK }))
  expect(networks(desk).map((n) => n.id)).toEqual([CULTURE, WORK])
  expect(networksWithoutGoal(desk, AREA).map((n) => n.id)).toEqual([CULTURE])
  expect(networksWithoutGoal(desk, 'painopiste_2')).toHaveLength(2)
})
