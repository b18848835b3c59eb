import 'fake-indexeddb/auto'

import { describe, expect, it } from 'vitest'

import type { Command } from '../protocol'
import { FakeLocks, settle } from './fakes'
import { Outbox } from './outbox'

const ADD: Command = { t: 'note.add', id: 'note_1', text: 'Kävijät', at: { x: 0, y: 0 } }
let desk = 0
const owner = () => `desk${String(++desk)}/person_a`

describe('an outbox', () => {
  it('counts up, so that the server can tell old asks from new ones', async () => {
    const outbox = await Outbox.open(owner(), new FakeLocks())
    const [first, second] = [outbox.add(ADD, 1), outbox.add(ADD, 2)]
    expect(first.rid).toMatch(/^[0-9A-Za-z]{16}:1$/)
    expect(second.rid).toBe(first.rid.replace(/1$/, '2'))
  })

  it('leaves acts of living tabs alone', async () => {
    const [locks, who] = [new FakeLocks(), owner()]
    const living = await Outbox.open(who, locks)
    living.add(ADD, 1)
    await settle()
    const other = await Outbox.open(who, locks)
    expect(await other.adopt()).toEqual([])
  })

  it('adopts acts of a tab that is no more, with their request ids and in their order', async () => {
    const [locks, who] = [new FakeLocks(), owner()]
    const dead = await Outbox.open(who, locks)
    const rids = [dead.add(ADD, 1), dead.add(ADD, 2), dead.add(ADD, 2)].map((kept) => kept.rid)
    await settle()
    dead.close()
    await settle()
    const heir = await Outbox.open(who, locks)
    expect((await heir.adopt()).map((kept) => kept.rid)).toEqual(rids)
    expect(await heir.adopt()).toEqual([])
  })

  it('keeps the section in which an act was done', async () => {
    const [locks, who] = [new FakeLocks(), owner()]
    const dead = await Outbox.open(who, locks)
    dead.add(ADD, 1, 'section_board')
    dead.add(ADD, 2)
    await settle()
    dead.close()
    await settle()
    const adopted = await (await Outbox.open(who, locks)).adopt()
    expect(adopted.map((kept) => kept.section)).toEqual(['section_board', undefined])
  })

  it("never takes up somebody else's acts", async () => {
    const locks = new FakeLocks()
    const dead = await Outbox.open(owner(), locks)
    dead.add(ADD, 1)
    await settle()
    dead.close()
    await settle()
    expect(await (await Outbox.open(owner(), locks)).adopt()).toEqual([])
  })

  it('forgets what is in the log, and keeps what was refused', async () => {
    const [locks, who] = [new FakeLocks(), owner()]
    const dead = await Outbox.open(who, locks)
    dead.remove(dead.add(ADD, 1).rid)
    dead.refuse(dead.add(ADD, 2), { code: 'not_allowed', details: {} })
    await settle()
    dead.close()
    await settle()
    const adopted = await (await Outbox.open(who, locks)).adopt()
    expect(adopted.map((kept) => kept.refusal?.code)).toEqual(['not_allowed'])
  })

  it('wipes everything of a person who leaves', async () => {
    const [locks, who] = [new FakeLocks(), owner()]
    const outbox = await Outbox.open(who, locks)
    outbox.add(ADD, 1)
    await settle()
    await outbox.wipe()
    outbox.close()
    await settle()
    expect(await (await Outbox.open(who, locks)).adopt()).toEqual([])
  })
})
