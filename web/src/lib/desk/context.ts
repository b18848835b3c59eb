/** What the components of a desk's page share: `const live = useLive()`. */

import { createContext } from 'svelte'

import type { LiveDesk } from '../sync/live.svelte'

const [use, set] = createContext<LiveDesk>()

/** Give the desk to the components below. Call it while the page's component is set up. */
export function setLive(live: LiveDesk): void {
  set(live)
}

/** The desk that the page is about. */
export function useLive(): LiveDesk {
  return use()
}
