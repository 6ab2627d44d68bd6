import type { Google } from './metered-google.ts'
import { closeReason, lockReason, unitClosedReason } from './sheet-words.ts'

const REASONS = { confirmed: lockReason, closed: closeReason, unit_closed: unitClosedReason } as const

/**
 * Locks or opens a whole file; one Drive call, the same however often it is repeated. Only an organizer of the shared drive
 * lifts an owner-restricted lock: https://developers.google.com/workspace/drive/api/guides/content-restrictions
 */
export async function setFileLock(
  google: Google,
  input: {
    spreadsheetId: string
    locked: boolean
    urgent: boolean
    lockedFor?: 'confirmed' | 'closed' | 'unit_closed' | null
  },
): Promise<void> {
  const reason = REASONS[input.lockedFor ?? 'confirmed']
  const restriction = input.locked ? { readOnly: true, ownerRestricted: true, reason } : { readOnly: false }
  const what = input.locked ? 'lock a sheet' : 'unlock a sheet'
  await google.ask({ bucket: 'drive', urgent: input.urgent, what }, ({ drive }) =>
    drive.files.update({
      fileId: input.spreadsheetId,
      supportsAllDrives: true,
      fields: 'id',
      requestBody: { contentRestrictions: [restriction] },
    }),
  )
}
