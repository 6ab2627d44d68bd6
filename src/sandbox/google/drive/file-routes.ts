import type { ApiCall, ApiRoute } from '../api-call.ts'
import { driveError, fileNotFound } from '../google-error.ts'
import { newFileId } from '../new-id.ts'
import { copySpreadsheet, createSpreadsheet } from '../sheets/spreadsheet-store.ts'
import { announceChange, touchFile } from './change-feed.ts'
import { changeRestriction } from './content-restriction.ts'
import { type FileRecord, findFile, folderType, removeFile, saveFile, spreadsheetType } from './file-record.ts'
import { fileResource } from './file-resource.ts'
import { needRole, reachFile } from './reach-file.ts'
import { searchFiles } from './search-files.ts'
import { readWritableFields, type WritableFields } from './writable-fields.ts'

const fileFields = 'kind,id,name,mimeType,driveId,teamDriveId'

export const fileRoutes: ApiRoute[] = [
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/files\/generateIds$/,
    access: 'read',
    answers: 'GeneratedIds',
    handle: generateIds,
  },
  {
    method: 'POST',
    pattern: /^\/drive\/v3\/files$/,
    access: 'write',
    answers: 'File',
    takes: 'File',
    defaultFields: fileFields,
    handle: createFile,
  },
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/files$/,
    access: 'read',
    answers: 'FileList',
    defaultFields: `kind,nextPageToken,incompleteSearch,files(${fileFields})`,
    handle: searchFiles,
  },
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/files\/([^/]+)$/,
    access: 'read',
    answers: 'File',
    defaultFields: fileFields,
    handle: (call) => answer(call, reachFile(call, call.params[0] ?? '').file),
  },
  {
    method: 'PATCH',
    pattern: /^\/drive\/v3\/files\/([^/]+)$/,
    access: 'write',
    answers: 'File',
    takes: 'File',
    defaultFields: fileFields,
    handle: updateFile,
  },
  { method: 'DELETE', pattern: /^\/drive\/v3\/files\/([^/]+)$/, access: 'write', answers: 'Empty', handle: deleteFile },
  {
    method: 'POST',
    pattern: /^\/drive\/v3\/files\/([^/]+)\/copy$/,
    access: 'write',
    answers: 'File',
    takes: 'File',
    defaultFields: fileFields,
    handle: copyFile,
  },
]

function answer(call: ApiCall, file: FileRecord) {
  return fileResource(call.world, { file, email: call.caller.email })
}

function generateIds(call: ApiCall) {
  const count = Math.min(Number(call.query.get('count') ?? 10), 1000)
  return { kind: 'drive#generatedIds', space: 'drive', ids: Array.from({ length: count }, newFileId) }
}

function createFile(call: ApiCall) {
  const { fields, id } = readWritableFields(call.body)
  const parent = parentFor(call, fields)
  const mimeType = fields.mimeType ?? 'application/octet-stream'
  if (id !== undefined && mimeType === spreadsheetType) {
    throw driveError(400, 'invalid', 'Generated IDs are not supported for Docs Editors formats.', {
      location: 'file.id',
    })
  }
  if (id !== undefined && findFile(call.world, id)) {
    throw driveError(409, 'fileIdInUse', 'A file already exists with the provided ID.')
  }
  const file = blankFile(call, { id: id ?? newFileId(), parent, name: fields.name ?? 'Untitled', mimeType })
  applyFields(file, fields)
  saveFile(call.world, file)
  if (mimeType === spreadsheetType) createSpreadsheet(call.world, file.id)
  announceChange(call.world, file)
  return answer(call, file)
}

// A service account owns no storage, so whatever would land in its own drive is refused.
function parentFor(call: ApiCall, fields: WritableFields): FileRecord {
  const parents = fields.parents ?? []
  if (parents.length > 1) {
    throw driveError(400, 'invalidMultipleParents', 'A shared drive item must have exactly one parent.')
  }
  const parentId = parents[0]
  if (parentId === undefined || parentId === 'root') {
    throw driveError(
      403,
      'storageQuotaExceeded',
      'Service Accounts do not have storage quota. Leverage shared drives (https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation (http://support.google.com/a/answer/7281227) instead.',
    )
  }
  const { file, role } = reachFile(call, parentId)
  if (file.mimeType !== folderType) {
    throw driveError(403, 'parentNotAFolder', 'The specified parent is not a folder.')
  }
  needRole(role, 'writer')
  return file
}

