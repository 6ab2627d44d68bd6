import { newDriveId, permissionIdOf } from '../new-id.ts'
import type { World } from '../world.ts'
import { savePermission } from './access.ts'
import { folderType, saveFile } from './file-record.ts'

export type SharedDrive = { id: string; name: string; requestId: string; createdAt: number }

/** Makes a shared drive with its root folder; who makes it organizes it. */
export function createSharedDrive(
  world: World,
  options: { name: string; requestId: string; organizer: string },
): SharedDrive {
  const drive = { id: newDriveId(), name: options.name, requestId: options.requestId, createdAt: world.now() }
  world
    .sql('INSERT INTO drives (id, request_id, name, created_at) VALUES (?, ?, ?, ?)')
    .run(drive.id, drive.requestId, drive.name, drive.createdAt)
  saveFile(world, {
    id: drive.id,
    driveId: drive.id,
    parent: null,
    name: drive.name,
    mimeType: folderType,
    trashed: false,
    appProperties: {},
    properties: {},
    version: 1,
    createdTime: drive.createdAt,
    createdBy: options.organizer,
    modifiedTime: drive.createdAt,
    lastModifyingUser: options.organizer,
    hiddenFrom: [],
  })
  addMember(world, { driveId: drive.id, email: options.organizer, role: 'organizer' })
  return drive
}

export function addMember(
  world: World,
  member: { driveId: string; email: string; role: 'organizer' | 'writer' },
): void {
  const { driveId, email, role } = member
  savePermission(world, { fileId: driveId, id: permissionIdOf(email), type: 'user', email, role })
}

export function listSharedDrives(world: World): SharedDrive[] {
  return world
    .sql('SELECT id, name, request_id AS requestId, created_at AS createdAt FROM drives ORDER BY rowid')
    .all() as SharedDrive[]
}
