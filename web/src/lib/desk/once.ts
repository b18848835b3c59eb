/** What a page does once in a session, also when it is loaded again: for `sessionStorage`. */

const PREFIX = 'etatyopoyta.once.'

/** Whether `what` was done for this very `value`. */
export function isDone(what: string, value: string): boolean {
  try {
    return sessionStorage.getItem(PREFIX + what) === value
  } catch {
    return false
  }
}

export function setDone(what: string, value: string): void {
  try {
    sessionStorage.setItem(PREFIX + what, value)
  } catch {
    // storage is forbidden: it is done again after a reload
  }
}
