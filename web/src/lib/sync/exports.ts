/** A desk as a file, and on the way to it how far that is. */

import type { ExportMoves, Problem } from '../protocol'
import { ApiError, get, problem } from './api'
import { partsOf } from './parts'

/** Minutes wait for the files that were asked for before. */
const PATIENCE_MS = 120_000

/** What of the desk, where it is not all of it as it is now. */
export interface Wanted {
  /** As it was when this version was published. */
  readonly version?: number
  /** A chart of the card, as svg or png. */
  readonly chart?: string
}

export interface Exported {
  /** As the server names it: it says LUONNOS until the card is published. */
  readonly name: string
  readonly file: Blob
}

/** The formats that this server makes, in the order in which they are offered. */
export function exportFormats(): Promise<string[]> {
  return get<string[]>('/api/export-formats')
}

/**
 * The file, or ApiError. `moved` is told how far it is. When `signal` gives it up, so does the
 * server, and the error is the signal's.
 */
export async function exported(
  desk: string,
  format: string,
  language: string,
  moved: (moves: ExportMoves) => void,
  signal: AbortSignal,
  wanted: Wanted = {},
): Promise<Exported> {
  const asked = new URLSearchParams({ language })
  for (const [name, value] of Object.entries(wanted)) asked.set(name, String(value))
  const path = `/api/desks/${encodeURIComponent(desk)}/export/${encodeURIComponent(format)}`
  try {
    const response = await fetch(`${path}?${asked.toString()}`, {
      headers: { Accept: 'multipart/mixed' },
      signal,
    })
    if (!response.ok) throw problem(response.status, await response.text())
    if (response.body) {
      for await (const { headers, body } of partsOf(response.body)) {
        const disposition = headers.get('content-disposition')
        if (disposition !== null) {
          return { name: fileName(disposition) ?? `${desk}.${format}`, file: body }
        }
        const said = await body.text()
        if (headers.get('content-type') === 'application/problem+json') {
          const { status }: Problem = JSON.parse(said)
          throw problem(status, said)
        }
        const moves: ExportMoves = JSON.parse(said)
        moved(moves)
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ApiError) throw error
  }
  throw new ApiError('offline', 0)
}

/** Reminders to enter what was reached, as a calendar: of the desk, or of an organisation. */
export function calendar(
  desk: string,
  language: string,
  organisation: string | undefined,
): Promise<Exported> {
  const of = organisation === undefined ? '' : `&organisation=${encodeURIComponent(organisation)}`
  const path = `/api/desks/${encodeURIComponent(desk)}/followup.ics?language=${language}${of}`
  return fetched(path, `${desk}.ics`)
}

/** A file that is made at once, under the server's name or else this one; or ApiError. */
export async function fetched(path: string, otherwise: string): Promise<Exported> {
  let response: Response
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch {
    throw new ApiError('offline', 0)
  }
  if (!response.ok) throw problem(response.status, await response.text())
  const name = fileName(response.headers.get('content-disposition') ?? '') ?? otherwise
  return { name, file: await response.blob() }
}

/** The name in a Content-Disposition: the encoded one (RFC 6266) before the plain one. */
export function fileName(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded)
    } catch {
      // not encoded after all: take the plain one
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1]
}
