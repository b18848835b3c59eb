/** What somebody writes of a figure: value, date and source, as text until it is sent. */

import { i18n, t } from '../i18n/i18n.svelte'
import type { Figure } from '../protocol'
import { readAsOf, readNumber, writeAsOf, writeNumber } from './reading'

export class FigureForm {
  value = $state('')
  asOf = $state('')
  source = $state('')
  isConfirmed = $state(false)

  /** Begin with what the figure is now. */
  take(figure: Figure | undefined): void {
    this.value = figure?.value === undefined ? '' : writeNumber(figure.value, i18n.language)
    this.asOf = figure?.as_of === undefined ? '' : writeAsOf(figure.as_of, i18n.language)
    this.source = figure?.source ?? ''
    this.isConfirmed = figure?.status === 'confirmed'
  }

  get number(): number | undefined {
    return readNumber(this.value)
  }

  get valueError(): string | undefined {
    return this.value.trim() !== '' && this.number === undefined
      ? t('card.figure.no_number')
      : undefined
  }

  get dateError(): string | undefined {
    return this.asOf.trim() !== '' && readAsOf(this.asOf) === undefined
      ? t('card.figure.no_date')
      : undefined
  }

  get isSound(): boolean {
    return this.valueError === undefined && this.dateError === undefined
  }

  get mayConfirm(): boolean {
    return (
      this.number !== undefined && readAsOf(this.asOf) !== undefined && this.source.trim() !== ''
    )
  }

  /** As commands have it. */
  get stated() {
    return {
      value: this.number ?? null,
      as_of: readAsOf(this.asOf) ?? null,
      source: this.source.trim() || null,
      is_confirmed: this.isConfirmed && this.mayConfirm,
    }
  }
}

/** A text of three languages while it is written. */
export class TextForm {
  fi = $state('')
  sv = $state('')
  en = $state('')

  constructor(text?: Figure['label']) {
    this.take(text)
  }

  take(text: Figure['label'] | undefined): void {
    this.fi = text?.fi ?? ''
    this.sv = text?.sv ?? ''
    this.en = text?.en ?? ''
  }

  get text(): Figure['label'] {
    return {
      fi: this.fi.trim(),
      ...(this.sv.trim() && { sv: this.sv.trim() }),
      ...(this.en.trim() && { en: this.en.trim() }),
    }
  }
}
