/** Which page an address means. Keys travel in the fragment: it never reaches a server or its log. */

import type { Role } from './protocol'

export const VIEWS = ['board', 'list', 'votes', 'card', 'followup', 'memo', 'console'] as const
/** The views that people choose from, the one that a hall looks at together, and what is printed. */
export const ALL_VIEWS = [...VIEWS, 'screen', 'sheets', 'replay', 'minutes'] as const
export type View = (typeof ALL_VIEWS)[number]

/** What those see who do not see the whole desk; the first of it first. */
export const GUEST_VIEWS: Partial<Record<Role, readonly (typeof VIEWS)[number][]>> = {
  commenter: ['card'],
  reporter: ['followup', 'card'],
}

/** Those who come by a secret of their own. */
export const HOSTS = [
  'facilitator',
  'secretary',
  'participant',
  'viewer',
  'commenter',
  'reporter',
] as const
export type Host = (typeof HOSTS)[number]

export type Route =
  | { page: 'join'; key?: string }
  | DeskRoute
  | { page: 'facilitator'; key: string; host: Host }
  | { page: 'missing' }

export type DeskRoute = {
  page: 'desk'
  desk: string
  /** Absent: the one that suits the screen. */
  view?: View
  /** In which role, for who has several there. */
  as?: string
}

/** The Finnish words of the views in addresses. */
const WORDS: Record<View, string> = {
  board: 'taulu',
  list: 'lista',
  votes: 'aanet',
  card: 'kortti',
  followup: 'seuranta',
  memo: 'muistilappu',
  console: 'ohjaus',
  screen: 'sali',
  sheets: 'pohjat',
  replay: 'kulku',
  minutes: 'poytakirja',
}
const DOORS: Record<Host, string> = {
  facilitator: 'vetaja',
  secretary: 'sihteeri',
  participant: 'oma',
  viewer: 'ruutu',
  commenter: 'kommentoi',
  reporter: 'toteuma',
}

/** The page of `path`; `fragment` comes with or without its `#`, `query` with or without its `?`. */
export function routeOf(path: string, fragment = '', query = ''): Route {
  const key = fragment.replace(/^#/, '')
  const [first = '', second, third, ...more] = path.split('/').filter(Boolean)
  if (more.length > 0) return { page: 'missing' }
  if (first === '') return { page: 'join' }
  if (first === 'liity' && second === undefined) return { page: 'join', key }
  const host = HOSTS.find((name) => DOORS[name] === first)
  if (host && second === undefined) return { page: 'facilitator', key, host }
  if (first !== 'poyta' || second === undefined) return { page: 'missing' }
  const view = ALL_VIEWS.find((name) => WORDS[name] === third)
  if (third !== undefined && view === undefined) return { page: 'missing' }
  const as = new URLSearchParams(query).get('as')
  return { page: 'desk', desk: second, ...(view && { view }), ...(as !== null && { as }) }
}

/** The address of a desk, of one of its views, or of it in a role. */
export function deskPath(desk: string, view?: View, as?: string): string {
  const path = view === undefined ? `/poyta/${desk}` : `/poyta/${desk}/${WORDS[view]}`
  return as === undefined ? path : `${path}?as=${encodeURIComponent(as)}`
}

class Router {
  #route = $state.raw<Route>({ page: 'missing' })

  get route(): Route {
    return this.#route
  }

  /** Follow the address bar from now on, and links that stay in the app. */
  start(): void {
    this.#read()
    addEventListener('popstate', () => {
      this.#read()
    })
    document.addEventListener('click', (event) => {
      const path = pathOfClick(event)
      if (path === undefined) return
      event.preventDefault()
      this.go(path)
    })
  }

  /** Show `path`; `replace` leaves no way back, for example to an address with a key. */
  go(path: string, { replace = false } = {}): void {
    if (replace) history.replaceState(null, '', path)
    else history.pushState(null, '', path)
    this.#read()
  }

  #read(): void {
    this.#route = routeOf(location.pathname, location.hash, location.search)
  }
}

export const router = new Router()

/** Where a plain click on a link leads, if one of our pages is there. */
function pathOfClick(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || link.target || link.hasAttribute('download')) return undefined
  const isSamePage = link.pathname === location.pathname && link.hash !== ''
  if (link.origin !== location.origin || isSamePage) return undefined
  if (routeOf(link.pathname).page === 'missing') return undefined
  return link.pathname + link.search + link.hash
}
