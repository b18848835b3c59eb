/** A desk that is kept up to date: what the log says, what I did, and who else is here. */

import { SvelteMap } from 'svelte/reactivity'

import { Desk, type Prediction } from '../desk/desk.svelte'
import { covers, whose } from '../desk/may'
import {
  type Command,
  type Entries,
  type FromServer,
  type May,
  type Me,
  type Note,
  type Patch,
  type PauseReason,
  type Person,
  type Point,
  type Snapshot,
  type Welcome,
  type Whose,
} from '../protocol'
import * as api from './api'
import { ServerClock } from './clock'
import { type Kept, Outbox } from './outbox'
import { predict } from './predict'
import { Presence } from './presence.svelte'
import { bytesOf, MAX_COMMAND_BYTES, type Outcome, Queue } from './queue.svelte'
import { Ended, Socket, type SocketState } from './socket'
import { wellFormed } from './wellformed'

export type { Outcome } from './queue.svelte'
export type Status = 'connecting' | 'live' | 'offline' | 'ended'
/** Told before patches of the log are applied: `desk.confirmed` still says what was. */
export type Watcher = (patches: readonly Patch[]) => void

export class LiveDesk {
  readonly desk = new Desk()
  readonly clock = new ServerClock()
  #id: string
  #as: string | undefined
  #me: Me
  #isTicketFresh = true
  #socket: Socket
  #outbox: Outbox
  #queue: Queue
  #n = 0
  #mark = ''
  #build: string | undefined
  #isResyncing = false
  #predicted: Prediction = new Map()
  #watchers = new Set<Watcher>()
  #names = new SvelteMap<string, string>()
  #presence = new Presence((frame) => this.#status === 'live' && this.#socket.send(frame))
  #status = $state<Status>('connecting')
  #ended = $state<string>()
  #pausedBy = $state<PauseReason>()
  #isOutdated = $state(false)
  #wasRestored = $state(false)

