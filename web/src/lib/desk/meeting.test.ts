import { beforeEach, describe, expect, it, vi } from 'vitest'

import { Desk } from './desk.svelte'
import { Meeting } from './meeting.svelte'

function meeting(role: 'participant' | 'facilitator' = 'participant', since_ms = 5) {
  const desk = new Desk()
  const gathering = { view: 'board', at: { x: 10, y: 20 }, width: 900, since_ms }
  desk.reset({ desk: { t: 'desk', id: 'desk', gathering } })
  const ask = vi.fn(() => Promise.resolve({ ok: true } as const))
  const me = { desk: 'd', person: 'person_1', role, name: null, ticket: '' }
  const mayTouch = () => true
  return {
    meeting: new Meeting({ id: 'd', desk, me, status: 'live', person: undefined, ask, mayTouch }),
    ask,
  }
}

describe('a gathering', () => {
  beforeEach(() => {
    sessionStorage.clear()
  })

  it('calls each once, also after a reload, and the next one calls again', () => {
    const { meeting: first } = meeting()
    expect(first.isCalled).toBe(true)
    first.answer()
    expect(first.isCalled).toBe(false)
    expect(meeting().meeting.isCalled).toBe(false)
    expect(meeting('participant', 6).meeting.isCalled).toBe(true)
  })

  it('does not call those who bring', () => {
    expect(meeting('facilitator').meeting.isCalled).toBe(false)
  })

  it('shows the part of the board once there is a board', () => {
    const { meeting: here } = meeting()
    const show = vi.fn()
    here.lookThere()
    const seen = () => ({ at: { x: 0, y: 0 }, width: 1 })
    here.attach({ seen, show })
    expect(show).toHaveBeenCalledExactlyOnceWith({ at: { x: 10, y: 20 }, width: 900 })
  })

  it('brings everybody to what is seen of the board, in whole pixels', () => {
    const { meeting: here, ask } = meeting('facilitator')
    here.attach({ seen: () => ({ at: { x: 1.4, y: 2.6 }, width: 640.2 }), show: () => undefined })
    here.bring('board')
    expect(ask).toHaveBeenCalledWith({
      t: 'desk.gather',
      view: 'board',
      at: { x: 1, y: 3 },
      width: 640,
    })
  })
})
