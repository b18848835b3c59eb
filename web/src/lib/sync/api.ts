/** The HTTP calls. Whatever goes wrong comes as an `ApiError` with a code for the locales. */

import type {
  CopyAsked,
  DeskAtDoor,
  FiguresAsked,
  FiguresFetched,
  HistoryPage,
  Invitation,
  JoinAsked,
  Json,
  LinkAsked,
  LinkMade,
  Me,
  NameGiven,
  NewDesk,
  ParticipantLink,
  Problem,
  RecoveryCode,
  RoleLink,
  Seated,
  SecretGiven,
  Snapshot,
  Templates,
  TemplateSaved,
  TableRead,
  Timeline,
} from '../protocol'
import type { Outcome } from './queue.svelte'
import { wellFormed } from './wellformed'

/** A slow phone may take its time with a snapshot; a dead line should not take for ever. */
const PATIENCE_MS = 30_000
/** A page of another origin cannot set this header without asking us first. */
const OURS = { 'X-Etatyopoyta': '1' }
/** A spreadsheet over a slow mobile connection, and its turn at the server. */
const UPLOAD_PATIENCE_MS = 120_000
/** The server asks others, one question after the other. */
const FETCH_PATIENCE_MS = 90_000

export class ApiError extends Error {
  readonly code: string
  /** The HTTP status; 0 when the server was not reached. */
  readonly status: number
  readonly details: { [key: string]: Json }

  constructor(code: string, status: number, details: { [key: string]: Json } = {}) {
    super(code)
    this.code = code
    this.status = status
    this.details = details
  }

