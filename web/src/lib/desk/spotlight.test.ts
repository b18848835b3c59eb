import { expect, it } from 'vitest'

import { Desk } from './desk.svelte'
import { framedOn, spotlit } from './spotlight'

function deskWith(info: object, records: object = {}) {
  const desk = new Desk()
  desk.reset({
    desk: { t: 'desk', id: 'desk', ...info },
    cluster_1: { t: 'cluster', id: 'cluster_1', title: 'Väki', at: { x: 50, y: 60 } },
    area_1: { t: 'area', id: 'area_1', title: 'Parkki', at: { x: 1, y: 2 }, width: 3, height: 4 },
    ...records,
  })
  return desk
}

it('is on no cluster that is gone', () => {
  expect(spotlit(deskWith({ spotlight: 'cluster_1' }))?.title).toBe('Väki')
  expect(spotlit(deskWith({ spotlight: 'cluster_2' }))).toBeUndefined()
  expect(spotlit(deskWith({}))).toBeUndefined()
})

it('comes before the area that a projector is fitted to', () => {
  expect(framedOn(deskWith({}))).toBeUndefined()
  expect(framedOn(deskWith({ screen_area: 'area_1' }))).toEqual({ x: 1, y: 2, width: 3, height: 4 })
  const both = framedOn(deskWith({ screen_area: 'area_1', spotlight: 'cluster_1' }))
  expect(both).toMatchObject({ x: 50, y: 60 })
})