function blankFile(
  call: ApiCall,
  options: { id: string; parent: FileRecord; name: string; mimeType: string },
): FileRecord {
  const now = call.world.now()
  return {
    id: options.id,
    driveId: options.parent.driveId,
    parent: options.parent.id,
    name: options.name,
    mimeType: options.mimeType,
    trashed: false,
    appProperties: {},
    properties: {},
    version: 1,
    createdTime: now,
    createdBy: call.caller.email,
    modifiedTime: now,
    lastModifyingUser: call.caller.email,
    hiddenFrom: [],
  }
}

function applyFields(file: FileRecord, fields: WritableFields): void {
  if (fields.name !== undefined) file.name = fields.name
  if (fields.description !== undefined) file.description = fields.description
  for (const kind of ['appProperties', 'properties'] as const) {
    for (const [key, value] of Object.entries(fields[kind] ?? {})) {
      if (value === null) delete file[kind][key]
      else file[kind][key] = value
    }
    if (Object.keys(file[kind]).length > 30) {
      throw driveError(403, 'propertyLimitExceeded', `A file cannot have more than 30 ${kind}.`)
    }
  }
}

function updateFile(call: ApiCall) {
  const { file, role } = reachFile(call, call.params[0] ?? '')
  const { fields } = readWritableFields(call.body)
  needRole(role, 'writer')
  if (fields.mimeType !== undefined && fields.mimeType !== file.mimeType) {
    throw driveError(403, 'fieldNotWritable', 'The resource body includes fields which are not directly writable.')
  }
  if (fields.parents !== undefined) {
    throw driveError(
      403,
      'fieldNotWritable',
      'The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.',
    )
  }
  const by = call.caller.email
  const before = file.restriction
  if (fields.contentRestrictions !== undefined) {
    const restriction = changeRestriction({ file, wanted: fields.contentRestrictions, role, by, at: call.world.now() })
    if (restriction) file.restriction = restriction
    else delete file.restriction
  }
  if (fields.name !== undefined && fields.name !== file.name && before && file.restriction) {
    throw driveError(
      403,
      'cannotModifyRestrictedContent',
      'The content of this file is restricted and its name cannot be changed.',
    )
  }
  if (fields.trashed !== undefined && fields.trashed !== file.trashed) {
    needRole(role, 'fileOrganizer')
    setTrashed(file, fields.trashed ? by : undefined)
  }
  move(call, file)
  const contentChanges = fields.name !== undefined || fields.description !== undefined
  applyFields(file, fields)
  touchFile(call.world, file, contentChanges ? by : undefined)
  return answer(call, file)
}

export function setTrashed(file: FileRecord, by: string | undefined): void {
  file.trashed = by !== undefined
  if (by === undefined) delete file.trashedBy
  else file.trashedBy = by
}

function move(call: ApiCall, file: FileRecord): void {
  const list = (name: string) => (call.query.get(name) ?? '').split(',').filter(Boolean)
  const [added, removed] = [list('addParents'), list('removeParents')]
  if (added.length === 0 && removed.length === 0) return
  const target = added[0]
  if (added.length > 1 || target === undefined) {
    throw driveError(403, 'teamDrivesParentLimit', 'A shared drive item must have exactly one parent.')
  }
  if (removed.length > 0 && !removed.includes(file.parent ?? '')) {
    throw driveError(404, 'notFound', `File not found: ${removed.join(',')}.`, { location: 'removeParents' })
  }
  const parent = reachFile(call, target)
  if (parent.file.mimeType !== folderType)
    throw driveError(403, 'parentNotAFolder', 'The specified parent is not a folder.')
  needRole(parent.role, 'writer')
  file.parent = parent.file.id
  file.driveId = parent.file.driveId
}

function deleteFile(call: ApiCall) {
  const { file, role } = reachFile(call, call.params[0] ?? '')
  needRole(role, 'organizer')
  if (file.parent === null) throw fileNotFound(file.id)
  removeFile(call.world, file.id)
  announceChange(call.world, file)
  return undefined
}

function copyFile(call: ApiCall) {
  const { file } = reachFile(call, call.params[0] ?? '')
  if (file.mimeType === folderType) throw driveError(403, 'cannotCopyFile', 'This file cannot be copied by the user.')
  const { fields } = readWritableFields(call.body ?? {})
  const parent = parentFor(call, { ...fields, parents: fields.parents ?? (file.parent ? [file.parent] : []) })
  const name = fields.name ?? `Copy of ${file.name}`
  const copy = blankFile(call, { id: newFileId(), parent, name, mimeType: file.mimeType })
  copy.properties = { ...file.properties }
  copy.appProperties = { ...file.appProperties }
  applyFields(copy, fields)
  saveFile(call.world, copy)
  if (file.mimeType === spreadsheetType) {
    copySpreadsheet(call.world, { from: file.id, to: copy.id, by: call.caller.email })
  }
  announceChange(call.world, copy)
  return answer(call, copy)
}
