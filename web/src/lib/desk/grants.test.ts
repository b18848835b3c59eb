import { describe, expect, it } from 'vitest'

import { bundlesOf, withBundles, type Grants } from './grants'

const BOARD: Grants = {
  'notes.add': 'all',
  'notes.edit': 'own',
  'notes.move': 'own',
  'notes.remove': 'own',
  'notes.group': 'all',
}

describe('what a section lets participants do', () => {
  it('is told in bundles', () => {
    expect(bundlesOf(BOARD)).toEqual(['write', 'group'])
    expect(bundlesOf({})).toEqual([])
    expect(bundlesOf({ ...BOARD, 'notes.edit': 'organisation', 'notes.move': 'all' })).toEqual([
      'write',
      'mates',
      'group',
    ])
  })

  it('is what the chosen bundles hold together', () => {
    expect(withBundles({}, ['write', 'group'])).toEqual(BOARD)
    expect(withBundles(BOARD, ['mates', 'write'])['notes.edit']).toBe('organisation')
    expect(withBundles(BOARD, [])).toEqual({})
  })

  it('keeps what no bundle is about', () => {
    expect(withBundles({ 'figures.edit': 'all' }, ['card'])).toEqual({
      'figures.edit': 'all',
      'card.edit': 'all',
    })
  })
})
