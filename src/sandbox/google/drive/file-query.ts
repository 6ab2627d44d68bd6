import { driveError } from '../google-error.ts'
import type { FileRecord } from './file-record.ts'

type Test = (file: FileRecord) => boolean
/** `narrow` names one thing that every file found must have, so that not all files need to be looked at. */
export type FileQuery = { test: Test; narrow?: { parent: string } | { appProperty: { key: string; value: string } } }
type Tokens = { words: string[]; at: number }

/** Reads Drive's search language: https://developers.google.com/workspace/drive/api/guides/ref-search-terms */
export function readFileQuery(text: string): FileQuery {
  const words = text.match(/'(?:\\.|[^'\\])*'|[A-Za-z]+|!=|<=|>=|[=<>(){}]|\S/g) ?? []
  const tokens: Tokens = { words, at: 0 }
  const query = readOr(tokens)
  if (tokens.at < words.length) throw invalidQuery()
  return query
}

function readOr(tokens: Tokens): FileQuery {
  let query = readAnd(tokens)
  while (accept(tokens, 'or')) {
    const [left, right] = [query.test, readAnd(tokens).test]
    query = { test: (file) => left(file) || right(file) }
  }
  return query
}

function readAnd(tokens: Tokens): FileQuery {
  let query = readNot(tokens)
  while (accept(tokens, 'and')) {
    const [left, right] = [query, readNot(tokens)]
    const narrow = left.narrow ?? right.narrow
    query = { test: (file) => left.test(file) && right.test(file), ...(narrow ? { narrow } : {}) }
  }
  return query
}

function readNot(tokens: Tokens): FileQuery {
  if (accept(tokens, 'not')) {
    const { test } = readNot(tokens)
    return { test: (file) => !test(file) }
  }
  if (accept(tokens, '(')) {
    const query = readOr(tokens)
    expect(tokens, ')')
    return query
  }
  return readTerm(tokens)
}

function readTerm(tokens: Tokens): FileQuery {
  const first = next(tokens)
  if (first.startsWith("'")) {
    expect(tokens, 'in')
    if (next(tokens) !== 'parents') throw invalidQuery()
    const parent = unquote(first)
    return { test: (file) => file.parent === parent, narrow: { parent } }
  }
  const operator = next(tokens)
  switch (first) {
    case 'name':
      return { test: readName(tokens, operator) }
    case 'mimeType':
      return { test: compareText(operator, unquote(next(tokens)), (file) => file.mimeType) }
    case 'trashed':
      return { test: readTrashed(tokens, operator) }
    case 'modifiedTime':
    case 'createdTime':
      return { test: readTime(tokens, { operator, field: first }) }
    case 'appProperties':
    case 'properties':
      return readProperty(tokens, { operator, field: first })
    default:
      throw invalidQuery()
  }
}

function readName(tokens: Tokens, operator: string): Test {
  const wanted = unquote(next(tokens))
  // `contains` matches the beginnings of words only.
  if (operator === 'contains') {
    const prefix = wanted.toLowerCase()
    return (file) => file.name.toLowerCase().startsWith(prefix) || file.name.toLowerCase().includes(` ${prefix}`)
  }
  return compareText(operator, wanted, (file) => file.name)
}

function compareText(operator: string, wanted: string, of: (file: FileRecord) => string): Test {
  if (operator === '=') return (file) => of(file) === wanted
  if (operator === '!=') return (file) => of(file) !== wanted
  if (operator === 'contains') return (file) => of(file).startsWith(wanted)
  throw invalidQuery()
}

function readTrashed(tokens: Tokens, operator: string): Test {
  const value = next(tokens)
  if ((operator !== '=' && operator !== '!=') || (value !== 'true' && value !== 'false')) throw invalidQuery()
  const wanted = (value === 'true') === (operator === '=')
  return (file) => file.trashed === wanted
}

function readTime(tokens: Tokens, options: { operator: string; field: 'modifiedTime' | 'createdTime' }): Test {
  const { operator, field } = options
  const at = Date.parse(unquote(next(tokens)))
  if (Number.isNaN(at)) throw invalidQuery()
  const tests: Record<string, Test> = {
    '=': (file) => file[field] === at,
    '!=': (file) => file[field] !== at,
    '<': (file) => file[field] < at,
    '<=': (file) => file[field] <= at,
    '>': (file) => file[field] > at,
    '>=': (file) => file[field] >= at,
  }
  const test = tests[operator]
  if (!test) throw invalidQuery()
  return test
}

function readProperty(tokens: Tokens, options: { operator: string; field: 'appProperties' | 'properties' }): FileQuery {
  if (options.operator !== 'has') throw invalidQuery()
  for (const word of ['{', 'key', '=']) expect(tokens, word)
  const key = unquote(next(tokens))
  for (const word of ['and', 'value', '=']) expect(tokens, word)
  const value = unquote(next(tokens))
  expect(tokens, '}')
  const test: Test = (file) => file[options.field][key] === value
  return options.field === 'appProperties' ? { test, narrow: { appProperty: { key, value } } } : { test }
}

function next(tokens: Tokens): string {
  const word = tokens.words[tokens.at]
  if (word === undefined) throw invalidQuery()
  tokens.at += 1
  return word
}

function accept(tokens: Tokens, word: string): boolean {
  if (tokens.words[tokens.at] !== word) return false
  tokens.at += 1
  return true
}

function expect(tokens: Tokens, word: string): void {
  if (!accept(tokens, word)) throw invalidQuery()
}

function unquote(word: string): string {
  if (!/^'.*'$/s.test(word)) throw invalidQuery()
  return word.slice(1, -1).replace(/\\(.)/gs, '$1')
}

function invalidQuery() {
  return driveError(400, 'invalid', 'Invalid Value', { location: 'q' })
}
