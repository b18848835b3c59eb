import { expect, test } from 'vitest'

import type { Form, Patch } from '../protocol'
import { Desk } from './desk.svelte'

interface Replay {
  readonly entries: Patch[]
  readonly records: { [id: string]: Form }
}

const files = import.meta.glob<string>('../../../../tests/replays/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
})

test('there are logs to replay', () => {
  expect(Object.keys(files)).not.toEqual([])
})

test.each(Object.entries(files))('%s gives the desk that it gave on the server', (_, text) => {
  const replay: Replay = JSON.parse(text)
  const desk = new Desk()
  for (const patch of replay.entries) desk.apply([patch])
  for (const [id, form] of Object.entries(replay.records)) expect(desk.find(id)).toEqual(form)
  const gone = new Set(replay.entries.flatMap(Object.keys))
  for (const id of gone) if (!(id in replay.records)) expect(desk.find(id)).toBeUndefined()
})
