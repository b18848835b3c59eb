/** The desks that this device sits at, so that coming back takes one tap. */

export interface Seat {
  desk: string
  title: string
  name?: string
  /** Brings the person back on another device. */
  returnCode?: string
  /** In which role, if not as a participant. */
  as?: string
}

const STORED = 'etatyopoyta.seats'
const AT_MOST = 8

/** The seats, the last one taken first. */
export function seats(): Seat[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isSeat) : []
  } catch {
    return [] // forbidden or broken storage: the invitation still works
  }
}

export function seatAt(desk: string): Seat | undefined {
  return seats().find((seat) => seat.desk === desk)
}

export function rememberSeat(seat: Seat): void {
  store([seat, ...seats().filter((other) => other.desk !== seat.desk)].slice(0, AT_MOST))
}

export function forgetSeat(desk: string): void {
  store(seats().filter((seat) => seat.desk !== desk))
}

function store(list: readonly Seat[]): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(list))
  } catch {
    // storage is forbidden: the invitation still works
  }
}

function isSeat(value: unknown): value is Seat {
  return typeof value === 'object' && value !== null && 'desk' in value && 'title' in value
}
