export type Field = { kind: 'string' | 'int' | 'num' | 'bool' | 'any' | 'message' | 'enum'; repeated: boolean } & {
  message?: string
  values?: ReadonlySet<string>
}
export type Messages = (name: string) => ReadonlyMap<string, Field>

const scalars = new Set(['string', 'int', 'num', 'bool', 'any'])

/** Turns the short notation of a message table into fields, each message once, on first use. */
export function readMessages(table: Record<string, string>): Messages {
  const known = new Map<string, ReadonlyMap<string, Field>>()
  return (name) => {
    const seen = known.get(name)
    if (seen) return seen
    const fields = new Map<string, Field>()
    for (const word of (table[name] ?? '').split(/\s+/).filter(Boolean)) {
      const [fieldName = '', type = 'string'] = word.split(/:(.*)/s)
      fields.set(fieldName, readField(type))
    }
    known.set(name, fields)
    return fields
  }
}

function readField(text: string): Field {
  const repeated = text.endsWith('*')
  const type = repeated ? text.slice(0, -1) : text
  if (type.startsWith('{')) return { kind: 'enum', repeated, values: new Set(type.slice(1, -1).split('|')) }
  if (scalars.has(type)) return { kind: type as 'string' | 'int' | 'num' | 'bool' | 'any', repeated }
  return { kind: 'message', repeated, message: type }
}
