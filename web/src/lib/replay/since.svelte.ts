/** What has changed on the live board since a workshop: chosen on this page, for its reader only. */

import type { Desk } from '../desk/desk.svelte'
import type { AnyRecord, Cluster, Note, Workshop } from '../protocol'
import { changesBetween, type What } from './changes'
import type { State } from './film'
import { Reel } from './reel.svelte'

/** Workshops of which a section was held and none is open, the latest first. */
export function workshopsHeld(desk: Desk): Workshop[] {
  const sections = desk.all('section')
  return desk
    .all('workshop')
    .filter(({ id }) => {
      const own = sections.filter(({ workshop }) => workshop === id)
      return (
        own.some(({ closed_ms }) => closed_ms !== undefined) &&
        own.every(({ state }) => state !== 'open')
      )
    })
    .sort((a, b) => b.number - a.number)
}

type Placed = Note | Cluster

export interface Marks {
  /** What became of the notes and clusters that are there. */
  readonly there: ReadonlyMap<string, What>
  /** Notes and clusters that are not there any more, as they were. */
  readonly gone: readonly Placed[]
  readonly counts: Readonly<Record<What, number>>
}

/** What to mark on the board of the workshop that is held now. */
export function marksSince(before: State, desk: Desk): Marks {
  const here = desk.info?.workshop
  const isOfBoard = (record: AnyRecord): record is Placed =>
    (record.t === 'note' || record.t === 'cluster') && record.workshop === here
  const then = new Map([...before.values()].filter(isOfBoard).map((each) => [each.id, each]))
  const there = [...desk.all('note'), ...desk.all('cluster')].filter(isOfBoard)
  const changes = changesBetween(then, new Map(there.map((each) => [each.id, each])))
  const of = (what: What) => changes.filter((change) => change.what === what)
  return {
    there: new Map(
      changes.filter(({ what }) => what !== 'removed').map(({ id, what }) => [id, what]),
    ),
    gone: of('removed')
      .map(({ id }) => then.get(id))
      .filter((each) => each !== undefined),
    counts: {
      added: of('added').length,
      changed: of('changed').length,
      removed: of('removed').length,
    },
  }
}

class Since {
  /** Id of the workshop. */
  workshop = $state<string>()
  /** What all saw when it was over; undefined while that is being fetched. */
  before = $state.raw<State>()

  /** Fetch how things were when that workshop was over; ApiError. */
  async choose(desk: string, workshop: string): Promise<void> {
    this.workshop = workshop
    this.before = undefined
    const reel = new Reel()
    try {
      await reel.load(desk)
      if (this.workshop === workshop) {
        this.before = new Map(reel.film.after(reel.film.at(reel.endOf(workshop))))
      }
    } catch (error) {
      this.stop()
      throw error
    } finally {
      reel.close()
    }
  }

  stop(): void {
    this.workshop = undefined
    this.before = undefined
  }
}

export const since = new Since()
