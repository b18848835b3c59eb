const LENGTH = 8
/** Of a code that seats a facilitator on a borrowed machine. */
const RECOVERY_LENGTH = 16
const GROUP = 4
const GROUPS = /.{1,4}/g

const lettersOf = (typed: string) => typed.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** What was typed or pasted as the server wants it: `abcd efgh` and `ABCD-EFGH` are the same. */
export function cleanCode(typed: string): string {
  const letters = lettersOf(typed)
  const length = letters.length >= RECOVERY_LENGTH ? RECOVERY_LENGTH : LENGTH
  return (letters.slice(0, length).match(GROUPS) ?? []).join('-')
}

/** As many letters as a code has. */
export function isWhole(typed: string): boolean {
  return cleanCode(typed).length === LENGTH + LENGTH / GROUP - 1 || isRecovery(typed)
}

/** As many letters as a recovery code has, and nothing else. */
export function isRecovery(typed: string): boolean {
  return lettersOf(typed).length === RECOVERY_LENGTH && !/[^0-9A-Za-z\s\u2010-\u2013-]/.test(typed)
}

/** The secret in a pasted link of ours; undefined when it is none. */
export function secretIn(pasted: string): string | undefined {
  return /\/liity#([\w-]{16,64})/.exec(pasted.trim())?.[1]
}
