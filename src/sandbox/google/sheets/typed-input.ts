import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { serialOf } from './serial-date.ts'
import type { Cell, EnteredValue } from './sheet-state.ts'

export type TypedInput = { value: EnteredValue; numberFormat?: sheets_v4.Schema$NumberFormat }

/**
 * What a cell holds after a person typed this text, in the Thai locale (d/m/y, years as they stand: 2560 is the CE year
 * 2560). A text cell keeps the text; elsewhere what looks like a number loses its leading zeros.
 */
export function readTypedInput(text: string, options: { cell: Cell | undefined; now: number }): TypedInput | undefined {
  if (text === '') return undefined
  if (text.startsWith("'")) return { value: { stringValue: text.slice(1) } }
  if (options.cell?.format?.numberFormat?.type === 'TEXT') return { value: { stringValue: text } }
  if (text.startsWith('=') && text.length > 1) return { value: { formulaValue: text } }
  const trimmed = text.trim()
  if (/^(true|false)$/i.test(trimmed)) return { value: { boolValue: trimmed.toLowerCase() === 'true' } }
  return readNumber(trimmed) ?? readDate(trimmed, options.now) ?? readTime(trimmed) ?? { value: { stringValue: text } }
}

function readNumber(text: string): TypedInput | undefined {
  const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.exec(text)
  if (plain) return { value: { numberValue: Number(text) } }
  const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(\.\d+)?$/.exec(text)
  if (grouped) {
    const pattern = grouped[1] ? '#,##0.00' : '#,##0'
    return { value: { numberValue: Number(text.replaceAll(',', '')) }, numberFormat: { type: 'NUMBER', pattern } }
  }
  const percent = /^([+-]?\d+(\.\d+)?)%$/.exec(text)
  if (percent) {
    const pattern = percent[2] ? '0.00%' : '0%'
    return { value: { numberValue: Number(percent[1]) / 100 }, numberFormat: { type: 'PERCENT', pattern } }
  }
  const baht = /^฿\s?(\d[\d,]*(?:\.\d+)?)$/.exec(text)
  if (baht) {
    const amount = Number((baht[1] ?? '').replaceAll(',', ''))
    return { value: { numberValue: amount }, numberFormat: { type: 'CURRENCY', pattern: '[$฿]#,##0.00' } }
  }
  return undefined
}

function readDate(text: string, now: number): TypedInput | undefined {
  const full = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})$/.exec(text)
  if (full) return dated(fullYear(full[4] ?? ''), Number(full[3]), Number(full[1]), 'd/M/yyyy')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return dated(Number(iso[1]), Number(iso[2]), Number(iso[3]), 'yyyy-mm-dd')
  const short = /^(\d{1,2})([/-])(\d{1,2})$/.exec(text)
  if (short) return dated(new Date(now).getUTCFullYear(), Number(short[3]), Number(short[1]), 'd/M')
  return undefined
}

function dated(year: number, month: number, day: number, pattern: string): TypedInput | undefined {
  const serial = year < 1900 ? undefined : serialOf(year, month, day)
  return serial === undefined ? undefined : { value: { numberValue: serial }, numberFormat: { type: 'DATE', pattern } }
}

// Two digits stand for 2000-2029 and 1930-1999.
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length === 4) return year
  return year < 30 ? 2000 + year : 1900 + year
}

function readTime(text: string): TypedInput | undefined {
  const time = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (!time) return undefined
  const [hours, minutes, seconds] = [Number(time[1]), Number(time[2]), Number(time[3] ?? 0)]
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  const numberValue = (hours * 3600 + minutes * 60 + seconds) / 86_400
  return { value: { numberValue }, numberFormat: { type: 'TIME', pattern: time[3] ? 'H:mm:ss' : 'H:mm' } }
}
