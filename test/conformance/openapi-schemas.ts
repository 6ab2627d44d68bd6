export type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

type Discriminator = { propertyName: string; mapping: Record<string, string> }

const nameOf = (ref: unknown) => String(ref).split('/').at(-1) ?? ''

/**
 * LINE's descriptions tell kinds apart by `discriminator.mapping` without `oneOf`, which a JSON Schema validator does
 * not read. Every schema is therefore given twice: `Name` as it is used, dispatching on its discriminator and refusing
 * properties that nobody described, and `Name~base` as it is inherited through allOf.
 */
export function strictSchemas(schemas: Record<string, Json>) {
  const prefix = '#/$defs/'
  const definitions: Record<string, Json> = {}
  for (const [name, schema] of Object.entries(schemas)) {
    definitions[`${name}~base`] = inherited(schema, prefix)
    definitions[name] = used(name, schema)
  }
  return { definitions, strict: (schema: Json, at: string) => inUse(schema, at) }
}

function used(name: string, schema: Json): Json {
  const discriminator = schema['discriminator'] as Discriminator | undefined
  const base = { $ref: `#/$defs/${name}~base` }
  if (!discriminator) return holdsProperties(schema) ? { allOf: [base], unevaluatedProperties: false } : base
  const { propertyName, mapping } = discriminator
  return {
    type: 'object',
    required: [propertyName],
    properties: { [propertyName]: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([value, ref]) => ({
      if: { properties: { [propertyName]: { const: value } }, required: [propertyName] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword.
      then: { $ref: `#/$defs/${nameOf(ref)}` },
    })),
  }
}

const holdsProperties = (schema: Json) =>
  schema['properties'] !== undefined || schema['allOf'] !== undefined || schema['type'] === 'object'

/** A schema where it is inherited: its own properties, those of its parents, and no closed door. */
function inherited(schema: Json, at: string): Json {
  const { discriminator: _discriminator, example: _example, ...rest } = schema
  if (rest['$ref'] !== undefined) return { $ref: `${at}${nameOf(rest['$ref'])}~base` }
  const parents = rest['allOf']
  return {
    ...inside(rest, at),
    ...(Array.isArray(parents) ? { allOf: parents.filter(isJson).map((one) => inherited(one, at)) } : {}),
  }
}

/** A schema where a value has to fit it: property, item, body. */
function inUse(schema: Json, at: string): Json {
  if (schema['$ref'] !== undefined) return { $ref: `${at}${nameOf(schema['$ref'])}` }
  const { example: _example, ...rest } = schema
  const choices = rest['oneOf']
  if (Array.isArray(choices)) return { anyOf: choices.filter(isJson).map((one) => inUse(one, at)) }
  const open = rest['additionalProperties'] !== undefined || !isJson(rest['properties'])
  return { ...inherited(rest, at), ...(open ? {} : { unevaluatedProperties: false }) }
}

function inside(schema: Json, at: string): Json {
  const { properties, items, additionalProperties } = schema
  return {
    ...schema,
    ...(isJson(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, value]) => [key, isJson(value) ? inUse(value, at) : value]),
          ),
        }
      : {}),
    ...(isJson(items) ? { items: inUse(items, at) } : {}),
    ...(isJson(additionalProperties) ? { additionalProperties: inUse(additionalProperties, at) } : {}),
  }
}
