import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js'
import formatsPlugin from 'ajv-formats'
import { parse } from 'yaml'
import { type Json, strictSchemas } from './openapi-schemas.ts'

export type LineSpecs = {
  checkRequest(method: string, path: string, body: unknown): string[]
  checkResponse(method: string, path: string, status: number, body: unknown): string[]
  checkWebhook(body: unknown): string[]
}

type Media = { schema?: Json }
type Operation = {
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, { content?: Record<string, Media> }>
}
type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Json> } }

const specsDir = resolve(import.meta.dirname, '../../../shared/specs')
const messaging = 'line-messaging-api.openapi.yml'
const tokens = 'line-channel-access-token.openapi.yml'
const webhook = 'line-webhook.openapi.yml'

/** LINE's own descriptions as checks, or null where they are not at hand: the product passes without them. */
export function openLineSpecs(): LineSpecs | null {
  if (![messaging, tokens, webhook].every((file) => existsSync(join(specsDir, file)))) return null
  const apis = [openDescription(messaging), openDescription(tokens)]
  const callbacks = openDescription(webhook)

  const find = (method: string, path: string) => {
    for (const api of apis) {
      const operation = api.operation(method, path)
      if (operation) return { api, operation }
    }
    return undefined
  }
  return {
    checkRequest: (method, path, body) => {
      const found = find(method, path)
      if (!found) return [`${method} ${path} is not described`]
      const { requestBody } = found.operation
      if (!requestBody) return body === undefined ? [] : [`${method} ${path} takes no body`]
      if (body === undefined) return requestBody.required ? [`${method} ${path} needs a body`] : []
      return found.api.check(jsonOrForm(requestBody.content), body)
    },
    checkResponse: (method, path, status, body) => {
      const found = find(method, path)
      if (!found) return [`${method} ${path} is not described`]
      const described = found.operation.responses[String(status)]
      if (!described) {
        if (status < 400) return [`${method} ${path} does not answer ${status}`]
        return found.api.check({ $ref: '#/components/schemas/ErrorResponse' }, body)
      }
      if (!described.content) return isEmpty(body) ? [] : [`${method} ${path} answers ${status} with a body`]
      return found.api.check(jsonOrForm(described.content), body)
    },
    checkWebhook: (body) => callbacks.check({ $ref: '#/components/schemas/CallbackRequest' }, body),
  }
}

const isEmpty = (body: unknown) =>
  body === undefined || (typeof body === 'object' && body !== null && Object.keys(body).length === 0)

const jsonOrForm = (content: Record<string, Media>): Json | undefined =>
  (content['application/json'] ?? content['application/x-www-form-urlencoded'])?.schema

function openDescription(file: string) {
  const description = parse(readFileSync(join(specsDir, file), 'utf8')) as Description
  const { definitions, strict } = strictSchemas(description.components.schemas)
  const ajv = new Ajv2019({ strict: false, allErrors: true })
  // The plugin's CommonJS default arrives as a namespace under NodeNext.
  formatsPlugin.default(ajv)
  ajv.addSchema({ $id: file, $defs: definitions })
  const compiled = new Map<string, ValidateFunction>()

  const check = (schema: Json | undefined, body: unknown): string[] => {
    if (!schema) return []
    const key = JSON.stringify(schema)
    const validate = compiled.get(key) ?? ajv.compile(strict(schema, `${file}#/$defs/`))
    compiled.set(key, validate)
    return validate(body) ? [] : (validate.errors ?? []).map(sentence)
  }
  const operation = (method: string, path: string): Operation | undefined => {
    const candidates = Object.entries(description.paths)
      .filter(([template]) => matches(template, path))
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)
    for (const [, methods] of candidates) {
      const found = methods[method.toLowerCase()]
      if (found) return found
    }
    return undefined
  }
  return { check, operation }
}

const matches = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index])
}

const sentence = (error: ErrorObject): string => {
  const more = error.params['unevaluatedProperty'] ?? error.params['allowedValues'] ?? ''
  return `${error.instancePath || '/'} ${error.message ?? ''} ${String(more)}`.trim()
}
