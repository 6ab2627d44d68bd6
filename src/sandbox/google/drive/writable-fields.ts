import { driveError } from '../google-error.ts'

export type WritableFields = {
  name?: string
  description?: string
  mimeType?: string
  parents?: string[]
  trashed?: boolean
  appProperties?: Record<string, string | null>
  properties?: Record<string, string | null>
  contentRestrictions?: { readOnly?: boolean | null; reason?: string | null; ownerRestricted?: boolean | null }[]
}

const writable = new Set([
  'name',
  'description',
  'mimeType',
  'parents',
  'trashed',
  'appProperties',
  'properties',
  'contentRestrictions',
  // Accepted and without meaning here.
  'starred',
  'writersCanShare',
  'copyRequiresWriterPermission',
  'folderColorRgb',
])
const propertyBytes = 124

/** The parts of a File body that a caller may set. The body's types have been checked already. */
export function readWritableFields(body: unknown): { fields: WritableFields; id?: string } {
  const { id, kind: _kind, ...rest } = (body ?? {}) as Record<string, unknown>
  const refused = Object.keys(rest).find((name) => !writable.has(name))
  if (refused) {
    throw driveError(403, 'fieldNotWritable', 'The resource body includes fields which are not directly writable.')
  }
  const fields = rest as WritableFields
  checkProperties(fields.appProperties)
  checkProperties(fields.properties)
  return { fields, ...(typeof id === 'string' ? { id } : {}) }
}

function checkProperties(properties: Record<string, unknown> | undefined): void {
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null) continue
    if (typeof value !== 'string') throw driveError(400, 'invalid', 'Invalid Value', { location: key })
    if (Buffer.byteLength(key) + Buffer.byteLength(value) > propertyBytes) {
      const why = `The length of the key and value of property '${key}' exceeds ${propertyBytes} bytes.`
      throw driveError(403, 'propertyLengthExceeded', why)
    }
  }
}
