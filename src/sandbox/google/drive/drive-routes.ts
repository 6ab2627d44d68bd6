import type { ApiCall, ApiRoute } from '../api-call.ts'
import { driveError } from '../google-error.ts'
import { roleOf } from './access.ts'
import { findFile } from './file-record.ts'
import { userResource } from './file-resource.ts'
import { readPageToken, writePageToken } from './page-token.ts'
import { createSharedDrive, listSharedDrives, type SharedDrive } from './shared-drive.ts'

export const driveRoutes: ApiRoute[] = [
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/drives$/,
    access: 'read',
    answers: 'DriveList',
    defaultFields: 'kind,nextPageToken,drives(kind,id,name)',
    handle: (call) => {
      const size = Math.min(Math.max(Number(call.query.get('pageSize') ?? 10), 1), 100)
      const start = readPageToken(call.query.get('pageToken'))
      const drives = listSharedDrives(call.world).filter((drive) => isMember(call, drive))
      return {
        kind: 'drive#driveList',
        drives: drives.slice(start, start + size).map(answer),
        ...(start + size < drives.length ? { nextPageToken: writePageToken(start + size) } : {}),
      }
    },
  },
  {
    method: 'POST',
    pattern: /^\/drive\/v3\/drives$/,
    access: 'write',
    answers: 'Drive',
    takes: 'Drive',
    defaultFields: 'kind,id,name',
    handle: createDrive,
  },
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/drives\/([^/]+)$/,
    access: 'read',
    answers: 'Drive',
    defaultFields: 'kind,id,name',
    handle: (call) => {
      const id = call.params[0] ?? ''
      const drive = listSharedDrives(call.world).find((one) => one.id === id && isMember(call, one))
      if (!drive) throw driveError(404, 'notFound', `Shared drive not found: ${id}`, { location: 'driveId' })
      return answer(drive)
    },
  },
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/about$/,
    access: 'read',
    answers: 'About',
    handle: (call) => {
      if (!call.masked) {
        throw driveError(400, 'required', "The 'fields' parameter is required for this method.", { location: 'fields' })
      }
      const { email } = call.caller
      return {
        kind: 'drive#about',
        user: userResource(call.world, { email, viewer: email }),
        storageQuota: { limit: '0', usage: '0', usageInDrive: '0', usageInDriveTrash: '0' },
        canCreateDrives: true,
      }
    },
  },
]

function createDrive(call: ApiCall) {
  const requestId = call.query.get('requestId')
  if (!requestId) throw driveError(400, 'required', 'Required parameter: requestId', { location: 'requestId' })
  const { name } = (call.body ?? {}) as { name?: string }
  if (!name) throw driveError(400, 'required', 'The name of the shared drive is required.', { location: 'drive.name' })
  if (listSharedDrives(call.world).some((drive) => drive.requestId === requestId)) {
    throw driveError(409, 'duplicate', 'A shared drive has already been created with this request ID.')
  }
  return answer(createSharedDrive(call.world, { name, requestId, organizer: call.caller.email }))
}

function isMember(call: ApiCall, drive: SharedDrive): boolean {
  const root = findFile(call.world, drive.id)
  return root !== undefined && roleOf(call.world, { file: root, email: call.caller.email }) !== undefined
}

function answer(drive: SharedDrive) {
  return {
    kind: 'drive#drive',
    id: drive.id,
    name: drive.name,
    createdTime: new Date(drive.createdAt).toISOString(),
    hidden: false,
    capabilities: { canAddChildren: true, canManageMembers: true, canShare: true },
    restrictions: { adminManagedRestrictions: false, driveMembersOnly: false },
  }
}
