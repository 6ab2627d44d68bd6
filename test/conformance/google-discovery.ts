import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readFieldMask } from '../../src/sandbox/google/field-mask.ts'
import type { Field } from '../../src/sandbox/google/schema/message-fields.ts'

type Schema = {
  $ref?: string
  type?: string
  format?: string
  enum?: string[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema
  repeated?: boolean
  required?: boolean
}
type Method = {
  httpMethod: string
  path: string
  flatPath?: string
  parameters?: Record<string, Schema & { location: string }>
  request?: { $ref: string }
  response?: { $ref: string }
}
type Resource = { methods?: Record<string, Method>; resources?: Record<string, Resource> }
type Discovery = Resource & {
  servicePath: string
  schemas: Record<string, Schema>
  parameters: Record<string, Schema>
}
type Operation = { name: string; method: Method; pattern: RegExp; api: Discovery }

export type GoogleSpecs = {
  /** What is wrong with a request as Google's discovery documents know it; the path carries the query. */
  checkRequest: (method: string, pathWithQuery: string, body: unknown) => string[]
  /** What is wrong with the body of a good answer to such a request. */
  checkResponse: (method: string, path: string, body: unknown) => string[]
  /** The fields of a message, for holding our own tables against the documents. */
  fieldsOf: (api: 'sheets' | 'drive', message: string) => string[] | undefined
}

const folder = new URL('../../../shared/specs/', import.meta.url)
const files = { sheets: 'google-sheets-v4.discovery.json', drive: 'google-drive-v3.discovery.json' }

/** The discovery documents when they lie beside the product; `null`, said aloud, when they do not. */
export function openGoogleSpecs(): GoogleSpecs | null {
  const paths = Object.values(files).map((file) => fileURLToPath(new URL(file, folder)))
  if (!paths.every((path) => existsSync(path))) {
    console.warn('SKIPPED: conformance with Google, because its discovery documents are not in ../shared/specs')
    return null
  }
  const [sheets, drive] = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Discovery)
  if (!sheets || !drive) return null
  const operations = [sheets, drive].flatMap((api) => collect(api, api, ''))
  const find = (method: string, path: string) =>
    operations.find((one) => one.method.httpMethod === method && one.pattern.test(path))
  return {
    checkRequest: (method, pathWithQuery, body) => {
      const url = new URL(pathWithQuery, 'http://google.test')
      const operation = find(method, url.pathname)
      if (!operation) return [`Google knows no ${method} ${url.pathname}`]
      return [...checkQuery(operation, url.searchParams), ...checkBody(operation, body)]
    },
    checkResponse: (method, path, body) => {
      const operation = find(method, new URL(path, 'http://google.test').pathname)
      if (!operation) return [`Google knows no ${method} ${path}`]
      const { response } = operation.method
      if (!response) return body === undefined || body === '' ? [] : [`${operation.name} answers no body`]
      return check(body, { $ref: response.$ref }, { api: operation.api, path: operation.name })
    },
    fieldsOf: (api, message) => {
      const schema = (api === 'sheets' ? sheets : drive).schemas[message]
      return schema && Object.keys(schema.properties ?? {})
    },
  }
}

function collect(api: Discovery, resource: Resource, prefix: string): Operation[] {
  const own = Object.entries(resource.methods ?? {}).map(([name, method]) => {
    const path = `/${api.servicePath}${method.flatPath ?? method.path}`
    const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+?')
    return { name: prefix + name, method, api, pattern: new RegExp(`^${escaped}$`) }
  })
  const below = Object.entries(resource.resources ?? {}).flatMap(([name, child]) =>
    collect(api, child, `${prefix}${name}.`),
  )
  // Longer templates first: `values/{range}:append` is also a `values/{range}`.
  return [...own, ...below].sort((a, b) => b.method.path.length - a.method.path.length)
}

