import type { Selection } from '../desk/selection.svelte'
import type { LiveDesk } from '../sync/live.svelte'
import type { Load } from './drop'

/** What dragging this item takes along; undefined when this person may do nothing with it now. */
export function loadOf(live: LiveDesk, selection: Selection, id: string): Load | undefined {
  const mayGroup = live.may('notes.group') !== undefined
  const isChosen = selection.has(id)
  const candidates = isChosen ? [...selection.notes, ...selection.clusters] : [id]
  const notes = candidates.filter((candidate) => {
    const note = live.desk.get('note', candidate)
    // Whoever may group may take hold of any note, though a foreign one only moves into a group.
    return note !== undefined && (mayGroup || live.mayTouch('notes.move', note))
  })
  const clusters = mayGroup ? candidates.filter((c) => live.desk.get('cluster', c)) : []
  // A note whose cluster moves, moves with it.
  const loose = notes.filter((n) => !clusters.includes(live.desk.get('note', n)?.cluster ?? ''))
  const isEmpty = loose.length === 0 && clusters.length === 0
  return isEmpty ? undefined : { notes: loose, clusters }
}
