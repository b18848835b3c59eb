import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { Form, Snapshot } from '../protocol'
import { add, entries, FakeLocks, fakeFetch, FakeSocket, ME, note, settle, welcome } from './fakes'
import { LiveDesk } from './live.svelte'

const records: { [id: string]: Form } = {
  desk: {
    t: 'desk',
    id: 'desk',
    workshop: 'workshop_1',
    shows: 'organisation',
    title: { fi: 'X' },
  },
  [ME]: { t: 'person', id: ME, role: 'participant', has_left: false },
  section_1: { t: 'section', id: 'section_1', state: 'open', grants: { 'notes.edit': 'own' } },
}

let snapshot: Snapshot
let meAnswers: () => object | number
let open: LiveDesk[] = []
let desks = 0
let deskId = ''

async function come(): Promise<LiveDesk> {
  const live = await LiveDesk.open(deskId)
  open.push(live)
  await settle()
  return live
}

/** Come, and be welcomed at entry 10. */
async function sit(): Promise<LiveDesk> {
  const live = await come()
  FakeSocket.last.open()
  FakeSocket.last.say(welcome(10))
  return live
}

const asks = () => FakeSocket.last.sentOf('ask')

beforeEach(() => {
  deskId = `desk${String(++desks)}`
  snapshot = { n: 10, mark: 'mark10', records }
  meAnswers = () => ({ desk: deskId, person: ME, role: 'participant', name: 'A', ticket: 'ticket' })
  FakeSocket.made = []
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('navigator', Object.create(navigator, { locks: { value: new FakeLocks() } }))
  fakeFetch({ '/me': () => meAnswers(), '/snapshot': () => snapshot })
})

afterEach(() => {
  for (const live of open) live.close()
  open = []
  vi.unstubAllGlobals()
})

