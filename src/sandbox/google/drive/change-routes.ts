import type { ApiCall, ApiRoute } from '../api-call.ts'
import { driveError } from '../google-error.ts'
import { roleOf } from './access.ts'
import { type ChangeRecord, listChanges, nextPosition } from './change-feed.ts'
import { findFile } from './file-record.ts'
import { fileResource } from './file-resource.ts'

const changeFields =
  'kind,removed,fileId,time,type,changeType,driveId,teamDriveId,file(kind,id,name,mimeType,driveId,teamDriveId)'

export const changeRoutes: ApiRoute[] = [
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/changes\/startPageToken$/,
    access: 'read',
    answers: 'StartPageToken',
    handle: (call) => {
      readDriveId(call)
      return { kind: 'drive#startPageToken', startPageToken: String(nextPosition(call.world)) }
    },
  },
  {
    method: 'GET',
    pattern: /^\/drive\/v3\/changes$/,
    access: 'read',
    answers: 'ChangeList',
    defaultFields: `kind,nextPageToken,newStartPageToken,changes(${changeFields})`,
    handle: readChanges,
  },
]

function readDriveId(call: ApiCall): string | undefined {
  const driveId = call.query.get('driveId') ?? call.query.get('teamDriveId') ?? undefined
  if (driveId === undefined) return undefined
  if (call.query.get('supportsAllDrives') !== 'true' && call.query.get('supportsTeamDrives') !== 'true') {
    const why = 'The supportsAllDrives parameter must be set to true if driveId is specified.'
    throw driveError(403, 'teamDrivesSupportRequired', why, { location: 'supportsAllDrives' })
  }
  const root = findFile(call.world, driveId)
  if (!root || roleOf(call.world, { file: root, email: call.caller.email }) === undefined) {
    throw driveError(404, 'notFound', `Shared drive not found: ${driveId}`, { location: 'driveId' })
  }
  return driveId
}

function readChanges(call: ApiCall) {
  const { query, world } = call
  const token = query.get('pageToken')
  if (!token) throw driveError(400, 'required', 'Required parameter: pageToken', { location: 'pageToken' })
  const from = Number(token)
  if (!Number.isInteger(from) || from < 1) throw driveError(400, 'invalid', 'Invalid Value', { location: 'pageToken' })
  const driveId = readDriveId(call)
  const includesDrives =
    query.get('includeItemsFromAllDrives') === 'true' || query.get('includeTeamDriveItems') === 'true'
  if (driveId !== undefined && !includesDrives) {
    const why = 'The includeItemsFromAllDrives parameter must be set to true if driveId is specified.'
    throw driveError(403, 'teamDriveItemsRequired', why, { location: 'includeItemsFromAllDrives' })
  }
  const size = Number(query.get('pageSize') ?? 100)
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    const why = `Invalid value '${query.get('pageSize')}'. Values must be within the range: [1, 1000]`
    throw driveError(400, 'invalidParameter', why, { location: 'pageSize' })
  }
  const end = nextPosition(world)
  const found = includesDrives ? listChanges(world, { from, limit: size + 1, driveId }) : []
  const page = found.slice(0, size)
  const last = page.at(-1)
  const changes = page.map((change) => changeResource(call, change))
  const includeRemoved = query.get('includeRemoved') !== 'false'
  return {
    kind: 'drive#changeList',
    ...(found.length > size && last ? { nextPageToken: String(last.seq + 1) } : { newStartPageToken: String(end) }),
    changes: changes.filter((change) => includeRemoved || !change.removed),
  }
}

function changeResource(call: ApiCall, change: ChangeRecord) {
  const file = findFile(call.world, change.fileId)
  const visible = file !== undefined && roleOf(call.world, { file, email: call.caller.email }) !== undefined
  return {
    kind: 'drive#change',
    changeType: 'file',
    type: 'file',
    time: new Date(change.at).toISOString(),
    removed: !visible,
    fileId: change.fileId,
    ...(visible ? { driveId: change.driveId, teamDriveId: change.driveId } : {}),
    ...(visible ? { file: fileResource(call.world, { file, email: call.caller.email }) } : {}),
  }
}
