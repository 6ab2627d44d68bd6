import type { ErrorDetail } from '../line-answer.ts'

/** Where a value stands, written as LINE writes it for this kind of object: `messages[0].text` or `/body/contents/0`. */
export type Place = { at: string; style: 'dotted' | 'pointer' }
export type Report = (problem: ErrorDetail) => void
export type Check = (value: unknown, place: Place, report: Report) => void
export type Fields = Record<string, Check | { required: Check }>

export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** LINE reads JSON null as a missing property. */
export const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null

export const inside = (place: Place, key: string | number): Place => {
  if (place.style === 'pointer') return { ...place, at: `${place.at}/${key}` }
  if (typeof key === 'number') return { ...place, at: `${place.at}[${key}]` }
  return { ...place, at: place.at === '' ? key : `${place.at}.${key}` }
}

export const tell = (report: Report, place: Place, message: string): void =>
  report({ message, property: place.at === '' && place.style === 'pointer' ? '/' : place.at })

export const required = (check: Check) => ({ required: check })

const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' })

export const graphemeCount = (text: string): number => [...graphemes.segment(text)].length

/** A string whose length lies between the limits, in UTF-16 units unless graphemes are asked for. */
export const text =
  (limits: { min?: number; max: number; unit?: 'utf16' | 'grapheme' }): Check =>
  (value, place, report) => {
    if (typeof value !== 'string') return tell(report, place, 'must be a string')
    const min = limits.min ?? 1
    if (value.length === 0 && min > 0) return tell(report, place, 'May not be empty')
    const length = limits.unit === 'grapheme' ? graphemeCount(value) : value.length
    if (length < min || length > limits.max) tell(report, place, `Length must be between ${min} and ${limits.max}`)
  }

export const matching =
  (pattern: RegExp, message = 'invalid property'): Check =>
  (value, place, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) tell(report, place, message)
  }

export const oneOf =
  (...values: readonly string[]): Check =>
  (value, place, report) => {
    if (typeof value !== 'string' || !values.includes(value))
      tell(report, place, `Must be one of the following values: [${values.join(', ')}]`)
  }

export const integer =
  (limits: { min: number; max: number }): Check =>
  (value, place, report) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return tell(report, place, 'must be an integer')
    if (value < limits.min || value > limits.max) tell(report, place, `Must be between ${limits.min} and ${limits.max}`)
  }

export const decimal =
  (limits: { min: number; max: number }): Check =>
  (value, place, report) => {
    if (typeof value !== 'number' || !(value >= limits.min && value <= limits.max))
      tell(report, place, `Must be between ${limits.min} and ${limits.max}`)
  }

export const flag: Check = (value, place, report) => {
  if (typeof value !== 'boolean') tell(report, place, 'must be a boolean')
}

export const listOf =
  (limits: { min: number; max: number; of: Check }): Check =>
  (value, place, report) => {
    if (!Array.isArray(value)) return tell(report, place, 'must be an array')
    if (value.length < limits.min || value.length > limits.max)
      tell(report, place, `Size must be between ${limits.min} and ${limits.max}`)
    for (const [index, item] of value.entries()) limits.of(item, inside(place, index), report)
  }

/** An object with these properties and no others. */
export const object =
  (fields: Fields, also?: (value: Json, place: Place, report: Report) => void): Check =>
  (value, place, report) => {
    if (!isJson(value)) return tell(report, place, 'invalid property')
    for (const [key, field] of Object.entries(fields)) checkField({ value: value[key], field, key, place, report })
    for (const key of Object.keys(value))
      if (!Object.hasOwn(fields, key)) tell(report, inside(place, key), 'unknown field')
    also?.(value, place, report)
  }

function checkField(options: {
  value: unknown
  field: Fields[string]
  key: string
  place: Place
  report: Report
}): void {
  const { value, field, key, place, report } = options
  if (field === undefined) return
  const check = typeof field === 'function' ? field : field.required
  if (!isMissing(value)) check(value, inside(place, key), report)
  else if (typeof field !== 'function') tell(report, inside(place, key), 'must be specified')
}

/** One of several kinds of object, told apart by `type`. */
export const byType =
  (kinds: Record<string, Check>): Check =>
  (value, place, report) => {
    if (!isJson(value)) return tell(report, place, 'invalid property')
    const type = value['type']
    const kind = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined
    if (kind) return kind(value, place, report)
    const names = Object.keys(kinds).join(', ')
    tell(report, inside(place, 'type'), `Must be one of the following values: [${names}]`)
  }

/** The property that `byType` has dispatched on. */
export const known: Check = () => {}
