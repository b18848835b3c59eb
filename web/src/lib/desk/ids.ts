const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 16
/** Bytes from here on would make the first letters likelier than the last. */
const EVEN_BYTES = 256 - (256 % ALPHABET.length)

/** `length` random letters and digits: 16 of them are 95 bits, enough that no two ever meet. */
export function randomLetters(length = LENGTH): string {
  let letters = ''
  while (letters.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < EVEN_BYTES && letters.length < length) {
        letters += ALPHABET.charAt(byte % ALPHABET.length)
      }
    }
  }
  return letters
}

/** A new record's id: `note_8sJ2…`. */
export function newId(
  prefix:
    | 'note'
    | 'cluster'
    | 'measure'
    | 'goal'
    | 'text'
    | 'org'
    | 'approval'
    | 'comment'
    | 'round'
    | 'vote'
    | 'row'
    | 'figure'
    | 'area'
    | 'section'
    | 'actual'
    | 'minutes',
): string {
  return `${prefix}_${randomLetters()}`
}