  private constructor(deskId: string, as: string | undefined, me: Me, outbox: Outbox) {
    this.#id = deskId
    this.#as = as
    this.#me = me
    this.#outbox = outbox
    this.#queue = new Queue(
      outbox,
      ({ rid, command: cmd, section = null }) => this.#socket.send({ t: 'ask', rid, cmd, section }),
      () => {
        this.#predict()
      },
    )
    this.#socket = new Socket(
      api.liveUrl(deskId, as),
      {
        prepare: () => this.#prepare(),
        opened: () => {
          this.#hello()
        },
        heard: (frame) => {
          this.#heard(frame)
        },
        changed: (state, ended) => {
          this.#changed(state, ended)
        },
      },
      this.clock,
    )
  }

  /** Come to a desk in a role (`as`), or in the only one this browser has there. Or ApiError. */
  static async open(deskId: string, as?: string): Promise<LiveDesk> {
    const [me, state] = await Promise.all([api.me(deskId, as), api.snapshot(deskId)])
    const live = new LiveDesk(deskId, as, me, await Outbox.open(`${deskId}/${me.person}`))
    live.#reset(state)
    await live.#queue.adopt()
    live.#socket.start()
    return live
  }

  /** The desk's own id, as in its address. */
  get id(): string {
    return this.#id
  }

  /** Who I am, by the cookie. */
  get me(): Me {
    return this.#me
  }

  /** My own record. Watched. */
  get person(): Person | undefined {
    return this.desk.get('person', this.#me.person)
  }

  /** Names by person id. Watched. */
  get names(): ReadonlyMap<string, string> {
    return this.#names
  }

  /** Who is here and where they point. Watched. */
  get presence(): ReadonlyMap<string, Point | null> {
    return this.#presence.people
  }

  /** How many are writing a note just now, nobody knows who. Watched. */
  get writing(): number {
    return this.#presence.writing
  }

  get status(): Status {
    return this.#status
  }

  /** Why it is over, a code for the locales; while the status is `ended`. Watched. */
  get ended(): string | undefined {
    return this.#ended
  }

  /** Why the server cannot make changes durable just now, if it cannot. Watched. */
  get pausedBy(): PauseReason | undefined {
    return this.#pausedBy
  }

  /** What is asked now waits: there is no connection, or nothing can be saved. Watched. */
  get isStuck(): boolean {
    return this.#status === 'offline' || this.#pausedBy !== undefined
  }

  /** The server was updated since this page was loaded. Watched. */
  get isOutdated(): boolean {
    return this.#isOutdated
  }

  /** The server's log ends before what this page had seen: it came from a backup. Watched. */
  get wasRestored(): boolean {
    return this.#wasRestored
  }

  /** Acts of mine that are not in the log yet. Watched. */
  get pendingCount(): number {
    return this.#queue.count
  }

  /** Pending acts outlive this page. */
  get isKeptOnDevice(): boolean {
    return this.#outbox.isKept
  }

  /** Texts of mine that a rule turned down: to copy, to try again or to let go. Watched. */
  get refused(): readonly Kept[] {
    return this.#queue.refused
  }

  /** An act of mine on this record is not in the log yet. Watched, per record. */
  isPending(recordId: string): boolean {
    return this.#queue.touches(recordId)
  }

  /** Whose notes I may do this to now; undefined when not at all. Watched. */
  may(may: May): Whose | undefined {
    return whose(this.desk, this.#me.role, may, this.person)
  }

  /** Whether I may do this to this note now. Watched. */
  mayTouch(may: May, note: Note): boolean {
    return covers(this.may(may), note, this.person)
  }

  /**
   * Ask for a change. Resolves when it is in the log or refused; survives reconnects. `section` is
   * the one in which it was done: what arrives after that has closed may be taken late.
   */
  ask(command: Command, section = this.desk.openSection?.id): Promise<Outcome> {
    if (bytesOf(command) > MAX_COMMAND_BYTES) {
      return Promise.resolve({ ok: false, code: 'change.too_big', details: {} })
    }
    const plain: Command = JSON.parse(JSON.stringify(command, wellFormed)) // no watched objects of the page in the outbox
    return this.#queue.ask(plain, Math.round(this.clock.nowMs()), section)
  }

  /** Forget a refused text. */
  letGo(rid: string): void {
    this.#queue.letGo(rid)
  }

  /** Show others where I point, at most ten times a second; null when nowhere. */
  pointAt(at: Point | null): void {
    this.#presence.show({ at })
  }

  /** Let others count me among those who write just now. */
  write(isWriting: boolean): void {
    this.#presence.show({ is_writing: isWriting })
  }

  /** Be told of patches before they are applied; returns how to stop. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Leave for good on this device: what is kept here is wiped, and the session ended. */
  async leave(): Promise<void> {
    await api.leave(this.#id, this.#me.role)
    await this.#outbox.wipe()
    this.close()
  }

  close(): void {
    this.#socket.close()
    this.#queue.close()
    this.#outbox.close()
    this.#presence.close()
  }

  /** A ticket for each connection; the one that the desk was opened with is good for the first. */
  async #prepare(): Promise<void> {
    if (this.#isTicketFresh) {
      this.#isTicketFresh = false
      return
    }
    try {
      this.#me = await api.me(this.#id, this.#as)
    } catch (error) {
      if (error instanceof api.ApiError && !error.isPassing) throw new Ended(error.code)
      throw error
    }
  }

  #hello(): void {
    this.#socket.send({ t: 'hello', ticket: this.#me.ticket, since: this.#n, mark: this.#mark })
  }

  #heard(frame: FromServer): void {
    switch (frame.t) {
      case 'entries':
        this.#take(frame)
        break
      case 'welcome':
        this.#welcome(frame)
        break
      case 'resync':
        void this.#resync()
        break
      case 'settled':
        this.#queue.settled(frame.list.map((done) => done.rid))
        break
      case 'refused': {
        const { code, details = {}, retry_ms = null } = frame
        this.#queue.refuse(frame.rid, { code, details }, retry_ms)
        break
      }
      case 'people':
        for (const [person, name] of Object.entries(frame.names)) this.#names.set(person, name)
        break
      case 'presence':
        this.#presence.heard(frame)
        break
      case 'saving':
        this.#pausedBy = frame.is_paused ? (frame.reason ?? 'store_away') : undefined
        break
    }
  }

  /** The next entries. A gap means that something was missed: start from a snapshot. */
  #take(frame: Entries): void {
    if (this.#isResyncing) return
    const patches: Patch[] = []
    let n = this.#n
    for (const entry of frame.list) {
      if (entry.n <= n) continue
      if (entry.n !== n + 1) {
        // Between a hello and its welcome, entries may come that the hello did not know of yet.
        if (this.#status === 'live') void this.#resync()
        return
      }
      patches.push(entry.p)
      n = entry.n
    }
    if (n === this.#n) return
    this.#n = n
    this.#mark = frame.mark
    this.#apply(patches)
  }

  #welcome(frame: Welcome): void {
    if (this.#isResyncing) return
    if (frame.n !== this.#n) {
      void this.#resync()
      return
    }
    this.#mark = frame.mark
    this.#isOutdated ||= this.#build !== undefined && this.#build !== frame.build
    this.#build ??= frame.build
    this.#pausedBy = undefined
    this.#apply([frame.own])
    this.#status = 'live'
    this.#presence.begin()
    this.#queue.open()
    void this.#queue.adopt()
  }

  async #resync(): Promise<void> {
    if (this.#isResyncing) return
    this.#isResyncing = true
    this.#stop()
    try {
      const state = await api.snapshot(this.#id)
      this.#wasRestored ||= state.n < this.#n
      this.#reset(state)
      this.#isResyncing = false
      this.#hello()
    } catch {
      this.#isResyncing = false
      this.#socket.restart()
    }
  }

  #reset(state: Snapshot): void {
    this.#n = state.n
    this.#mark = state.mark
    this.desk.reset(state.records)
    this.#predict()
  }

  #apply(patches: readonly Patch[]): void {
    for (const watcher of this.#watchers) watcher(patches)
    this.desk.apply(patches)
    const isForeseen = patches.some((patch) =>
      Object.keys(patch).some((id) => this.#predicted.has(id)),
    )
    if (isForeseen) this.#predict()
  }

  /** Lay my unanswered acts over what the log says. */
  #predict(): void {
    const acts = this.#queue.acts
    if (acts.length === 0 && this.#predicted.size === 0) return
    this.#predicted = predict(this.desk, acts, this.#me.person)
    this.desk.predict(this.#predicted)
  }

  #changed(state: SocketState, ended: string | undefined): void {
    if (state === 'ended') {
      this.#ended = ended
      this.#status = 'ended'
      this.#queue.close()
    } else if (state === 'waiting') {
      this.#stop()
    }
  }

  /** Not live for now: asks wait, and so does the pointer. */
  #stop(): void {
    this.#queue.close()
    if (this.#status !== 'connecting') this.#status = 'offline'
  }
}
