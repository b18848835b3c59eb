/** Numbers and times the way each language writes them; no texts. */

export type Language = 'fi' | 'sv' | 'en'

/** Swedish is that of Finland; English follows European habits. */
export const TAGS: Record<Language, string> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }

const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

/** `1 234,5` in Finnish; `options` must be one of few constants, since formatters are kept. */
export function formatNumber(
  language: Language,
  value: number,
  options: Intl.NumberFormatOptions = {},
): string {
  const key = language + JSON.stringify(options)
  const known = numbers.get(key) ?? new Intl.NumberFormat(TAGS[language], options)
  numbers.set(key, known)
  return known.format(value)
}

/** `24.11.2026` in Finnish and Swedish, `24/11/2026` in English. */
export function formatDate(language: Language, at: Date | number, timeZone?: string): string {
  return dateFormat(
    language,
    { day: 'numeric', month: 'numeric', year: 'numeric' },
    timeZone,
  ).format(at)
}

/** `13.05`, in English `13:05`; 24 hours, in `timeZone` or the reader's own. */
export function formatClock(language: Language, at: Date | number, timeZone?: string): string {
  const parts = dateFormat(
    language,
    { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    timeZone,
  ).formatToParts(at)
  const part = (type: string) => (parts.find((p) => p.type === type)?.value ?? '').padStart(2, '0')
  return `${part('hour')}${language === 'en' ? ':' : '.'}${part('minute')}`
}

/** `05:09` for 309 s, `1:00:00` from an hour on, `−00:30` when overdue. */
export function formatDuration(seconds: number): string {
  const whole = Math.trunc(Math.abs(seconds))
  const two = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const clock = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return `${seconds < 0 && whole > 0 ? '−' : ''}${hours > 0 ? `${String(hours)}:` : ''}${clock}`
}

function dateFormat(
  language: Language,
  options: Intl.DateTimeFormatOptions,
  timeZone: string | undefined,
): Intl.DateTimeFormat {
  const all = timeZone === undefined ? options : { ...options, timeZone }
  const key = language + JSON.stringify(all)
  const known = dates.get(key) ?? new Intl.DateTimeFormat(TAGS[language], all)
  dates.set(key, known)
  return known
}
