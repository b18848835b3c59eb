import { beforeEach, describe, expect, it } from 'vitest'

import type { Command, Form, Note, Person } from '../protocol'
import type { Outcome } from '../sync/live.svelte'
import { toasts } from '../ui/toasts.svelte'
import {
  type Actor,
  addNote,
  addNotes,
  defaultTitle,
  dissolve,
  groupNotes,
  moveNotes,
  takeOut,
  unparkNotes,
} from './acts'
import { Desk } from './desk.svelte'

const note = (id: string, text: string, more: Form = {}): Form => ({
  t: 'note',
  id,
  workshop: 'workshop_1',
  text,
  at: { x: 0, y: 0 },
  shows: 'organisation',
  is_hidden: false,
  version: 1,
  created_ms: 1,
  ...more,
})

/** As much of a live desk as the acts need. */
class Asked implements Actor {
  readonly desk = new Desk()
  readonly commands: Command[] = []
  outcome: Outcome = { ok: true }

  get person(): Person | undefined {
    return this.desk.get('person', 'person_a')
  }

  ask(command: Command): Promise<Outcome> {
    this.commands.push(command)
    return Promise.resolve(this.outcome)
  }

  mayTouch(_may: string, _note: Note): boolean {
    return true
  }
}

describe('an act', () => {
  let asked: Asked

  beforeEach(() => {
    asked = new Asked()
    asked.desk.reset({
      desk: { t: 'desk', id: 'desk', workshop: 'workshop_1', title: { fi: 'X' } },
      note_1: note('note_1', 'Osallistujien määrä'),
      note_2: note('note_2', ' Kävijät '),
      note_3: note('note_3', 'x', { cluster: 'cluster_1' }),
      cluster_1: {
        t: 'cluster',
        id: 'cluster_1',
        workshop: 'workshop_1',
        title: 'A',
        at: { x: 500, y: 0 },
      },
    })
  })

  it('on a note gives it an id and a free place', async () => {
    const { id, done } = addNote(asked, { text: 'Uusi', unit: 'kpl' })
    expect(id).toMatch(/^note_[0-9A-Za-z]{16}$/)
    expect(await done).toEqual({ ok: true })
    const [command] = asked.commands
    expect(command).toMatchObject({ t: 'note.add', id, text: 'Uusi', unit: 'kpl' })
    expect(command).not.toMatchObject({ at: { x: 0, y: 0 } })
  })

  it('on several notes gives each its own place', () => {
    addNotes(asked, [{ text: 'a' }, { text: 'b' }, { text: 'c' }])
    const places = asked.commands.map((command) => 'at' in command && JSON.stringify(command.at))
    expect(new Set(places).size).toBe(3)
  })

  it('that groups takes the shortest text for a title', () => {
    groupNotes(asked, ['note_1', 'note_2'])
    expect(asked.commands[0]).toMatchObject({ t: 'cluster.make', title: 'Kävijät' })
    expect(defaultTitle(asked.desk, ['note_1'])).toBe('Osallistujien määrä')
  })

  it('cuts a long title at 60 characters', () => {
    asked.desk.apply([{ note_9: note('note_9', 'a'.repeat(100)) }])
    expect(defaultTitle(asked.desk, ['note_9'])).toBe(`${'a'.repeat(59)}…`)
  })

  it('on more than 1,000 records goes in parts', async () => {
    const to = Object.fromEntries(
      Array.from({ length: 2_500 }, (_, index) => [`note_${String(index)}`, { x: 0.4, y: 0 }]),
    )
    await moveNotes(asked, to)
    expect(asked.commands).toHaveLength(3)
    expect(asked.commands[0]).toMatchObject({ to: { note_0: { x: 0, y: 0 } } })
  })

  it('says which place each note gets that comes out of a cluster', () => {
    void takeOut(asked, ['note_3'])
    void dissolve(asked, 'cluster_1')
    for (const command of asked.commands) {
      expect('to' in command && Object.keys(command.to ?? {})).toEqual(['note_3'])
    }
  })

  it('that is refused is told', async () => {
    asked.outcome = { ok: false, code: 'note.gone', details: {} }
    expect((await moveNotes(asked, { note_1: { x: 1, y: 1 } })).ok).toBe(false)
    expect(toasts.shown.at(-1)?.kind).toBe('danger')
  })

  it('takes notes onto the board where they were written, but on top of nothing', async () => {
    asked.desk.apply([
      { note_8: note('note_8', 'aside', { parked_ms: 1, at: { x: 2_000, y: 2_000 } }) },
      { note_9: note('note_9', 'aside', { parked_ms: 1, at: { x: 2_000, y: 2_000 } }) },
    ])
    await unparkNotes(asked, ['note_8', 'note_9'])
    const [command] = asked.commands
    if (command?.t !== 'note.unpark') throw new Error('something else was asked')
    const [one, other] = Object.values(command.to)
    expect(Math.hypot((one?.x ?? 0) - 2_000, (one?.y ?? 0) - 2_000)).toBeLessThan(250)
    expect(one).not.toEqual(other)
    await unparkNotes(asked, ['note_8'], { note_8: { x: 5, y: 6.4 } })
    expect(asked.commands[1]).toEqual({ t: 'note.unpark', to: { note_8: { x: 5, y: 6 } } })
  })
})
