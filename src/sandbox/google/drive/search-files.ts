import type { ApiCall } from '../api-call.ts'
import { driveError } from '../google-error.ts'
import { roleOf } from './access.ts'
import { type FileQuery, readFileQuery } from './file-query.ts'
import { type FileRecord, folderType, listChildren, listFiles, listFilesWithProperty } from './file-record.ts'
import { fileResource } from './file-resource.ts'
import { readPageToken, writePageToken } from './page-token.ts'

/** Finds files as `files.list` does: only what the caller may see, and shared drives only when they are asked for. */
export function searchFiles(call: ApiCall) {
  const { query, world, caller } = call
  const driveId = query.get('driveId') ?? undefined
  if ((driveId !== undefined) !== (query.get('corpora') === 'drive')) {
    const why = 'The driveId parameter must be specified if and only if corpora is set to drive.'
    throw driveError(400, 'invalid', why, { location: 'driveId' })
  }
  const allDrives = query.get('includeItemsFromAllDrives') === 'true' || query.get('includeTeamDriveItems') === 'true'
  const supports = query.get('supportsAllDrives') === 'true' || query.get('supportsTeamDrives') === 'true'
  if ((allDrives || driveId !== undefined) && !supports) {
    const why = 'The supportsAllDrives parameter must be set to true when shared drive items are asked for.'
    throw driveError(403, 'teamDrivesSupportRequired', why, { location: 'supportsAllDrives' })
  }
  const asked: FileQuery = query.get('q') ? readFileQuery(query.get('q') ?? '') : { test: () => true }
  const found = allDrives
    ? candidates(call, asked.narrow).filter((file) => file.parent !== null && asked.test(file))
    : []
  const inDrive = driveId === undefined ? found : found.filter((file) => file.driveId === driveId)
  const visible = inDrive.filter((file) => roleOf(world, { file, email: caller.email }) !== undefined)
  const ordered = orderFiles(visible, query.get('orderBy'))
  const size = Math.min(Math.max(Number(query.get('pageSize') ?? 100), 1), 1000)
  const start = readPageToken(query.get('pageToken'))
  return {
    kind: 'drive#fileList',
    incompleteSearch: false,
    files: ordered.slice(start, start + size).map((file) => fileResource(world, { file, email: caller.email })),
    ...(start + size < ordered.length ? { nextPageToken: writePageToken(start + size) } : {}),
  }
}

function candidates(call: ApiCall, narrow: FileQuery['narrow']): FileRecord[] {
  if (!narrow) return listFiles(call.world)
  return 'parent' in narrow
    ? listChildren(call.world, narrow.parent)
    : listFilesWithProperty(call.world, narrow.appProperty)
}

function orderFiles(files: FileRecord[], orderBy: string | null): FileRecord[] {
  const keys = (orderBy ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean)
  const compare = keys.map((key) => {
    const [field = '', direction] = key.split(/\s+/)
    const by = sortField(field)
    return (a: FileRecord, b: FileRecord) => by(a, b) * (direction === 'desc' ? -1 : 1)
  })
  return [...files].sort((a, b) => compare.reduce((sign, by) => sign || by(a, b), 0))
}

function sortField(field: string): (a: FileRecord, b: FileRecord) => number {
  switch (field) {
    case 'name':
    case 'name_natural':
      return (a, b) => a.name.localeCompare(b.name, 'th')
    case 'modifiedTime':
      return (a, b) => a.modifiedTime - b.modifiedTime
    case 'createdTime':
      return (a, b) => a.createdTime - b.createdTime
    case 'folder':
      return (a, b) => Number(b.mimeType === folderType) - Number(a.mimeType === folderType)
    default:
      throw driveError(400, 'invalid', 'Invalid Value', { location: 'orderBy' })
  }
}
