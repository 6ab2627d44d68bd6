import { driveError } from '../google-error.ts'
import type { Role } from './access.ts'
import type { ContentRestriction, FileRecord } from './file-record.ts'

type Wanted = { readOnly?: boolean | null; reason?: string | null; ownerRestricted?: boolean | null }

/**
 * The lock of a file after a request to change it. One set with `ownerRestricted` is set and lifted by organizers only:
 * https://developers.google.com/workspace/drive/api/guides/content-restrictions
 */
export function changeRestriction(options: {
  file: FileRecord
  wanted: Wanted[]
  role: Role
  by: string
  at: number
}): ContentRestriction | undefined {
  const { file, wanted, role, by, at } = options
  if (wanted.length > 1) throw driveError(400, 'invalid', 'Only one content restriction is supported.')
  const held = file.restriction
  const next = wanted[0]
  if (!next) return held
  const lock = next.readOnly === true
  if (next.reason && !lock) throw driveError(400, 'invalid', 'A reason can be set only together with readOnly.')
  if (next.ownerRestricted && !lock) {
    throw driveError(400, 'invalid', 'ownerRestricted can be set only together with readOnly.')
  }
  if ((held?.ownerRestricted || next.ownerRestricted) && role !== 'organizer') {
    throw driveError(403, 'insufficientFilePermissions', 'The user does not have sufficient permissions for this file.')
  }
  if (!lock) return undefined
  return {
    ...(next.reason ? { reason: next.reason } : {}),
    ownerRestricted: next.ownerRestricted === true,
    by: held?.by ?? by,
    at: held?.at ?? at,
  }
}
