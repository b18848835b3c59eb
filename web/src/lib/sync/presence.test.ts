import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Presence } from './presence.svelte'

describe('what others are told of me', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is one frame for all that changed, and none when nothing did', () => {
    const send = vi.fn(() => true)
    const presence = new Presence(send)
    presence.show({ at: { x: 1, y: 2 } })
    presence.show({ is_writing: true })
    vi.runAllTimers()
    presence.show({ is_writing: true })
    vi.runAllTimers()
    expect(send).toHaveBeenCalledExactlyOnceWith({
      t: 'presence',
      at: { x: 1, y: 2 },
      is_writing: true,
    })
  })

  it('is told again on a new line, unless there is nothing to tell', () => {
    const send = vi.fn(() => true)
    const presence = new Presence(send)
    presence.begin()
    expect(send).not.toHaveBeenCalled()
    presence.show({ is_writing: true })
    vi.runAllTimers()
    presence.begin()
    expect(send).toHaveBeenCalledTimes(2)
  })

  it('waits for a line', () => {
    const send = vi.fn(() => false)
    const presence = new Presence(send)
    presence.show({ is_writing: true })
    vi.runAllTimers()
    send.mockReturnValue(true)
    presence.begin()
    expect(send).toHaveBeenCalledTimes(2)
  })
})

it('knows who is here, and how many write', () => {
  const presence = new Presence(() => true)
  presence.heard({ t: 'presence', here: { a: null, b: { x: 1, y: 1 } }, writing: 1 })
  presence.heard({ t: 'presence', here: {}, left: ['a'] })
  expect([...presence.people.keys()]).toEqual(['b'])
  expect(presence.writing).toBe(0)
})
