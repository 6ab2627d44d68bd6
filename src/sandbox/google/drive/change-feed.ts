import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { type FileRecord, findFile, saveFile } from './file-record.ts'

export type ChangeRecord = { seq: number; fileId: string; driveId: string; at: number }

/**
 * Marks a file as changed. The feed learns of it later, once for all changes made until then: Google's feed is late
 * and holds one entry per file.
 */
export function announceChange(world: World, file: { id: string; driveId: string }): void {
  const now = world.now()
  world
    .sql(
      `INSERT INTO pending_changes (file_id, drive_id, at, visible_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (file_id) DO UPDATE SET at = excluded.at, drive_id = excluded.drive_id`,
    )
    .run(file.id, file.driveId, now, now + readSettings(world).changeDelayMs)
}

/** Saves a changed file: `version` moves with every change, `modifiedTime` and the last editor only with its content. */
export function touchFile(world: World, file: FileRecord, by?: string): void {
  const held = findFile(world, file.id)
  file.version = (held?.version ?? file.version) + 1
  if (by !== undefined) {
    file.modifiedTime = world.now()
    file.lastModifyingUser = by
  }
  saveFile(world, file)
  announceChange(world, file)
}

// Positions are given out when an entry becomes visible, so that a reader's token never passes one that was still hidden.
function publishDueChanges(world: World): void {
  const due = world
    .sql(
      'SELECT file_id AS fileId, drive_id AS driveId, at FROM pending_changes WHERE visible_at <= ? ORDER BY visible_at, rowid',
    )
    .all(world.now()) as { fileId: string; driveId: string; at: number }[]
  for (const change of due) {
    world.sql('DELETE FROM changes WHERE file_id = ?').run(change.fileId)
    world
      .sql('INSERT INTO changes (file_id, drive_id, at) VALUES (?, ?, ?)')
      .run(change.fileId, change.driveId, change.at)
    world.sql('DELETE FROM pending_changes WHERE file_id = ?').run(change.fileId)
  }
}

/** The position after the last visible change. */
export function nextPosition(world: World): number {
  publishDueChanges(world)
  // AUTOINCREMENT's own counter: entries move to the end of the feed, so the highest row alone would do too, but not after deletions.
  const row = world.sql("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").get() as { seq: number } | undefined
  return (row?.seq ?? 0) + 1
}

export function listChanges(
  world: World,
  options: { from: number; limit: number; driveId: string | undefined },
): ChangeRecord[] {
  publishDueChanges(world)
  const columns = 'seq, file_id AS fileId, drive_id AS driveId, at'
  if (options.driveId === undefined) {
    return world
      .sql(`SELECT ${columns} FROM changes WHERE seq >= ? ORDER BY seq LIMIT ?`)
      .all(options.from, options.limit) as ChangeRecord[]
  }
  return world
    .sql(`SELECT ${columns} FROM changes WHERE seq >= ? AND drive_id = ? ORDER BY seq LIMIT ?`)
    .all(options.from, options.driveId, options.limit) as ChangeRecord[]
}