describe('a live desk', () => {
  it('says hello with what it has, and is live when welcomed', async () => {
    const live = await come()
    expect(live.status).toBe('connecting')
    FakeSocket.last.open()
    expect(FakeSocket.last.sentOf('hello')).toEqual([
      { t: 'hello', ticket: 'ticket', since: 10, mark: 'mark10' },
    ])
    FakeSocket.last.say(welcome(10, { own: { note_1: note('note_1') } }))
    expect(live.status).toBe('live')
    expect(live.desk.get('note', 'note_1')?.text).toBe('note_1')
  })

  it('resumes after a break where it was', async () => {
    const live = await sit()
    FakeSocket.last.say(entries(11, { note_1: note('note_1') }))
    FakeSocket.last.end()
    expect(live.status).toBe('offline')
    dispatchEvent(new Event('online'))
    await settle()
    FakeSocket.last.open()
    expect(FakeSocket.last.sentOf('hello')[0]).toMatchObject({ since: 11, mark: 'mark11' })
    FakeSocket.last.say(entries(12, { note_1: { text: 'Muutettu' } }), welcome(12))
    expect(live.desk.get('note', 'note_1')?.text).toBe('Muutettu')
    expect(live.status).toBe('live')
  })

  it('knows entries that it has by their numbers', async () => {
    const live = await sit()
    FakeSocket.last.say(entries(11, { note_1: note('note_1') }))
    FakeSocket.last.say(entries(11, { note_1: { text: 'Vanha' } }, { note_2: note('note_2') }))
    expect(live.desk.get('note', 'note_1')?.text).toBe('note_1')
    expect(live.desk.ids('note')).toEqual(['note_1', 'note_2'])
  })

  it('starts again from a snapshot when an entry is missing', async () => {
    const live = await sit()
    snapshot = { n: 20, mark: 'mark20', records: { ...records, note_9: note('note_9') } }
    FakeSocket.last.say(entries(12, { note_1: note('note_1') }))
    await settle()
    expect(live.desk.ids('note')).toEqual(['note_9'])
    expect(FakeSocket.last.sentOf('hello').at(-1)).toMatchObject({ since: 20 })
    // On its way since before the hello: neither taken nor a reason to start again.
    FakeSocket.last.say(entries(22, { note_3: note('note_3') }))
    FakeSocket.last.say(entries(21, { note_2: note('note_2') }, { note_3: note('note_3') }))
    FakeSocket.last.say(welcome(22))
    expect(live.desk.ids('note')).toEqual(['note_9', 'note_2', 'note_3'])
    expect(live.status).toBe('live')
    expect(FakeSocket.made).toHaveLength(1)
  })

  it('does as the server says when that cannot continue', async () => {
    const live = await come()
    FakeSocket.last.open()
    snapshot = { n: 4, mark: 'mark4', records }
    FakeSocket.last.say({ t: 'resync' })
    await settle()
    expect(FakeSocket.last.sentOf('hello').at(-1)).toMatchObject({ since: 4, mark: 'mark4' })
    expect(live.wasRestored).toBe(true)
  })

  it('hints at a new build of the server, and goes on with the old page', async () => {
    const live = await sit()
    FakeSocket.last.end()
    dispatchEvent(new Event('online'))
    await settle()
    FakeSocket.last.open()
    FakeSocket.last.say(welcome(10, { build: '2' }))
    expect([live.isOutdated, live.status]).toEqual([true, 'live'])
    void live.ask(add('note_1'))
    expect(asks()).toHaveLength(1)
  })

  it('says that nothing can be saved for now, and that it can again', async () => {
    const live = await sit()
    FakeSocket.last.say({ t: 'saving', is_paused: true })
    expect([live.pausedBy, live.isStuck, live.status]).toEqual(['store_away', true, 'live'])
    FakeSocket.last.say({ t: 'saving', is_paused: false })
    expect([live.pausedBy, live.isStuck]).toEqual([undefined, false])
  })

  it('ends when the session is gone', async () => {
    const live = await sit()
    meAnswers = () => 401
    FakeSocket.last.end()
    dispatchEvent(new Event('online'))
    await settle()
    expect(live.status).toBe('ended')
    expect(live.ended).toBe('session.none')
  })

  it('knows names and who is here', async () => {
    const live = await sit()
    FakeSocket.last.say(
      { t: 'people', names: { person_b: 'Aino' } },
      { t: 'presence', here: { person_b: null, [ME]: { x: 1, y: 2 } } },
    )
    FakeSocket.last.say({ t: 'presence', here: {}, left: [ME] })
    expect([...live.presence.keys()]).toEqual(['person_b'])
    expect(live.names.get('person_b')).toBe('Aino')
  })

  it('takes rights from the open section', async () => {
    const live = await sit()
    const mine = note('note_1', { author: ME })
    FakeSocket.last.say(entries(11, { note_1: mine, note_2: note('note_2') }))
    const may = (id: string) => {
      const found = live.desk.get('note', id)
      return found !== undefined && live.mayTouch('notes.edit', found)
    }
    expect([may('note_1'), may('note_2')]).toEqual([true, false])
    FakeSocket.last.say(entries(12, { section_1: { state: 'closed' } }))
    expect(may('note_1')).toBe(false)
  })
})

