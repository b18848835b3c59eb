/** Where everybody was brought, and whether I was: once a gathering, then I go where I like. */

import { createContext } from 'svelte'

import type { Gathering, Point } from '../protocol'
import type { LiveDesk } from '../sync/live.svelte'
import { gather, letGo, MEETING_PLACES, type MeetingPlace } from './leading'
import { isDone, setDone } from './once'

/** A part of the board: its middle, and how much of it is seen. */
export interface Part {
  readonly at: Point
  readonly width: number
}

/** A board that can say what is seen of it, and show a part. */
export interface Lookout {
  readonly seen: () => Part
  readonly show: (part: Part) => void
}

type Gatherer = Pick<LiveDesk, 'id' | 'desk' | 'me' | 'status' | 'person' | 'ask' | 'mayTouch'>

export class Meeting {
  #live: Gatherer
  #lookout: Lookout | undefined
  #wanted: Part | undefined

  constructor(live: Gatherer) {
    this.#live = live
  }

  /** Where everybody is to be. Watched. */
  get gathering(): Gathering | undefined {
    return this.#live.desk.info?.gathering
  }

  /** Its view; undefined for one that this page does not know. Watched. */
  get place(): MeetingPlace | undefined {
    return MEETING_PLACES.find((one) => one === this.gathering?.view)
  }

  /** A gathering that I am to be brought to now: not yet, and not who brings. Watched. */
  get isCalled(): boolean {
    const { gathering } = this
    if (!gathering || this.#live.status !== 'live' || this.#live.me.role === 'facilitator') {
      return false
    }
    return !isDone(this.#key, String(gathering.since_ms))
  }

  /** I am brought there, or told of it: it does not happen again. */
  answer(): void {
    if (this.gathering) setDone(this.#key, String(this.gathering.since_ms))
  }

  /** Let the board show the part that all are to see, now or when there is a board. */
  lookThere(): void {
    const { at, width } = this.gathering ?? {}
    this.#wanted = at && width !== undefined ? { at, width } : undefined
    this.#look()
  }

  /** A board is there; gives back how to say that it is gone. */
  attach(lookout: Lookout): () => void {
    this.#lookout = lookout
    this.#look()
    return () => {
      if (this.#lookout === lookout) this.#lookout = undefined
    }
  }

  /** Bring everybody to what I see. */
  bring(view: MeetingPlace): void {
    void gather(this.#live, view, view === 'board' ? this.#lookout?.seen() : undefined)
  }

  letGo(): void {
    void letGo(this.#live)
  }

  get #key(): string {
    return `${this.#live.id}.gathering`
  }

  #look(): void {
    if (!this.#wanted || !this.#lookout) return
    this.#lookout.show(this.#wanted)
    this.#wanted = undefined
  }
}

const [use, set] = createContext<Meeting>()

/** Give the meeting to the components below. */
export const setMeeting = (meeting: Meeting): void => {
  set(meeting)
}

export const useMeeting = (): Meeting => use()
