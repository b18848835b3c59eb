import { describe, expect, it } from 'vitest'

import { Desk } from '../desk/desk.svelte'
import type { Command, Form } from '../protocol'
import { predict } from './predict'

const ME = 'person_a'
const NOTE: Form = {
  t: 'note',
  id: 'note_1',
  workshop: 'workshop_1',
  text: 'Kävijät',
  at: { x: 0, y: 0 },
  author: ME,
  shows: 'organisation',
  is_hidden: false,
  version: 1,
  unit: 'hlö',
  created_ms: 1,
}
const RECORDS: { [id: string]: Form } = {
  desk: { t: 'desk', id: 'desk', workshop: 'workshop_1', shows: 'nothing', title: { fi: 'X' } },
  [ME]: { t: 'person', id: ME, role: 'participant', organisation: 'org_a', has_left: false },
  note_1: NOTE,
}

function foreseen(...commands: Command[]) {
  const desk = new Desk()
  desk.reset(RECORDS)
  const acts = commands.map((command, index) => ({ command, asked_ms: index }))
  desk.predict(predict(desk, acts, ME))
  return desk
}

const EDIT: Command = { t: 'note.edit', id: 'note_1', base: 1, text: ' Kävijämäärä ', unit: null }

describe('what is foreseen', () => {
  it('is a note of mine, with my organisation and the rule of the desk', () => {
    const desk = foreseen({ t: 'note.add', id: 'note_2', text: ' Uusi ', at: { x: 1, y: 2 } })
    expect(desk.get('note', 'note_2')).toEqual({
      t: 'note',
      id: 'note_2',
      workshop: 'workshop_1',
      text: 'Uusi',
      at: { x: 1, y: 2 },
      author: ME,
      organisation: 'org_a',
      shows: 'nothing',
      is_hidden: false,
      version: 1,
      created_ms: 0,
    })
  })

  it('is an edit on the version that it was made on, with blanks gone', () => {
    const note = foreseen(EDIT).get('note', 'note_1')
    expect(note).toMatchObject({ text: 'Kävijämäärä', version: 2 })
    expect(note && 'unit' in note).toBe(false)
  })

  it('is no edit of a text that has changed since', () => {
    const desk = foreseen({ t: 'note.edit', id: 'note_1', base: 7, text: 'Minun' })
    expect(desk.get('note', 'note_1')?.text).toBe('Kävijät')
  })

  it('builds acts on each other', () => {
    const desk = foreseen(
      EDIT,
      { t: 'note.edit', id: 'note_1', base: 2, text: 'Vielä uudempi' },
      { t: 'note.move', to: { note_1: { x: 9, y: 9 } } },
    )
    expect(desk.get('note', 'note_1')).toMatchObject({ text: 'Vielä uudempi', at: { x: 9, y: 9 } })
  })

  it('is a removal, and nothing after it', () => {
    const desk = foreseen(
      { t: 'note.remove', notes: ['note_1'] },
      { t: 'note.move', to: { note_1: { x: 9, y: 9 } } },
    )
    expect(desk.find('note_1')).toBeUndefined()
    expect(desk.noteIds()).toEqual([])
  })

  it('is nothing twice: an added note that is in the log is left to the log', () => {
    const desk = foreseen({ t: 'note.add', id: 'note_1', text: 'Toinen', at: { x: 5, y: 5 } })
    expect(desk.get('note', 'note_1')?.text).toBe('Kävijät')
  })

  it('is a row on the memo that I share, and my own where I share none', () => {
    const rows = [{ id: 'row_1', text: ' Tunnit ', unit: 'h', source: ' ' }]
    const add: Command = { t: 'memo.add', rows, batch: 'import_1' }
    const alone = foreseen(add).get('row', 'row_1')
    expect(alone).toMatchObject({ text: 'Tunnit', unit: 'h', author: ME, batch: 'import_1' })
    expect(alone && ('organisation' in alone || 'source' in alone)).toBe(false)
    const member: Form = { ...RECORDS[ME], is_member: true }
    const edit: Command = { t: 'memo.edit', id: 'row_1', base: 1, text: 'Talkootunnit' }
    const shared = new Desk()
    shared.reset({ ...RECORDS, [ME]: member })
    const acts = [add, edit].map((command) => ({ command, asked_ms: 5 }))
    shared.predict(predict(shared, acts, ME))
    const row = { text: 'Talkootunnit', organisation: 'org_a', version: 2, created_ms: 5 }
    expect(shared.get('row', 'row_1')).toMatchObject(row)
    const removed: Command = { t: 'memo.remove', rows: ['row_1'] }
    expect(foreseen(add, removed).get('row', 'row_1')).toBeUndefined()
  })

  it('leaves everything else to the server', () => {
    const desk = foreseen({
      t: 'cluster.make',
      id: 'cluster_1',
      notes: ['note_1'],
      title: 'Ryhmä',
      at: { x: 0, y: 0 },
    })
    expect(desk.find('cluster_1')).toBeUndefined()
  })
})
