import { gunzipSync, gzipSync } from 'node:zlib'
import { customType } from 'drizzle-orm/sqlite-core'

const PACKED_FROM_BYTES = 64 * 1024
/** The lowest: three times as fast as the usual one, and a twelfth of a roster's JSON is left all the same. */
const LEVEL = 1

/**
 * JSON as it is kept: text while it is short, so that SQL may look inside, gzip from 64 KB on. Which of the two is told by the
 * value's own type, text or blob; what was kept as text before stays readable.
 */
export function packJson(json: Buffer): Buffer | string {
  return json.length < PACKED_FROM_BYTES ? json.toString('utf8') : gzipSync(json, { level: LEVEL })
}

/** The same back. A damaged gzip throws: its checksum tells. */
export function unpackJson(kept: Buffer | string): unknown {
  return JSON.parse(typeof kept === 'string' ? kept : gunzipSync(kept).toString('utf8'))
}

/** A column of rows kept by `packJson`; for SQLite it is a text column, as it was before anything was packed. */
export const packedRows = customType<{ data: unknown[]; driverData: Buffer | string }>({
  dataType: () => 'text',
  toDriver: (rows) => packJson(Buffer.from(JSON.stringify(rows))),
  fromDriver: (kept) => unpackJson(kept) as unknown[],
})
