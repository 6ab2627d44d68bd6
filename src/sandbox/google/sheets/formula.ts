import { columnIndex } from './a1-notation.ts'

export type FormulaFault = { fault: string; message: string }
export type FormulaResult = number | string | boolean | null | FormulaFault
/** The value of a cell of a named tab, or of the formula's own tab. */
export type Lookup = (title: string | undefined, row: number, column: number) => FormulaResult
type Reader = { words: string[]; at: number; lookup: Lookup }

export function formulaFault(fault: string, message: string): FormulaFault {
  return { fault, message }
}

const word =
  /"(?:[^"]|"")*"|(?:'(?:[^']|'')+'!|[\p{L}\p{M}_][\p{L}\p{M}\p{N}_.]*!)?\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?(?![\p{L}\p{N}(])|\d+\.?\d*(?:[eE][+-]?\d+)?|[\p{L}_][\p{L}\p{M}\p{N}_.]*|<>|<=|>=|[^\s]/gu

/** A small part of the formula language: arithmetic, text, comparison, references and a handful of functions. */
export function evaluateFormula(formula: string, lookup: Lookup): FormulaResult {
  const reader: Reader = { words: formula.slice(1).match(word) ?? [], at: 0, lookup }
  const result = readComparison(reader)
  if (reader.at < reader.words.length) return formulaFault('ERROR', 'Formula parse error.')
  return Array.isArray(result) ? (result[0] ?? null) : result
}

type Value = FormulaResult | FormulaResult[]

const comparisons: Record<string, (a: FormulaResult, b: FormulaResult) => boolean> = {
  '=': (a, b) => compare(a, b) === 0,
  '<>': (a, b) => compare(a, b) !== 0,
  '<': (a, b) => compare(a, b) < 0,
  '>': (a, b) => compare(a, b) > 0,
  '<=': (a, b) => compare(a, b) <= 0,
  '>=': (a, b) => compare(a, b) >= 0,
}

function compare(a: FormulaResult, b: FormulaResult): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return asText(a).toLowerCase().localeCompare(asText(b).toLowerCase())
}

function readComparison(reader: Reader): Value {
  let left = readJoin(reader)
  for (;;) {
    const test = comparisons[reader.words[reader.at] ?? '']
    if (!test) return left
    reader.at += 1
    const pair = faultOr(left, readJoin(reader))
    left = 'fault' in pair ? pair : test(pair.a, pair.b)
  }
}

function readJoin(reader: Reader): Value {
  let left = readSum(reader)
  while (reader.words[reader.at] === '&') {
    reader.at += 1
    const pair = faultOr(left, readSum(reader))
    left = 'fault' in pair ? pair : asText(pair.a) + asText(pair.b)
  }
  return left
}

function readSum(reader: Reader): Value {
  return readOperators(reader, readProduct, { '+': (a, b) => a + b, '-': (a, b) => a - b })
}

function readProduct(reader: Reader): Value {
  return readOperators(reader, readUnary, { '*': (a, b) => a * b, '/': (a, b) => a / b })
}

function readOperators(
  reader: Reader,
  readPart: (reader: Reader) => Value,
  operators: Record<string, (a: number, b: number) => number>,
): Value {
  let left = readPart(reader)
  for (;;) {
    const operator = reader.words[reader.at] ?? ''
    const apply = operators[operator]
    if (!apply) return left
    reader.at += 1
    const pair = faultOr(left, readPart(reader))
    if ('fault' in pair) {
      left = pair
      continue
    }
    const [a, b] = [asNumber(pair.a), asNumber(pair.b)]
    if (a === undefined || b === undefined) left = formulaFault('VALUE', 'A parameter expects number values.')
    else if (operator === '/' && b === 0)
      left = formulaFault('DIVIDE_BY_ZERO', 'Function DIVIDE parameter 2 cannot be zero.')
    else left = apply(a, b)
  }
}

function readUnary(reader: Reader): Value {
  const sign = reader.words[reader.at]
  if (sign !== '-' && sign !== '+') return readAtom(reader)
  reader.at += 1
  const value = asNumber(single(readUnary(reader)))
  if (value === undefined) return formulaFault('VALUE', 'A parameter expects number values.')
  return sign === '-' ? -value : value
}

