/** Numbers and dates as people write them in Finland, to and from what the desk keeps. */

import { formatNumber, type Language } from '../i18n/format'

/** `1 234,5`, `1234.5` or `−3` as a number; undefined when it is none. */
export function readNumber(written: string): number | undefined {
  const plain = written
    .replaceAll(/[\s\u00A0\u202F]/g, '')
    .replace('−', '-')
    .replace(',', '.')
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined
  return Number(plain)
}

/** For editing: a comma, but no spaces to stumble over. */
export function writeNumber(value: number, language: Language): string {
  return formatNumber(language, value, { useGrouping: false, maximumFractionDigits: 6 })
}

/** `4.11.2024`, `11/2024`, `2024` or ISO 8601 as ISO 8601; undefined when it is no date. */
export function readAsOf(written: string): string | undefined {
  const text = written.trim()
  if (/^\d{4}$/.test(text)) return text
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(text)
  if (iso) return checked(iso[1], iso[2], iso[3])
  const day = /^(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})$/.exec(text)
  if (day) return checked(day[3], day[2], day[1])
  const month = /^(\d{1,2})[./](\d{4})$/.exec(text)
  return month ? checked(month[2], month[1], undefined) : undefined
}

/** `4.11.2024`, `11/2024` or `2024`; English separates the days by strokes. */
export function writeAsOf(asOf: string, language: Language): string {
  const [year, month, day] = asOf.split('-').map(Number)
  if (month === undefined) return asOf
  if (day === undefined) return `${String(month)}/${String(year)}`
  const mark = language === 'en' ? '/' : '.'
  return [day, month, year].map(String).join(mark)
}

function checked(year?: string, month?: string, day?: string): string | undefined {
  const two = (digits: string) => digits.padStart(2, '0')
  if (year === undefined || month === undefined || Number(month) < 1 || Number(month) > 12) {
    return undefined
  }
  if (day === undefined) return `${year}-${two(month)}`
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1
  return isReal ? `${year}-${two(month)}-${two(day)}` : undefined
}
