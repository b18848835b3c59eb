import { describe, expect, it } from 'vitest'

import { ServerClock } from './clock'

function clockAt(start: number) {
  const time = { monotonic: start, device: 1_000_000 }
  const clock = new ServerClock(
    () => time.monotonic,
    () => time.device,
  )
  return { time, clock }
}

describe('the clock of the server', () => {
  it('is the one of this device until the server was heard', () => {
    const { clock, time } = clockAt(50)
    time.monotonic += 10
    expect(clock.nowMs()).toBe(1_000_010)
  })

  it('counts half of the round trip', () => {
    const { clock, time } = clockAt(0)
    const asked_at = clock.mark()
    time.monotonic += 200
    clock.heard(5_000_000, asked_at)
    expect(clock.nowMs()).toBe(5_000_100)
  })

  it('keeps the measurement with the shortest way', () => {
    const { clock, time } = clockAt(0)
    time.monotonic = 20
    clock.heard(5_000_000, 0)
    time.monotonic = 3_020
    clock.heard(9_000_000, 20)
    expect(clock.nowMs()).toBe(5_003_010)
  })

  it('measures anew after a sleep', () => {
    const { clock, time } = clockAt(0)
    time.monotonic = 20
    clock.heard(5_000_000, 0)
    clock.forget()
    time.monotonic = 1_020
    clock.heard(9_000_000, 20)
    expect(clock.nowMs()).toBe(9_000_500)
  })
})

describe('a clock that is held', () => {
  it('stands still, and goes on as if it never had', () => {
    const { clock, time } = clockAt(0)
    clock.hold(true)
    time.monotonic += 500
    clock.hold(true)
    expect(clock.nowMs()).toBe(1_000_000)
    clock.hold(false)
    expect(clock.nowMs()).toBe(1_000_500)
  })
})
