import { describe, expect, it } from 'vitest'

import type { Area } from '../protocol'
import { areasOn, isIn, isShut } from './areas'
import { Desk } from './desk.svelte'
import { FreePlaces, takenOn } from './place'

const PARK = { t: 'area', id: 'area_1', workshop: 'workshop_1', title: 'Parkki' }
const SHAPE = { at: { x: -500, y: -500 }, width: 1000, height: 1000 }

function deskWith(area: object, section: object = {}): Desk {
  const desk = new Desk()
  desk.reset({
    desk: { t: 'desk', id: 'desk', workshop: 'workshop_1' },
    section_1: { t: 'section', id: 'section_1', state: 'open', grants: {}, ...section },
    area_1: { ...PARK, ...SHAPE, ...area },
    area_2: { ...PARK, ...SHAPE, id: 'area_2', workshop: 'workshop_2' },
  })
  return desk
}

function only(desk: Desk): Area {
  const [area, ...more] = areasOn(desk)
  if (!area || more.length > 0) throw new Error('one area')
  return area
}

describe('an area', () => {
  it('is shut when it is closed, or when the open section leaves it out', () => {
    const shut = (desk: Desk) => isShut(desk, only(desk))
    expect(shut(deskWith({}))).toBe(false)
    expect(shut(deskWith({ is_closed: true }))).toBe(true)
    expect(shut(deskWith({}, { areas: [] }))).toBe(true)
    expect(shut(deskWith({}, { areas: ['area_1'] }))).toBe(false)
  })

  it('holds what lies in it, and not what lies on its far edges', () => {
    const area = only(deskWith({}))
    expect(isIn(area, { x: -500, y: -500 })).toBe(true)
    expect(isIn(area, { x: 500, y: 0 })).toBe(false)
  })

  it('takes new notes only while it is open', () => {
    const placeOn = (desk: Desk) => new FreePlaces(takenOn(desk)).near({ x: 0, y: 0 })
    const open = deskWith({})
    const shut = deskWith({ is_closed: true })
    expect(isIn(only(open), placeOn(open))).toBe(true)
    expect(isIn(only(shut), placeOn(shut))).toBe(false)
  })
})
