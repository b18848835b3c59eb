/** How a note looks: its tint and the size of its words. Never the only sign of anything. */

export const TINTS = ['yellow', 'peach', 'rose', 'lilac', 'sky', 'mint', 'sand'] as const
export type Tint = (typeof TINTS)[number]

/** The same organisation always has the same paper, on every screen. */
export function tintOf(organisation: string | undefined): Tint {
  if (organisation === undefined) return 'yellow'
  let sum = 0
  for (const letter of organisation) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003
  return TINTS[sum % TINTS.length] ?? 'yellow'
}

/** Characters that still fit on a note in this size, largest first; beyond all, the text is cut. */
const SIZES = [
  ['xl', 28, 15],
  ['l', 60, 20],
  ['m', 100, 24],
  ['s', 150, 30],
] as const
export type WordSize = (typeof SIZES)[number][0] | 'xs'

/** The largest size in which the text fits on the paper, long words included. */
export function wordSizeOf(text: string): WordSize {
  const longest = Math.max(0, ...text.split(/\s+/).map((word) => word.length))
  const lines = text.split('\n').length
  for (const [size, characters, word] of SIZES) {
    // Each line of its own costs about a third of a line's room.
    if (text.length + (lines - 1) * 12 <= characters && longest <= word) return size
  }
  return 'xs'
}
