/** Rows that are looked at before they become figures. */

import { newId } from '../desk/ids'
import { refusalText } from '../desk/refusal'
import { t } from '../i18n/i18n.svelte'
import type { LiveDesk, Outcome } from '../sync/live.svelte'
import { announcer } from '../ui/announcer.svelte'
import { MUNICIPALITIES } from './charts'
import {
  type Candidate,
  chosenAtFirst,
  importedRow,
  type Place,
  toggled,
  type Trouble,
} from './imported'

/** Rows in one command: so many fit in a frame, however long their sources are. */
const AT_ONCE = 100
/** What somebody may choose all the same. */
const SECOND_LOOK: readonly Trouble[] = ['twice', 'other_unit']

export class Importing {
  #live: Pick<LiveDesk, 'ask' | 'desk'>
  #addTo: Place | undefined
  #all = $state.raw<readonly Candidate[]>([])
  #chosen = $state.raw<ReadonlySet<string>>(new Set())
  #isBusy = $state(false)
  #problem = $state<string>()
  #isOutdated = false
  isConfirmed = $state(false)

  constructor(live: Pick<LiveDesk, 'ask' | 'desk'>) {
    this.#live = live
  }

  get desk() {
    return this.#live.desk
  }

  get all(): readonly Candidate[] {
    return this.#all
  }

  get chosen(): ReadonlySet<string> {
    return this.#chosen
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  get problem(): string | undefined {
    return this.#problem
  }

  /** Somebody changed figures since they were looked at: look again before writing. */
  get isOutdated(): boolean {
    return this.#isOutdated
  }

  /**
   * Lay out what was found. What the card does not have is added to `addTo`, where there is one;
   * else it may be chosen, where there is a place for it.
   */
  show(found: readonly Candidate[], addTo?: Place): void {
    this.#addTo = addTo
    this.#all = found
    const fresh = found.filter((one) => addTo && this.isNew(one) && one.value !== null)
    this.#chosen = new Set([...chosenAtFirst(found), ...fresh.map(({ key }) => key)])
    if (!this.#isOutdated) this.#problem = undefined
    this.#isOutdated = false
  }

  isNew(one: Candidate): boolean {
    return one.trouble === 'unknown' && this.placeOf(one) !== undefined
  }

  /** Where it is added, when the card does not have it. */
  placeOf({ place }: Candidate): Place | undefined {
    return this.#addTo ?? place
  }

  /** Whether a row may be written at all. */
  mayChoose(one: Candidate): boolean {
    const isSound = one.trouble === undefined || SECOND_LOOK.includes(one.trouble)
    return (isSound && one.figure !== undefined) || this.isNew(one)
  }

  toggle(one: Candidate, is: boolean): void {
    this.#chosen = toggled(this.#all, this.#chosen, one, is)
  }

  /** Write what is chosen. True when all of it is in the log. */
  async save(): Promise<boolean> {
    const rows = this.#all.filter(({ key }) => this.#chosen.has(key))
    this.#isBusy = true
    this.#problem = undefined
    const outcome = await this.#written(rows)
    this.#isBusy = false
    if (outcome.ok) {
      announcer.polite(t('card.import.done', { count: rows.length }))
      return true
    }
    this.#problem = refusalText(outcome.code, outcome.details)
    this.#isOutdated = outcome.code === 'figure.changed'
    return false
  }

  async #written(rows: readonly Candidate[]): Promise<Outcome> {
    const imported = rows.flatMap((one) =>
      one.figure === undefined ? [] : [importedRow(one, one.figure)],
    )
    for (let from = 0; from < imported.length; from += AT_ONCE) {
      const outcome = await this.#live.ask({
        t: 'figures.import',
        rows: imported.slice(from, from + AT_ONCE),
        is_confirmed: this.isConfirmed,
      })
      if (!outcome.ok) return outcome
    }
    for (const one of rows) {
      const place = this.placeOf(one)
      if (one.figure !== undefined || place === undefined) continue
      const { section, group, label = { fi: one.name } } = place
      const outcome = await this.#live.ask({
        t: 'figure.add',
        id: newId('figure'),
        section,
        group: group ?? null,
        label,
        // A municipality is its own region: by that it is added up with the others.
        region: place.region ?? (group === MUNICIPALITIES ? one.name : null),
        value: one.value,
        as_of: one.asOf ?? null,
        source: one.source ?? null,
        unit: one.unit ?? null,
        is_confirmed: this.isConfirmed,
      })
      if (!outcome.ok) return outcome
      this.#leaveOut(one) // asked again, it is not added twice
    }
    return { ok: true }
  }

  #leaveOut({ key }: Candidate): void {
    this.#all = this.#all.filter((one) => one.key !== key)
    this.#chosen = new Set([...this.#chosen].filter((one) => one !== key))
  }
}
