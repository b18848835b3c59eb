import { afterEach, expect, test, vi } from 'vitest'

import type { ExportMoves } from '../protocol'
import { exported, fileName } from './exports'

afterEach(() => {
  vi.unstubAllGlobals()
})

function part(headers: Record<string, string>, body: string): string {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) })
  return `\r\n--b\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

const moves = (before: number, share: number) =>
  part({ 'content-type': 'application/json' }, JSON.stringify({ before, share }))
const FILE = part({ 'content-disposition': 'attachment; filename="a.csv"' }, 'a;b')
const problem = (code: string, status: number) => JSON.stringify({ code, status, details: {} })

function answering(body: string, status = 200) {
  const fetched = vi.fn(() => Promise.resolve(new Response(body, { status })))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

async function asked(signal = new AbortController().signal) {
  const told: ExportMoves[] = []
  const made = await exported('d', 'csv', 'sv', (moved) => told.push(moved), signal)
  return { told, name: made.name, text: await made.file.text() }
}

test('the file comes after word of how far it is, in the language that was asked for', async () => {
  const fetched = answering(moves(1, 0) + moves(0, 0.5) + FILE + '\r\n--b--\r\n')
  expect(await asked()).toEqual({
    told: [
      { before: 1, share: 0 },
      { before: 0, share: 0.5 },
    ],
    name: 'a.csv',
    text: 'a;b',
  })
  expect(fetched).toHaveBeenCalledWith('/api/desks/d/export/csv?language=sv', expect.anything())
})

test.each([
  ['before anything', problem('session.none', 401), 401, 'session.none'],
  [
    'on the way',
    moves(0, 0) + part({ 'content-type': 'application/problem+json' }, problem('export.busy', 503)),
    200,
    'export.busy',
  ],
  ['by a line that breaks', moves(0, 0), 200, 'offline'],
])('what fails %s is a code', async (_, body, status, code) => {
  answering(body, status)
  await expect(asked()).rejects.toMatchObject({ code })
})

test('a version or a chart is asked for by its number or name', async () => {
  const fetched = answering(FILE)
  const signal = new AbortController().signal
  await exported('d', 'svg', 'fi', () => undefined, signal, { version: 2, chart: 'by_purpose' })
  const path = '/api/desks/d/export/svg?language=fi&version=2&chart=by_purpose'
  expect(fetched).toHaveBeenCalledWith(path, expect.anything())
})

test('who gives up hears of it as such', async () => {
  const giveUp = new AbortController()
  giveUp.abort()
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    signal?.throwIfAborted()
  })
  await expect(asked(giveUp.signal)).rejects.toMatchObject({ name: 'AbortError' })
})

test.each([
  [`attachment; filename="kortti.xlsx"`, 'kortti.xlsx'],
  [
    `attachment; filename="x.xlsx"; filename*=UTF-8''LUONNOS%20j%C3%A4rjest%C3%B6.xlsx`,
    'LUONNOS järjestö.xlsx',
  ],
  [`attachment; filename="x.json"; filename*=UTF-8''%E0%A4%A`, 'x.json'],
  ['attachment', undefined],
])('%s is the name %s', (disposition, name) => {
  expect(fileName(disposition)).toBe(name)
})
