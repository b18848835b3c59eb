import { bytesOf, MAX_COMMAND_BYTES } from '../sync/queue.svelte'
import { importing, type NewLine } from './acts'

/** How many of these rows, from the first on, one command can carry. */
export function fitting(rows: readonly NewLine[]): number {
  let left = MAX_COMMAND_BYTES - bytesOf(importing([]))
  for (const [place, row] of rows.entries()) {
    left -= bytesOf(importing([row])) - bytesOf(importing([])) + 1 // and a comma
    if (left < 0) return place
  }
  return rows.length
}