describe('an act of mine', () => {
  it('is shown at once, pending until it is in the log, and then as the log has it', async () => {
    const live = await sit()
    const outcome = live.ask(add('note_1'))
    expect(live.desk.get('note', 'note_1')?.text).toBe('Teksti note_1')
    expect([live.pendingCount, live.isPending('note_1')]).toEqual([1, true])
    const [ask] = asks()
    if (!ask) throw new Error('nothing was asked')
    FakeSocket.last.say(entries(11, { note_1: note('note_1', { text: 'Siistitty' }) }))
    FakeSocket.last.say({ t: 'settled', list: [{ rid: ask.rid, n: 11 }] })
    expect(await outcome).toEqual({ ok: true })
    expect(live.desk.get('note', 'note_1')?.text).toBe('Siistitty')
    expect([live.pendingCount, live.isPending('note_1')]).toEqual([0, false])
  })

  it('goes with the same request id again after a break', async () => {
    const live = await sit()
    void live.ask(add('note_1'))
    const before = asks().map((ask) => ask.rid)
    FakeSocket.last.end()
    void live.ask(add('note_2'))
    dispatchEvent(new Event('online'))
    await settle()
    FakeSocket.last.open()
    expect(asks()).toEqual([])
    FakeSocket.last.say(welcome(10))
    expect(asks().map((ask) => ask.rid)[0]).toBe(before[0])
    expect(asks()).toHaveLength(2)
  })

  it('is sent by the next page when this one died', async () => {
    const first = await sit()
    void first.ask(add('note_1'))
    const rids = asks().map((ask) => ask.rid)
    await settle()
    first.close()
    await settle()
    const second = await sit()
    await settle()
    expect(asks().map((ask) => ask.rid)).toEqual(rids)
    expect(second.desk.get('note', 'note_1')?.text).toBe('Teksti note_1')
  })

  it('is taken back when it is refused, and its text is kept', async () => {
    const live = await sit()
    const outcome = live.ask(add('note_1'))
    const [ask] = asks()
    FakeSocket.last.say({ t: 'refused', rid: ask?.rid ?? '', code: 'not_allowed' })
    expect(await outcome).toEqual({ ok: false, code: 'not_allowed', details: {} })
    expect(live.desk.find('note_1')).toBeUndefined()
    expect(live.refused.map((kept) => kept.command)).toEqual([add('note_1')])
    live.letGo(ask?.rid ?? '')
    expect(live.refused).toEqual([])
  })

  it('keeps both texts when somebody else changed the note', async () => {
    const live = await sit()
    FakeSocket.last.say(entries(11, { note_1: note('note_1') }))
    const outcome = live.ask({ t: 'note.edit', id: 'note_1', base: 1, text: 'Minun' })
    FakeSocket.last.say(entries(12, { note_1: { text: 'Toisen', version: 2 } }))
    const details = { id: 'note_1', text: 'Toisen', version: 2 }
    FakeSocket.last.say({ t: 'refused', rid: asks()[0]?.rid ?? '', code: 'text.changed', details })
    expect(await outcome).toEqual({ ok: false, code: 'text.changed', details })
    expect(live.desk.get('note', 'note_1')?.text).toBe('Toisen')
    expect(live.refused[0]).toMatchObject({ command: { text: 'Minun' }, refusal: { details } })
  })

  it('waits when the server cannot save just now, and asks again by itself', async () => {
    const live = await sit()
    vi.useFakeTimers()
    void live.ask(add('note_1'))
    const [first] = asks()
    FakeSocket.last.say({
      t: 'refused',
      rid: first?.rid ?? '',
      code: 'desk.not_saving',
      retry_ms: 2_000,
    })
    expect(live.desk.get('note', 'note_1')?.text).toBe('Teksti note_1')
    vi.advanceTimersByTime(2_000)
    vi.useRealTimers()
    expect(asks()).toHaveLength(2)
    expect(asks()[1]?.rid).not.toBe(first?.rid)
    expect(live.pendingCount).toBe(1)
  })

  it('keeps its id when it may be on its way to the log from before', async () => {
    const live = await sit()
    void live.ask(add('note_1'))
    FakeSocket.last.end()
    dispatchEvent(new Event('online'))
    await settle()
    FakeSocket.last.open()
    FakeSocket.last.say(welcome(10))
    const [first] = asks()
    FakeSocket.last.say({ t: 'refused', rid: first?.rid ?? '', code: 'too_fast', retry_ms: 0 })
    await vi.waitFor(() => {
      expect(asks()).toHaveLength(2)
    })
    expect(asks()[1]?.rid).toBe(first?.rid)
  })

  it('is told why nothing is stored', async () => {
    const live = await sit()
    FakeSocket.last.say({ t: 'saving', is_paused: true, reason: 'disk' })
    expect(live.pausedBy).toBe('disk')
    FakeSocket.last.say({ t: 'saving', is_paused: true })
    expect(live.pausedBy).toBe('store_away')
    FakeSocket.last.say({ t: 'saving', is_paused: false })
    expect(live.pausedBy).toBeUndefined()
  })

  it('says in which section it was done, however late it goes', async () => {
    const live = await sit()
    void live.ask(add('note_1'))
    FakeSocket.last.end()
    void live.ask(add('note_2'))
    dispatchEvent(new Event('online'))
    await settle()
    FakeSocket.last.open()
    FakeSocket.last.say(entries(11, { section_1: { state: 'closed' } }), welcome(11))
    void live.ask(add('note_3'))
    expect(asks().map((ask) => ask.section)).toEqual(['section_1', 'section_1', null])
    FakeSocket.last.say({ t: 'refused', rid: asks()[0]?.rid ?? '', code: 'x', retry_ms: 0 })
    await vi.waitFor(() => {
      expect(asks()).toHaveLength(4)
    })
    expect(asks()[3]?.section).toBe('section_1')
  })

  it('waits for the one before it on the same note', async () => {
    const live = await sit()
    void live.ask(add('note_1'))
    void live.ask({ t: 'note.edit', id: 'note_1', base: 1, text: 'Toinen' })
    void live.ask(add('note_2'))
    void live.ask({ t: 'note.move', to: { note_1: { x: 1, y: 1 }, note_2: { x: 2, y: 2 } } })
    const tags = () => asks().map((ask) => ask.cmd.t)
    expect(tags()).toEqual(['note.add', 'note.add'])
    const rid = (at: number) => asks()[at]?.rid ?? ''
    FakeSocket.last.say({ t: 'refused', rid: rid(0), code: 'desk.not_saving', retry_ms: 0 })
    FakeSocket.last.say({ t: 'settled', list: [{ rid: rid(1), n: 11 }] })
    expect(tags()).toHaveLength(2)
    await vi.waitFor(() => {
      expect(tags()).toEqual(['note.add', 'note.add', 'note.add'])
    })
    FakeSocket.last.say({ t: 'settled', list: [{ rid: rid(2), n: 12 }] })
    FakeSocket.last.say({ t: 'settled', list: [{ rid: rid(3), n: 13 }] })
    expect(tags()).toEqual(['note.add', 'note.add', 'note.add', 'note.edit', 'note.move'])
  })

  it('does not wait for another one of the same organisation', async () => {
    const live = await sit()
    for (const id of ['note_1', 'note_2']) void live.ask({ ...add(id), organisation: 'org_1' })
    expect(asks()).toHaveLength(2)
  })

  it('that does not fit into a frame is refused here', async () => {
    const live = await sit()
    const text = 'x'.repeat(70_000)
    const outcome = await live.ask({ t: 'text.add', id: 'text_1', section: 'a', text })
    expect(outcome).toMatchObject({ ok: false, code: 'change.too_big' })
  })

  it('does not flood the server: twenty are under way at a time, in their order', async () => {
    const live = await sit()
    for (let i = 0; i < 50; i++) void live.ask(add(`note_${String(i)}`))
    expect(asks()).toHaveLength(20)
    FakeSocket.last.say({
      t: 'settled',
      list: asks().map((ask) => ({ rid: ask.rid, n: null })),
    })
    expect(asks().map((ask) => Number(ask.rid.split(':')[1]))).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    )
  })

  it('is sent no faster than the server reads', async () => {
    const live = await sit()
    vi.useFakeTimers()
    const text = 'x'.repeat(40_000)
    for (let i = 0; i < 8; i++) {
      void live.ask({ t: 'text.add', id: `text_${String(i)}`, section: 'a', text })
    }
    expect(asks()).toHaveLength(3)
    vi.advanceTimersByTime(2_000)
    vi.useRealTimers()
    expect(asks()).toHaveLength(8)
  })

  it('tells where it points ten times a second at most', async () => {
    const live = await sit()
    vi.useFakeTimers()
    for (let x = 0; x < 30; x++) {
      live.pointAt({ x, y: 0 })
      vi.advanceTimersByTime(20)
    }
    vi.useRealTimers()
    expect(FakeSocket.last.sentOf('presence').length).toBeLessThanOrEqual(6)
    expect(FakeSocket.last.sentOf('presence').at(-1)?.at?.x).toBeGreaterThan(20)
  })
})
