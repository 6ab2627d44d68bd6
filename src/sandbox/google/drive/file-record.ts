import type { World } from '../world.ts'

export const spreadsheetType = 'application/vnd.google-apps.spreadsheet'
export const folderType = 'application/vnd.google-apps.folder'

export type ContentRestriction = {
  reason?: string
  ownerRestricted: boolean
  by: string
  at: number
}
export type FileRecord = {
  id: string
  /** The shared drive that holds the file; a drive's own root folder carries its own id here. */
  driveId: string
  parent: string | null
  name: string
  mimeType: string
  trashed: boolean
  trashedBy?: string
  description?: string
  appProperties: Record<string, string>
  properties: Record<string, string>
  version: number
  createdTime: number
  createdBy: string
  modifiedTime: number
  lastModifyingUser: string
  restriction?: ContentRestriction
  /** Accounts that lost access although they are members, set by the control API; `*` stands for every service account. */
  hiddenFrom: string[]
}

export function findFile(world: World, id: string): FileRecord | undefined {
  const row = world.sql('SELECT doc FROM files WHERE id = ?').get(id) as { doc: string } | undefined
  return row && (JSON.parse(row.doc) as FileRecord)
}

export function listFiles(world: World): FileRecord[] {
  const rows = world.sql('SELECT doc FROM files ORDER BY rowid').all() as { doc: string }[]
  return rows.map((row) => JSON.parse(row.doc) as FileRecord)
}

export function listChildren(world: World, parent: string): FileRecord[] {
  const rows = world.sql('SELECT doc FROM files WHERE parent = ? ORDER BY rowid').all(parent) as { doc: string }[]
  return rows.map((row) => JSON.parse(row.doc) as FileRecord)
}

export function listFilesWithProperty(world: World, property: { key: string; value: string }): FileRecord[] {
  const rows = world
    .sql(
      `SELECT doc FROM app_properties JOIN files ON files.id = app_properties.file_id
       WHERE app_properties.name = ? AND app_properties.value = ? ORDER BY files.rowid`,
    )
    .all(property.key, property.value) as { doc: string }[]
  return rows.map((row) => JSON.parse(row.doc) as FileRecord)
}

export function saveFile(world: World, file: FileRecord): void {
  world
    .sql(
      `INSERT INTO files (id, drive_id, parent, mime_type, trashed, doc) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET drive_id = excluded.drive_id, parent = excluded.parent,
         mime_type = excluded.mime_type, trashed = excluded.trashed, doc = excluded.doc`,
    )
    .run(file.id, file.driveId, file.parent, file.mimeType, file.trashed ? 1 : 0, JSON.stringify(file))
  world.sql('DELETE FROM app_properties WHERE file_id = ?').run(file.id)
  for (const [name, value] of Object.entries(file.appProperties)) {
    world.sql('INSERT INTO app_properties (file_id, name, value) VALUES (?, ?, ?)').run(file.id, name, value)
  }
}

export function removeFile(world: World, id: string): void {
  for (const child of listChildren(world, id)) removeFile(world, child.id)
  world.sql('DELETE FROM files WHERE id = ?').run(id)
  world.sql('DELETE FROM app_properties WHERE file_id = ?').run(id)
  world.sql('DELETE FROM permissions WHERE file_id = ?').run(id)
  world.sql('DELETE FROM spreadsheets WHERE id = ?').run(id)
  world.sql('DELETE FROM sheets WHERE spreadsheet_id = ?').run(id)
}
