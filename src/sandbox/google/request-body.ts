import { type GoogleError, sheetsError } from './google-error.ts'
import type { Field, Messages } from './schema/message-fields.ts'

/** Holds a JSON body against the message it should be, with the words in which Google refuses it. */
export function checkBody(body: unknown, options: { messages: Messages; message: string }): GoogleError | undefined {
  const violations: { field: string; description: string }[] = []
  check(body, { ...options, path: '', violations })
  if (violations.length === 0) return undefined
  return sheetsError(400, violations.map((violation) => violation.description).join('\n'), {
    details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations }],
  })
}

type Check = {
  messages: Messages
  message: string
  path: string
  violations: { field: string; description: string }[]
}

function check(value: unknown, options: Check): void {
  const { messages, message, path, violations } = options
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    violations.push(wrongType(path, `type.googleapis.com/google.apps.sheets.v4.${message}`, value))
    return
  }
  const fields = messages(message)
  for (const [name, part] of Object.entries(value)) {
    const field = fields.get(name)
    if (!field) {
      const where = path === '' ? '' : ` at '${path}'`
      const description = `Invalid JSON payload received. Unknown name "${name}"${where}: Cannot find field.`
      violations.push({ field: path, description })
      continue
    }
    if (part === null) continue
    checkField(part, field, { ...options, path: `${path === '' ? '' : `${path}.`}${snake(name)}` })
  }
}

function checkField(value: unknown, field: Field, options: Check): void {
  if (!field.repeated) {
    checkOne(value, field, options)
    return
  }
  if (!Array.isArray(value)) {
    options.violations.push(wrongType(options.path, 'repeated field', value))
    return
  }
  for (const [index, element] of value.entries()) {
    checkOne(element, field, { ...options, path: `${options.path}[${index}]` })
  }
}

function checkOne(value: unknown, field: Field, options: Check): void {
  if (field.kind === 'any') return
  if (field.kind === 'message') {
    check(value, { ...options, message: field.message ?? '' })
    return
  }
  const expected = scalarFault(value, field)
  if (expected) options.violations.push(wrongType(options.path, expected, value))
}

function scalarFault(value: unknown, field: Field): string | undefined {
  switch (field.kind) {
    case 'string':
      return typeof value === 'string' ? undefined : 'TYPE_STRING'
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'TYPE_BOOL'
    case 'int':
      return Number.isInteger(value) ? undefined : 'TYPE_INT32'
    case 'num':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'TYPE_DOUBLE'
    case 'enum':
      return typeof value === 'string' && field.values?.has(value) ? undefined : 'TYPE_ENUM'
    case 'any':
    case 'message':
      return undefined
  }
}

function wrongType(path: string, expected: string, value: unknown): { field: string; description: string } {
  return { field: path, description: `Invalid value at '${path}' (${expected}), ${JSON.stringify(value)}` }
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