function readAtom(reader: Reader): Value {
  const text = reader.words[reader.at]
  reader.at += 1
  if (text === undefined) return formulaFault('ERROR', 'Formula parse error.')
  if (text.startsWith('"') && text.length > 1) return text.slice(1, -1).replaceAll('""', '"')
  if (/^\d/.test(text)) return Number(text)
  if (text === '(') {
    const inner = readComparison(reader)
    reader.at += 1
    return reader.words[reader.at - 1] === ')' ? inner : formulaFault('ERROR', 'Formula parse error.')
  }
  if (reader.words[reader.at] === '(') return readCall(reader, text.toUpperCase())
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  return readReference(reader, text)
}

function readReference(reader: Reader, text: string): Value {
  const parts = /^(?:(.+)!)?\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?$/u.exec(text)
  if (!parts)
    return formulaFault(/^[\p{L}_]/u.test(text) ? 'NAME' : 'ERROR', `Unknown range name: '${text.toUpperCase()}'.`)
  const title = parts[1]?.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'")
  const [row, column] = [Number(parts[3]) - 1, columnIndex(parts[2] ?? '')]
  if (parts[4] === undefined) return reader.lookup(title, row, column)
  const [endRow, endColumn] = [Number(parts[5]) - 1, columnIndex(parts[4])]
  const values: FormulaResult[] = []
  for (let r = Math.min(row, endRow); r <= Math.max(row, endRow); r += 1) {
    for (let c = Math.min(column, endColumn); c <= Math.max(column, endColumn); c += 1)
      values.push(reader.lookup(title, r, c))
  }
  return values
}

function readCall(reader: Reader, name: string): Value {
  reader.at += 1
  const values: Value[] = []
  while (reader.words[reader.at] !== ')') {
    if (reader.at >= reader.words.length) return formulaFault('ERROR', 'Formula parse error.')
    values.push(readComparison(reader))
    const separator = reader.words[reader.at]
    if (separator === ',' || separator === ';') reader.at += 1
    else if (separator !== ')') return formulaFault('ERROR', 'Formula parse error.')
  }
  reader.at += 1
  return call(name, values)
}

function call(name: string, values: Value[]): FormulaResult {
  const flat = values.flat()
  const numbers = flat.filter((value) => typeof value === 'number')
  const fault = flat.find(isFault)
  switch (name) {
    case 'SUM':
      return fault ?? numbers.reduce((sum, value) => sum + value, 0)
    case 'COUNT':
      return numbers.length
    case 'COUNTA':
      return flat.filter((value) => value !== null).length
    case 'MIN':
      return fault ?? (numbers.length > 0 ? Math.min(...numbers) : 0)
    case 'MAX':
      return fault ?? (numbers.length > 0 ? Math.max(...numbers) : 0)
    case 'AVERAGE':
      if (numbers.length === 0)
        return formulaFault('DIVIDE_BY_ZERO', 'Evaluation of function AVERAGE caused a divide by zero error.')
      return fault ?? numbers.reduce((sum, value) => sum + value, 0) / numbers.length
    case 'CONCATENATE':
      return fault ?? flat.map(asText).join('')
    case 'IF':
      return isFault(single(values[0]))
        ? single(values[0])
        : single(truthy(single(values[0])) ? values[1] : (values[2] ?? false))
    default:
      return formulaFault('NAME', `Unknown function: '${name}'.`)
  }
}

function single(value: Value | undefined): FormulaResult {
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
}

function isFault(value: FormulaResult): value is FormulaFault {
  return typeof value === 'object' && value !== null
}

function faultOr(left: Value, right: Value): FormulaFault | { a: FormulaResult; b: FormulaResult } {
  const [a, b] = [single(left), single(right)]
  if (isFault(a)) return a
  return isFault(b) ? b : { a, b }
}

function truthy(value: FormulaResult): boolean {
  return value === true || (typeof value === 'number' && value !== 0)
}

function asNumber(value: FormulaResult): number | undefined {
  if (value === null) return 0
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number') return value
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  return undefined
}

function asText(value: FormulaResult): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return value === null || isFault(value) ? '' : String(value)
}
