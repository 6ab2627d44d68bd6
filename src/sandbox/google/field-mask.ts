import type { Messages } from './schema/message-fields.ts'

/** The fields a caller wants: by name, each with what is wanted below it. `null` is everything. */
export type FieldMask = ReadonlyMap<string, FieldMask> | null

type MutableMask = Map<string, MutableMask | null>

/** Reads `a,b(c,d/e),f.g`; answers the path that cannot be read or does not exist instead of throwing. */
export function readFieldMask(
  text: string,
  options: { messages: Messages; root: string },
): { ok: true; mask: FieldMask } | { ok: false; path: string } {
  const words = text.match(/[A-Za-z0-9_]+|[^\s]/g) ?? []
  let at = 0
  const isName = (word: string | undefined) => word !== undefined && (/^\w+$/.test(word) || word === '*')

  const readList = (): MutableMask | null => {
    const mask: MutableMask = new Map()
    for (;;) {
      if (!readPath(mask)) return null
      if (words[at] !== ',') return mask
      at += 1
    }
  }
  const readPath = (mask: MutableMask): boolean => {
    const name = words[at]
    if (!isName(name) || name === undefined) return false
    at += 1
    const next = words[at]
    if (next === '/' || next === '.') {
      at += 1
      const below: MutableMask = new Map()
      if (!readPath(below)) return false
      merge(mask, name, below)
      return true
    }
    if (next !== '(') {
      merge(mask, name, null)
      return true
    }
    at += 1
    const below = readList()
    if (below === null || words[at] !== ')') return false
    at += 1
    merge(mask, name, below)
    return true
  }

  const mask = readList()
  if (mask === null || at < words.length) return { ok: false, path: text }
  const unknown = findUnknown(mask, { messages: options.messages, message: options.root, path: [] })
  if (unknown) return { ok: false, path: unknown }
  return { ok: true, mask: mask.has('*') && mask.get('*') === null ? null : mask }
}

function merge(mask: MutableMask, name: string, below: MutableMask | null): void {
  const held = mask.get(name)
  if (held === undefined || below === null) {
    mask.set(name, held === null ? null : below)
    return
  }
  if (held === null) return
  for (const [key, value] of below) merge(held, key, value)
}

function findUnknown(
  mask: MutableMask,
  options: { messages: Messages; message: string; path: string[] },
): string | undefined {
  const fields = options.messages(options.message)
  for (const [name, below] of mask) {
    const path = [...options.path, name]
    if (name === '*') continue
    const field = fields.get(name)
    if (!field) return path.join('.')
    if (below === null || field.kind === 'any') continue
    if (field.kind !== 'message' || !field.message) return path.concat([...below.keys()][0] ?? '').join('.')
    const unknown = findUnknown(below, { messages: options.messages, message: field.message, path })
    if (unknown) return unknown
  }
  return undefined
}

/** What the mask wants below a field: `undefined` when the field is not wanted at all. */
export function maskBelow(mask: FieldMask, name: string): FieldMask | undefined {
  if (mask === null) return null
  const below = mask.get(name)
  return below === undefined ? mask.get('*') : below
}

export function wants(mask: FieldMask, name: string): boolean {
  return maskBelow(mask, name) !== undefined
}

/** Keeps what the mask names. Elements of lists stay in their places even when nothing of them is left, as with Google. */
export function applyFieldMask(value: unknown, mask: FieldMask): unknown {
  if (mask === null) return value
  if (Array.isArray(value)) return value.map((element) => applyFieldMask(element, mask))
  if (typeof value !== 'object' || value === null) return value
  const kept: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value)) {
    const below = maskBelow(mask, name)
    if (below !== undefined) kept[name] = applyFieldMask(part, below)
  }
  return kept
}
