import { findAccount } from '../accounts.ts'
import { permissionIdOf } from '../new-id.ts'
import type { World } from '../world.ts'
import { atLeast, listPermissions, type PermissionRecord, roleOf } from './access.ts'
import { type FileRecord, folderType, spreadsheetType } from './file-record.ts'

type Resource = Record<string, unknown>

/** A file as Drive shows it to one account. */
export function fileResource(world: World, options: { file: FileRecord; email: string }): Resource {
  const { file, email } = options
  const role = roleOf(world, options)
  const locked = file.restriction !== undefined
  return {
    kind: 'drive#file',
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    ...(file.description === undefined ? {} : { description: file.description }),
    starred: false,
    trashed: file.trashed,
    explicitlyTrashed: file.trashed,
    ...(file.trashedBy ? { trashingUser: userResource(world, { email: file.trashedBy, viewer: email }) } : {}),
    ...(file.parent ? { parents: [file.parent] } : {}),
    ...(Object.keys(file.properties).length > 0 ? { properties: file.properties } : {}),
    ...(Object.keys(file.appProperties).length > 0 ? { appProperties: file.appProperties } : {}),
    spaces: ['drive'],
    version: String(file.version),
    webViewLink: webLink(file),
    createdTime: new Date(file.createdTime).toISOString(),
    modifiedTime: new Date(file.modifiedTime).toISOString(),
    lastModifyingUser: userResource(world, { email: file.lastModifyingUser, viewer: email }),
    modifiedByMe: file.lastModifyingUser === email,
    shared: true,
    ownedByMe: false,
    driveId: file.driveId,
    teamDriveId: file.driveId,
    hasAugmentedPermissions: false,
    capabilities: capabilities({ role, file }),
    ...(atLeast(role, 'writer')
      ? { permissionIds: listPermissions(world, file).map((permission) => permission.id) }
      : {}),
    hasThumbnail: false,
    quotaBytesUsed: '0',
    isAppAuthorized: true,
    ...(locked ? { contentRestrictions: [restrictionResource(world, options)] } : {}),
    ...(file.mimeType === folderType ? { folderColorRgb: '#8f8f8f' } : {}),
  }
}

function capabilities(options: { role: ReturnType<typeof roleOf>; file: FileRecord }): Resource {
  const { role, file } = options
  const writes = atLeast(role, 'writer')
  const open = file.restriction === undefined
  return {
    canEdit: writes && open,
    canComment: atLeast(role, 'commenter') && open,
    canRename: writes && open,
    canModifyContent: writes && open,
    canModifyContentRestriction: writes && (file.restriction?.ownerRestricted ? role === 'organizer' : true),
    canModifyEditorContentRestriction: writes,
    canModifyOwnerContentRestriction: role === 'organizer',
    canRemoveContentRestriction: !open && writes && (file.restriction?.ownerRestricted ? role === 'organizer' : true),
    canShare: writes,
    canCopy: role !== undefined,
    canDownload: role !== undefined,
    canTrash: atLeast(role, 'fileOrganizer'),
    canDelete: role === 'organizer',
    canReadDrive: role !== undefined,
    canAddChildren: file.mimeType === folderType && writes,
    canListChildren: file.mimeType === folderType,
  }
}

function restrictionResource(world: World, options: { file: FileRecord; email: string }): Resource {
  const restriction = options.file.restriction
  if (!restriction) return {}
  return {
    readOnly: true,
    ...(restriction.reason === undefined ? {} : { reason: restriction.reason }),
    type: 'globalContentRestriction',
    restrictingUser: userResource(world, { email: restriction.by, viewer: options.email }),
    restrictionTime: new Date(restriction.at).toISOString(),
    ownerRestricted: restriction.ownerRestricted,
  }
}

export function userResource(world: World, options: { email: string; viewer: string }): Resource {
  return {
    kind: 'drive#user',
    displayName: findAccount(world, options.email)?.name ?? options.email,
    me: options.email === options.viewer,
    permissionId: permissionIdOf(options.email),
    emailAddress: options.email,
  }
}

/** `inherited` is told for items of a shared drive: what comes from a folder or the drive cannot be taken away at the file. */
export function permissionResource(world: World, options: { permission: PermissionRecord; fileId: string }): Resource {
  const { permission, fileId } = options
  const inherited = permission.fileId !== fileId
  const detail = { permissionType: inherited ? 'member' : 'file', role: permission.role, inherited }
  return {
    kind: 'drive#permission',
    id: permission.id,
    type: permission.type,
    ...(permission.email
      ? {
          emailAddress: permission.email,
          displayName: findAccount(world, permission.email)?.name ?? permission.email,
          deleted: false,
          pendingOwner: false,
        }
      : { allowFileDiscovery: false }),
    role: permission.role,
    permissionDetails: [inherited ? { ...detail, inheritedFrom: permission.fileId } : detail],
  }
}

function webLink(file: FileRecord): string {
  if (file.mimeType === spreadsheetType) return `https://docs.google.com/spreadsheets/d/${file.id}/edit?usp=drivesdk`
  if (file.mimeType === folderType) return `https://drive.google.com/drive/folders/${file.id}`
  return `https://drive.google.com/file/d/${file.id}/view?usp=drivesdk`
}
