/** What can be done with a note or a cluster: everything that a drag does is in here as well. */

import { spotlight } from '../desk/leading'
import { measureOf } from '../desk/measures'
import { asksForVotes } from '../desk/rounds'
import type { Selection } from '../desk/selection.svelte'
import { spotlit } from '../desk/spotlight'
import { t } from '../i18n/i18n.svelte'
import type { LiveDesk } from '../sync/live.svelte'
import type { MenuItem } from '../ui/Menu.svelte'
import type { Board } from './board.svelte'
import type { Deeds } from './deeds.svelte'

export interface Table {
  readonly live: LiveDesk
  readonly board: Board
  readonly deeds: Deeds
  readonly selection: Selection
  readonly onopen: (note: string) => void
  readonly onpropose: (cluster: string) => void
}

/** The notes that an act on this one is about: all chosen ones if it is among them. */
export function meant(selection: Selection, note: string): string[] {
  return selection.has(note) ? selection.notes : [note]
}

export function itemsFor(id: string, table: Table): MenuItem[] {
  return table.live.desk.get('cluster', id) ? ofCluster(id, table) : ofNote(id, table)
}

function ofNote(id: string, table: Table): MenuItem[] {
  const { live, deeds, selection } = table
  const notes = meant(selection, id)
  const count = notes.length
  const records = notes.map((note) => live.desk.get('note', note)).filter((n) => n !== undefined)
  const clusters = new Set(records.map((note) => note.cluster))
  const [cluster] = clusters
  const mayGroup = live.may('notes.group') !== undefined
  const mayRemove = records.every((note) => live.mayTouch('notes.remove', note))
  const isPart =
    clusters.size === 1 &&
    cluster !== undefined &&
    live.desk.noteIds(cluster).length > records.length
  const asks = isPart && asksForVotes(live.desk, cluster)
  const items: (MenuItem | false)[] = [
    { id: 'open', label: t('board.act.open'), onselect: () => table.onopen(id) },
    {
      id: 'select',
      label: selection.has(id) ? t('board.act.deselect') : t('board.act.select'),
      onselect: () => selection.toggle(id),
    },
    mayGroup && {
      id: 'move',
      label: t('board.act.move_to', { count }),
      onselect: () => deeds.ask({ t: 'move', notes }),
    },
    mayGroup && {
      id: 'group',
      label: t('board.act.group', { count }),
      onselect: () => void deeds.group(notes),
    },
    mayGroup &&
      isPart &&
      count > 1 && {
        id: 'split',
        label: t(asks ? 'board.act.split.stay' : 'board.act.split', { count }),
        onselect: () => void deeds.split(cluster, notes, asks ? 'stay' : undefined),
      },
    mayGroup &&
      isPart &&
      count > 1 &&
      asks && {
        id: 'split_votes',
        label: t('board.act.split.move', { count }),
        onselect: () => void deeds.split(cluster, notes, 'move'),
      },
    mayGroup &&
      records.some((note) => note.cluster !== undefined) && {
        id: 'out',
        label: t('board.act.take_out', { count }),
        onselect: () => void deeds.takeOut(notes),
      },
    count === 1 && {
      id: 'trail',
      label: t('card.trail.title'),
      onselect: () => deeds.ask({ t: 'trail', note: id }),
    },
    mayRemove && {
      id: 'remove',
      label: t('board.act.remove', { count }),
      danger: true,
      onselect: () => deeds.ask({ t: 'remove', notes }),
    },
  ]
  return items.filter((item) => item !== false)
}

function ofCluster(id: string, table: Table): MenuItem[] {
  const { live, deeds, selection } = table
  const isMeasure = measureOf(live.desk, id) !== undefined
  const mayGroup = live.may('notes.group') !== undefined
  const notes = live.desk.noteIds(id)
  const isLit = spotlit(live.desk)?.id === id
  const items: (MenuItem | false)[] = [
    mayGroup && {
      id: 'rename',
      label: t('board.act.rename'),
      onselect: () => deeds.name(id),
    },
    live.may('measures.propose') !== undefined && {
      id: 'propose',
      label: t('board.act.propose'),
      ...(isMeasure ? { disabled: true, hint: t('board.cluster.measure') } : {}),
      onselect: () => table.onpropose(id),
    },
    live.may('agenda.run') !== undefined && {
      id: 'spotlight',
      label: t(isLit ? 'spotlight.off' : 'spotlight.do'),
      onselect: () => void spotlight(live, isLit ? null : id),
    },
    notes.length > 0 && {
      id: 'select',
      label: t('board.act.select_inside'),
      onselect: () => selection.only(...notes),
    },
    mayGroup &&
      table.board.boxes.size > 1 && {
        id: 'merge',
        label: t('board.act.merge_into'),
        onselect: () => deeds.ask({ t: 'merge_into', clusters: [id] }),
      },
    mayGroup && {
      id: 'dissolve',
      label: t('board.act.dissolve'),
      danger: true,
      onselect: () => void deeds.dissolve(id),
    },
  ]
  return items.filter((item) => item !== false)
}
