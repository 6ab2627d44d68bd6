import type { ApiCall } from '../api-call.ts'
import { callerHasNoPermission, driveError, fileNotFound } from '../google-error.ts'
import { atLeast, type Role, roleOf } from './access.ts'
import { type FileRecord, findFile } from './file-record.ts'

type Reached = { file: FileRecord; role: Role }

const fullDrive = 'https://www.googleapis.com/auth/drive'
const ownFiles = 'https://www.googleapis.com/auth/drive.file'

/** A file as the caller reaches it through Drive; 404 for what the caller cannot see, as Google does. */
export function reachFile(call: ApiCall, fileId: string): Reached {
  const file = findFile(call.world, fileId)
  // Every file here lives in a shared drive, and Google hides those from callers that do not say they know shared drives.
  const knowsDrives = call.query.get('supportsAllDrives') === 'true' || call.query.get('supportsTeamDrives') === 'true'
  if (!file || !knowsDrives) throw fileNotFound(fileId)
  const role = roleInScope(call, file)
  if (!role) throw fileNotFound(fileId)
  return { file, role }
}

/** The same through Sheets: a file that exists but is closed to the caller is 403 there. */
export function reachSpreadsheetFile(call: ApiCall, fileId: string): Reached | undefined {
  const file = findFile(call.world, fileId)
  if (!file) return undefined
  const spreadsheets = [...call.caller.scopes].some((scope) => /\/auth\/(spreadsheets|drive)(\.readonly)?$/.test(scope))
  const role = spreadsheets ? roleOf(call.world, { file, email: call.caller.email }) : roleInScope(call, file)
  if (!role) throw callerHasNoPermission()
  return { file, role }
}

function roleInScope(call: ApiCall, file: FileRecord): Role | undefined {
  const role = roleOf(call.world, { file, email: call.caller.email })
  const { scopes } = call.caller
  const narrow = scopes.has(ownFiles) && !scopes.has(fullDrive) && !scopes.has(`${fullDrive}.readonly`)
  return narrow && file.createdBy !== call.caller.email ? undefined : role
}

export function needRole(role: Role, needed: Role): void {
  if (atLeast(role, needed)) return
  throw driveError(403, 'insufficientFilePermissions', 'The user does not have sufficient permissions for this file.')
}
