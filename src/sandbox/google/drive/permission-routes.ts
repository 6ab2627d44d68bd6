import { findAccount } from '../accounts.ts'
import type { ApiCall, ApiRoute } from '../api-call.ts'
import { driveError } from '../google-error.ts'
import { permissionIdOf } from '../new-id.ts'
import {
  isRole,
  listOwnPermissions,
  listPermissions,
  type PermissionRecord,
  removePermission,
  savePermission,
} from './access.ts'
import { touchFile } from './change-feed.ts'
import { type FileRecord, folderType } from './file-record.ts'
import { permissionResource } from './file-resource.ts'
import { needRole, reachFile } from './reach-file.ts'

const fields = 'kind,id,type,role'
const listPattern = /^\/drive\/v3\/files\/([^/]+)\/permissions$/
const onePattern = /^\/drive\/v3\/files\/([^/]+)\/permissions\/([^/]+)$/

export const permissionRoutes: ApiRoute[] = [
  {
    method: 'POST',
    pattern: listPattern,
    access: 'write',
    answers: 'Permission',
    takes: 'Permission',
    defaultFields: fields,
    handle: createPermission,
  },
  {
    method: 'GET',
    pattern: listPattern,
    access: 'read',
    answers: 'PermissionList',
    defaultFields: `kind,nextPageToken,permissions(${fields})`,
    handle: (call) => {
      const { file, role } = reachFile(call, call.params[0] ?? '')
      needRole(role, 'writer')
      const permissions = listPermissions(call.world, file)
      return { kind: 'drive#permissionList', permissions: permissions.map((one) => answer(call, file, one)) }
    },
  },
  {
    method: 'GET',
    pattern: onePattern,
    access: 'read',
    answers: 'Permission',
    defaultFields: fields,
    handle: (call) => {
      const { file, role } = reachFile(call, call.params[0] ?? '')
      needRole(role, 'writer')
      return answer(call, file, findPermission(call, file))
    },
  },
  {
    method: 'PATCH',
    pattern: onePattern,
    access: 'write',
    answers: 'Permission',
    takes: 'Permission',
    defaultFields: fields,
    handle: updatePermission,
  },
  { method: 'DELETE', pattern: onePattern, access: 'write', answers: 'Empty', handle: deletePermission },
]

function answer(call: ApiCall, file: FileRecord, permission: PermissionRecord) {
  return permissionResource(call.world, { permission, fileId: file.id })
}

function createPermission(call: ApiCall) {
  const { file, role } = reachFile(call, call.params[0] ?? '')
  const over = call.quota.takeShare(call.caller.email)
  if (over) throw over
  const wanted = (call.body ?? {}) as { type?: string; role?: string; emailAddress?: string }
  needRole(role, file.parent === null ? 'organizer' : 'writer')
  const grantRole = readRole(file, wanted.role)
  if (wanted.type === 'anyone') {
    const permission = { fileId: file.id, id: 'anyoneWithLink', type: 'anyone', email: null, role: grantRole }
    return grant(call, file, permission)
  }
  if (wanted.type !== 'user' && wanted.type !== 'group') {
    throw driveError(400, 'invalid', 'The specified permission type is invalid or not applicable for this request.', {
      location: 'permission.type',
    })
  }
  const email = wanted.emailAddress?.trim()
  if (!email || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw driveError(
      400,
      'invalid',
      'The specified emailAddress is invalid or not applicable for the given permission type.',
      {
        location: 'permission.emailAddress',
      },
    )
  }
  const account = findAccount(call.world, email)
  if (!account && call.query.get('sendNotificationEmail') === 'false') {
    throw driveError(
      400,
      'invalidSharingRequest',
      `Bad Request. User message: "You are trying to invite ${email}. Since there is no Google account associated with this email address, you must check the "Notify people" box to invite this recipient."`,
    )
  }
  const address = account?.email ?? email.toLowerCase()
  const permission = {
    fileId: file.id,
    id: permissionIdOf(address),
    type: wanted.type,
    email: address,
    role: grantRole,
  }
  return grant(call, file, permission)
}

function grant(call: ApiCall, file: FileRecord, permission: PermissionRecord) {
  savePermission(call.world, permission)
  touchFile(call.world, file)
  return answer(call, file, permission)
}

// In a shared drive nobody owns a file, organizers belong to the drive alone, and content managers to folders.
function readRole(file: FileRecord, role: unknown): PermissionRecord['role'] {
  const isDrive = file.parent === null
  const allowed =
    isRole(role) && (isDrive || role !== 'organizer') && (role !== 'fileOrganizer' || file.mimeType === folderType)
  if (allowed) return role
  throw driveError(403, 'invalidSharingRequest', `The role "${String(role)}" cannot be given on this item.`, {
    location: 'permission.role',
  })
}

function findPermission(call: ApiCall, file: FileRecord): PermissionRecord {
  const id = call.params[1] ?? ''
  const found = listPermissions(call.world, file).find((permission) => permission.id === id)
  if (found) return found
  throw driveError(404, 'notFound', `Permission not found: ${id}.`, { location: 'permissionId' })
}

function updatePermission(call: ApiCall) {
  const { file, role } = reachFile(call, call.params[0] ?? '')
  needRole(role, file.parent === null ? 'organizer' : 'writer')
  const held = findPermission(call, file)
  const wanted = (call.body ?? {}) as { role?: string }
  const permission = { ...held, fileId: file.id, role: readRole(file, wanted.role) }
  return grant(call, file, permission)
}

function deletePermission(call: ApiCall) {
  const { file, role } = reachFile(call, call.params[0] ?? '')
  needRole(role, file.parent === null ? 'organizer' : 'writer')
  const held = findPermission(call, file)
  if (!listOwnPermissions(call.world, file.id).some((permission) => permission.id === held.id)) {
    const why = 'Cannot delete an inherited permission.'
    throw driveError(403, 'cannotDeletePermission', why, { location: 'permissionId' })
  }
  removePermission(call.world, { fileId: file.id, id: held.id })
  touchFile(call.world, file)
  return undefined
}
