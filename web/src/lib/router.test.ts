import { describe, expect, it } from 'vitest'

import { deskPath, routeOf, VIEWS } from './router.svelte'

describe('an address', () => {
  it('leads to its page', () => {
    expect(routeOf('/')).toEqual({ page: 'join' })
    expect(routeOf('/liity', '#abc')).toEqual({ page: 'join', key: 'abc' })
    expect(routeOf('/vetaja', '#xyz')).toEqual({
      page: 'facilitator',
      key: 'xyz',
      host: 'facilitator',
    })
    expect(routeOf('/poyta/d1/')).toEqual({ page: 'desk', desk: 'd1' })
  })

  it('is missing when it is not one of ours', () => {
    for (const path of ['/poyta', '/poyta/d1/olematon', '/liity/x', '/poyta/d1/kortti/x', '/muu']) {
      expect(routeOf(path).page, path).toBe('missing')
    }
  })

  it('of a view is read back as that view', () => {
    for (const view of VIEWS) {
      expect(routeOf(deskPath('d1', view))).toEqual({ page: 'desk', desk: 'd1', view })
    }
    expect(deskPath('d1', 'list', 'viewer')).toBe('/poyta/d1/lista?as=viewer')
    expect(routeOf('/poyta/d1/lista', '', '?as=viewer')).toEqual({
      page: 'desk',
      desk: 'd1',
      view: 'list',
      as: 'viewer',
    })
  })
})
