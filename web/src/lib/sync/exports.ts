/** A desk as a file, in the reader's language. */

import { ApiError } from './api'

export type ExportFormat = 'xlsx' | 'json'

/** Making a workbook of 10,000 notes takes the server a while. */
const PATIENCE_MS = 120_000

/** The file and the name that the server gives it, which says LUONNOS; or ApiError. */
export function exported(desk: string, format: ExportFormat, language: string): Promise<Fetched> {
  const path = `/api/desks/${encodeURIComponent(desk)}/export/${format}?language=${language}`
  return fetched(path, `${desk}.${format}`)
}

/** Reminders to enter what was reached, as a calendar: of the desk, or of an organisation. */
export function calendar(
  desk: string,
  language: string,
  organisation: string | undefined,
): Promise<Fetched> {
  const of = organisation === undefined ? '' : `&organisation=${encodeURIComponent(organisation)}`
  const path = `/api/desks/${encodeURIComponent(desk)}/followup.ics?language=${language}${of}`
  return fetched(path, `${desk}.ics`)
}

export interface Fetched {
  readonly name: string
  readonly file: Blob
}

async function fetched(path: string, otherwise: string): Promise<Fetched> {
  let response: Response
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch {
    throw new ApiError('offline', 0)
  }
  if (!response.ok) throw new ApiError(await codeOf(response), response.status)
  const name = fileName(response.headers.get('Content-Disposition') ?? '') ?? otherwise
  return { name, file: await response.blob() }
}

async function codeOf(response: Response): Promise<string> {
  try {
    const said: { code?: unknown } = await response.json()
    if (typeof said.code === 'string') return said.code
  } catch {
    // a proxy in between answers in its own words
  }
  return response.status >= 500 ? 'server.fault' : 'unknown'
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