function checkQuery(operation: Operation, query: URLSearchParams): string[] {
  const { method, api, name } = operation
  const faults: string[] = []
  for (const key of new Set(query.keys())) {
    const parameter = method.parameters?.[key] ?? api.parameters[key.replace(/^\$/, '')] ?? api.parameters[key]
    if (!parameter) {
      faults.push(`${name}: Google knows no parameter ${key}`)
      continue
    }
    const values = query.getAll(key)
    if (values.length > 1 && !parameter.repeated) faults.push(`${name}: ${key} is given more than once`)
    for (const value of values) {
      if (parameter.enum && !parameter.enum.includes(value)) faults.push(`${name}: ${key} cannot be ${value}`)
      if (parameter.type === 'boolean' && !/^(true|false)$/.test(value)) faults.push(`${name}: ${key} is no boolean`)
      if (parameter.type === 'integer' && !/^-?\d+$/.test(value)) faults.push(`${name}: ${key} is no integer`)
    }
  }
  for (const [key, parameter] of Object.entries(method.parameters ?? {})) {
    if (parameter.required && parameter.location === 'query' && !query.has(key))
      faults.push(`${name}: ${key} is missing`)
  }
  const mask = query.get('fields')
  return mask === null ? faults : [...faults, ...checkMask(operation, mask)]
}

function checkMask(operation: Operation, text: string): string[] {
  const root = operation.method.response?.$ref
  if (!root) return []
  const read = readFieldMask(text, { root, messages: (message) => fieldMap(operation.api, message) })
  return read.ok ? [] : [`${operation.name}: fields names ${read.path}, which does not exist`]
}

function fieldMap(api: Discovery, message: string): ReadonlyMap<string, Field> {
  const fields = Object.entries(api.schemas[message]?.properties ?? {}).map(([name, schema]): [string, Field] => {
    const target = schema.type === 'array' ? (schema.items ?? {}) : schema
    const repeated = schema.type === 'array'
    if (target.$ref) return [name, { kind: 'message', message: target.$ref, repeated }]
    return [name, { kind: target.type === 'object' || target.type === 'any' ? 'any' : 'string', repeated }]
  })
  return new Map(fields)
}

function checkBody(operation: Operation, body: unknown): string[] {
  const { request } = operation.method
  if (body === undefined || body === null || body === '') return []
  if (!request) return [`${operation.name} takes no body`]
  return check(body, { $ref: request.$ref }, { api: operation.api, path: operation.name })
}

function check(value: unknown, schema: Schema, at: { api: Discovery; path: string }): string[] {
  if (schema.$ref) {
    const target = at.api.schemas[schema.$ref]
    return target ? check(value, target, at) : [`${at.path}: the document lacks ${schema.$ref}`]
  }
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${at.path}: is no list`]
      return value.flatMap((element, index) =>
        check(element, schema.items ?? {}, { ...at, path: `${at.path}[${index}]` }),
      )
    case 'object':
      return checkObject(value, schema, at)
    case 'string':
      return checkText(value, schema, at.path)
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at.path}: is no boolean`]
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at.path}: is no integer`]
    case 'number':
      return typeof value === 'number' ? [] : [`${at.path}: is no number`]
    default:
      return []
  }
}

function checkObject(value: unknown, schema: Schema, at: { api: Discovery; path: string }): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at.path}: is no object`]
  return Object.entries(value).flatMap(([name, part]) => {
    const path = `${at.path}.${name}`
    const field = schema.properties?.[name] ?? schema.additionalProperties
    if (!field) return [`${path}: Google knows no such field`]
    // A null in a request clears an entry of a map.
    if (part === null && schema.additionalProperties) return []
    return check(part, field, { ...at, path })
  })
}

function checkText(value: unknown, schema: Schema, path: string): string[] {
  if (typeof value !== 'string') return [`${path}: is no text`]
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: cannot be ${value}`]
  if (schema.format === 'int64' && !/^-?\d+$/.test(value)) return [`${path}: is no 64-bit number`]
  if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) return [`${path}: is no time`]
  return []
}
