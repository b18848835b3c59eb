/** What stands before an item of a pasted list: a bullet, a dash, a number. */
const BULLET = /^\s*(?:[-–—*•·‣▪◦]|\(?\d{1,3}[.)])\s+/

/** The lines of a pasted text, one note each: without bullets, blanks and repetitions. */
export function linesOf(text: string): string[] {
  const lines = text.split(/[\r\n\u2028]+/).map((line) => line.replace(BULLET, '').trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}
