import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { announcer } from './announcer.svelte'

describe('the announcer', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('says what came within three seconds together, each text once, and counts the rest', () => {
    for (const text of ['a', 'b', 'a', 'c', 'd', 'e']) announcer.polite(text)
    expect(announcer.politeText).toBe('')
    vi.advanceTimersByTime(3000)
    expect(announcer.politeText).toMatch(/^a\. b\. c\. .*2/)
  })

  it('speaks again when the same text comes again', () => {
    announcer.urgent('x')
    const before = announcer.urgentText
    announcer.urgent('x')
    expect(announcer.urgentText).not.toBe(before)
  })
})
