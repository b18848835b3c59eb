/** The texts of the interface: `t('join.title')` in the reader's language. */

import { IntlMessageFormat } from 'intl-messageformat'

import fi from '$locales/fi.json'

import {
  formatClock,
  formatDate,
  formatDuration,
  formatNumber,
  type Language,
  TAGS,
} from './format'

export type { Language } from './format'
export type Key = keyof typeof fi

/** Whether there is such a text: codes and kinds may come that no text was written for. */
export function isKey(key: string): key is Key {
  return key in fi
}

export type Values = Record<string, string | number | Date>
type Messages = Readonly<Record<string, string>>

export const LANGUAGES = ['fi', 'sv', 'en'] as const satisfies readonly Language[]

/** Each language in its own words, for people who cannot read the current one. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  fi: 'Suomi',
  sv: 'Svenska',
  en: 'English',
}

const STORED = 'etatyopoyta.language'

// Finnish comes with the app, so that there is always a text; the others on demand.
const loaders: Record<Language, () => Promise<Messages>> = {
  fi: () => Promise.resolve(fi),
  sv: async () => (await import('$locales/sv.json')).default,
  en: async () => (await import('$locales/en.json')).default,
}

class I18n {
  #language = $state<Language>('fi')
  #messages = $state.raw<Messages>(fi)
  #formats = new Map<string, IntlMessageFormat>()

  get language(): Language {
    return this.#language
  }

  /** Choose the stored language, else the first of the browser's that we speak, else Finnish. */
  async start(): Promise<void> {
    await this.#show(stored() ?? preferred(navigator.languages) ?? 'fi')
  }

  /** Change the language and remember it on this device. */
  async use(language: Language): Promise<void> {
    try {
      localStorage.setItem(STORED, language)
    } catch {
      // storage is forbidden: the choice holds until the page is closed
    }
    await this.#show(language)
  }

  /** Have every language at hand, so that choosing one needs no connection. */
  async fetchAll(): Promise<void> {
    await Promise.all(LANGUAGES.map((language) => loaders[language]()))
  }

  /** The text of `key` in a language of choice: for what is sent to somebody else. */
  async textIn(language: Language, key: Key, values: Values): Promise<string> {
    const messages = await loaders[language]()
    const form = new IntlMessageFormat(messages[key] ?? fi[key], TAGS[language], undefined, {
      ignoreTag: true,
    })
    return form.format(values) as string
  }

  /** The text of `key`; Finnish where a translation is missing, the key when all are. */
  text(key: Key, values?: Values): string {
    const message = this.#messages[key] ?? (fi as Messages)[key]
    if (message === undefined) return key
    if (values === undefined && !message.includes('{') && !message.includes("'")) return message
    return this.#format(key, message).format(values) as string
  }

  async #show(language: Language): Promise<void> {
    const messages = await loaders[language]()
    this.#formats.clear()
    this.#messages = messages
    this.#language = language
    document.documentElement.lang = language
  }

  #format(key: Key, message: string): IntlMessageFormat {
    const known = this.#formats.get(key)
    if (known) return known
    const made = new IntlMessageFormat(message, TAGS[this.#language], undefined, {
      ignoreTag: true,
    })
    this.#formats.set(key, made)
    return made
  }
}

export const i18n = new I18n()

/** The text of `key` in the current language, with ICU `values` filled in. */
export const t = (key: Key, values?: Values): string => i18n.text(key, values)

export const number = (value: number, options?: Intl.NumberFormatOptions): string =>
  formatNumber(i18n.language, value, options)

export const date = (at: Date | number, timeZone?: string): string =>
  formatDate(i18n.language, at, timeZone)

/** A time of day as `13.05`. */
export const clock = (at: Date | number, timeZone?: string): string =>
  formatClock(i18n.language, at, timeZone)

/** Seconds as `mm:ss`. */
export const duration = formatDuration

/** The first language of `wanted` (as in navigator.languages) that we speak. */
export function preferred(wanted: readonly string[]): Language | undefined {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (found) return found
  }
  return undefined
}

function stored(): Language | undefined {
  try {
    const value = localStorage.getItem(STORED)
    return LANGUAGES.find((language) => language === value)
  } catch {
    return undefined
  }
}
