const LENGTH = 8
const HALF = 4

/** What was typed or pasted as the server wants it: `abcd efgh` and `ABCD-EFGH` are the same. */
export function cleanCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (letters.length <= HALF) return letters
  return `${letters.slice(0, HALF)}-${letters.slice(HALF, LENGTH)}`
}

/** As many letters as a code has. */
export function isWhole(typed: string): boolean {
  return cleanCode(typed).length === LENGTH + 1
}

/** The secret in a pasted link of ours; undefined when it is none. */
export function secretIn(pasted: string): string | undefined {
  return /\/liity#([\w-]{16,64})/.exec(pasted.trim())?.[1]
}
