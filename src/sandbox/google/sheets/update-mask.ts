import { type FieldMask, readFieldMask, wants } from '../field-mask.ts'
import { readMessages } from '../schema/message-fields.ts'
import { sheetsMessages } from '../schema/sheets-messages.ts'
import { type DocumentEdit, refuse } from './document-edit.ts'

const messages = readMessages(sheetsMessages)

/** The `fields` of an update request; Google takes none as a mistake. */
export function readUpdateMask(edit: DocumentEdit, text: string | null | undefined, root: string): FieldMask {
  if (!text) throw refuse(edit, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
  const read = readFieldMask(text, { messages, root })
  if (!read.ok) throw refuse(edit, `Invalid value at 'fields': Cannot find matching fields for path '${read.path}'.`)
  return read.mask
}

/** Takes the masked parts of `from` into `into`; a masked part that is absent is cleared. */
export function mergeMasked(
  into: object | undefined,
  from: object | undefined,
  mask: FieldMask,
): Record<string, unknown> {
  const held = { ...into } as Record<string, unknown>
  const given = (from ?? {}) as Record<string, unknown>
  const names = new Set(mask === null || mask.has('*') ? [...Object.keys(held), ...Object.keys(given)] : mask.keys())
  for (const name of names) {
    if (!wants(mask, name)) continue
    const below = mask === null ? null : (mask.get(name) ?? null)
    const value = given[name]
    if (below !== null && typeof (value ?? held[name] ?? {}) === 'object') {
      const merged = mergeMasked(held[name] as object | undefined, value as object | undefined, below)
      if (Object.keys(merged).length > 0) held[name] = merged
      else delete held[name]
    } else if (value === undefined || value === null) delete held[name]
    else held[name] = value
  }
  return held
}