  /** Trying again may help: nothing was decided. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** What a code or a link's secret opens. */
export function lookAtDoor(code: string): Promise<DeskAtDoor> {
  return post<DeskAtDoor>('/api/join/look', { code } satisfies Invitation)
}

/** Take part: the cookie is set when this resolves. */
export function join(asked: JoinAsked): Promise<Seated> {
  return post<Seated>('/api/join', asked)
}

/** Swap the secret of a facilitator's link for a session. */
export function openDesk(desk: string, secret: string): Promise<Seated> {
  return post<Seated>(`${at(desk)}/open`, { secret } satisfies SecretGiven)
}

export function me(desk: string, as?: string): Promise<Me> {
  return get<Me>(`${at(desk)}/me${inRole(as)}`)
}

export function snapshot(desk: string): Promise<Snapshot> {
  return get<Snapshot>(`${at(desk)}/snapshot`)
}

/** When what happened: sections that were held, minutes in which there was something. */
export function timeline(desk: string): Promise<Timeline> {
  return get<Timeline>(`${at(desk)}/timeline`)
}

/** What all saw of the entries behind a number, as it was then: as many as fit in one answer. */
export function history(desk: string, after: number): Promise<HistoryPage> {
  return get<HistoryPage>(`${at(desk)}/history?after=${String(after)}`)
}

export function invitation(desk: string): Promise<ParticipantLink> {
  return get<ParticipantLink>(`${at(desk)}/invitation`)
}

/** Say what somebody is called; the page's role says who asks. */
export function namePerson(desk: string, person: string, name: string, as?: string): Promise<void> {
  const body: NameGiven = { name }
  return post(`${at(desk)}/people/${encodeURIComponent(person)}/name${inRole(as)}`, body)
}

/** The links of those who lead the desk, without their secrets. */
export function roleLinks(desk: string): Promise<RoleLink[]> {
  return get<RoleLink[]>(`${at(desk)}/links`)
}

/** A new link for one person more, or for a projector. It is shown once. */
export function makeLink(
  desk: string,
  role: LinkMade['role'],
  name?: string,
  organisation?: string,
): Promise<LinkMade> {
  const body: LinkAsked = {
    ...(name !== undefined && { name }),
    ...(organisation !== undefined && { organisation }),
  }
  return post<LinkMade>(`${at(desk)}/links/${role}`, body)
}

/** End a link and the sessions that came by it. */
export function endLink(desk: string, link: string): Promise<void> {
  const path = `${at(desk)}/links?link=${encodeURIComponent(link)}`
  return answer(path, { method: 'DELETE', headers: OURS })
}

/** A code that seats me on a borrowed machine; the one before ends. */
export function makeRecoveryCode(desk: string): Promise<RecoveryCode> {
  return post<RecoveryCode>(`${at(desk)}/recovery`, {})
}

/** Take the seat of a recovery code: the cookie is set when this resolves. */
export function recover(code: string): Promise<Seated> {
  return post<Seated>('/api/join/recover', { code } satisfies Invitation)
}

/** What new desks can be made from. */
export function templates(desk: string): Promise<Templates> {
  return get<Templates>(`${at(desk)}/templates`)
}

/** Save the desk's structure under a name. */
export function saveTemplate(desk: string, name: string): Promise<Templates> {
  return post<Templates>(`${at(desk)}/templates`, { name } satisfies TemplateSaved)
}

/** A new desk like this one or like a template; a rehearsal has people who are played. */
export function copyDesk(desk: string, asked: CopyAsked): Promise<NewDesk> {
  return post<NewDesk>(`${at(desk)}/copies`, asked)
}

/** Wipe a rehearsal. */
export function wipeDesk(desk: string): Promise<void> {
  return answer(at(desk), { method: 'DELETE', headers: OURS })
}

/** How the members of an organisation get in: the same each time; for facilitators. */
export function organisationLink(desk: string, organisation: string): Promise<ParticipantLink> {
  return post(`${at(desk)}/organisations/${encodeURIComponent(organisation)}/link`, {})
}

/** The rows of a spreadsheet. `sent` is told how much of it is on its way, from 0 to 1. */
export function readTable(
  desk: string,
  file: File,
  sent: (share: number) => void,
): Promise<TableRead> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest() // fetch does not tell how far it is
    request.open('POST', `${at(desk)}/table?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('X-Etatyopoyta', '1')
    request.timeout = UPLOAD_PATIENCE_MS
    request.upload.onprogress = ({ loaded, total }) => {
      sent(total > 0 ? loaded / total : 1)
    }
    request.onerror = request.ontimeout = () => {
      reject(new ApiError('offline', 0))
    }
    request.onload = () => {
      if (request.status !== 200) {
        reject(problem(request.status, request.responseText))
        return
      }
      const table: TableRead = JSON.parse(request.responseText)
      resolve(table)
    }
    request.send(file)
  })
}

/** What statistics sources say of these figures. Nothing is changed by it. */
export function fetchFigures(desk: string, figures: string[], earlier: number) {
  const body: FiguresAsked = { figures, earlier }
  return post<FiguresFetched>(`${at(desk)}/figures/fetch`, body, FETCH_PATIENCE_MS)
}

/** End the session on this device. */
export function leave(desk: string, as?: string): Promise<void> {
  return post(`${at(desk)}/leave${inRole(as)}`, {})
}

/** Where the desk's socket is. */
export function liveUrl(desk: string, as?: string): string {
  const url = new URL(`${at(desk)}/live${inRole(as)}`, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

/** What became of it, as for what is asked by the socket. */
export async function outcomeOf(asked: Promise<unknown>): Promise<Outcome> {
  try {
    await asked
    return { ok: true }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { ok: false, code: error.code, details: error.details }
  }
}

function at(desk: string): string {
  return `/api/desks/${encodeURIComponent(desk)}`
}

/** Somebody may have several seats at a desk; without a role, the server takes the strongest. */
function inRole(as: string | undefined): string {
  return as === undefined ? '' : `?role=${encodeURIComponent(as)}`
}

export function get<Body>(path: string): Promise<Body> {
  return answer<Body>(path, { headers: { Accept: 'application/json' } })
}

function post<Body>(path: string, body: object, patienceMs = PATIENCE_MS): Promise<Body> {
  const request = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...OURS },
    body: JSON.stringify(body, wellFormed),
  }
  return answer<Body>(path, request, patienceMs)
}

async function answer<Body>(
  path: string,
  request: RequestInit,
  patienceMs = PATIENCE_MS,
): Promise<Body> {
  let response: Response
  let text: string
  try {
    response = await fetch(path, { ...request, signal: AbortSignal.timeout(patienceMs) })
    text = await response.text()
  } catch {
    throw new ApiError('offline', 0)
  }
  if (!response.ok) throw problem(response.status, text)
  const body: Body = text === '' ? undefined : JSON.parse(text)
  return body
}

/** What a server said no with, or what stood in between. */
export function problem(status: number, text: string): ApiError {
  try {
    const said: Partial<Problem> = JSON.parse(text)
    if (typeof said.code === 'string') return new ApiError(said.code, status, said.details)
  } catch {
    // a proxy in between answers in its own words
  }
  return new ApiError(status >= 500 ? 'server.fault' : 'unknown', status)
}
