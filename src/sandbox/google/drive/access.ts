import { findAccount } from '../accounts.ts'
import type { World } from '../world.ts'
import { type FileRecord, findFile } from './file-record.ts'

export type Role = 'reader' | 'commenter' | 'writer' | 'fileOrganizer' | 'organizer'
export type PermissionRecord = { fileId: string; id: string; type: string; email: string | null; role: Role }

const rank: Record<Role, number> = { reader: 1, commenter: 2, writer: 3, fileOrganizer: 4, organizer: 5 }

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && Object.hasOwn(rank, value)
}

export function atLeast(role: Role | undefined, needed: Role): boolean {
  return role !== undefined && rank[role] >= rank[needed]
}

export function listOwnPermissions(world: World, fileId: string): PermissionRecord[] {
  return world
    .sql('SELECT file_id AS fileId, id, type, email, role FROM permissions WHERE file_id = ? ORDER BY rowid')
    .all(fileId) as PermissionRecord[]
}

/** Permissions of the file, its folders and its shared drive; of one grantee the strongest, and where it comes from. */
export function listPermissions(world: World, file: FileRecord): PermissionRecord[] {
  const strongest = new Map<string, PermissionRecord>()
  for (const id of lineage(world, file)) {
    for (const permission of listOwnPermissions(world, id)) {
      const held = strongest.get(permission.id)
      if (!held || rank[permission.role] > rank[held.role]) strongest.set(permission.id, permission)
    }
  }
  return [...strongest.values()]
}

function lineage(world: World, file: FileRecord): string[] {
  const ids = [file.id]
  for (let at: FileRecord | undefined = file; at?.parent; at = findFile(world, at.parent)) ids.push(at.parent)
  return ids
}

/** What an account may do with a file, or nothing when the file does not exist for it. */
export function roleOf(world: World, options: { file: FileRecord; email: string }): Role | undefined {
  const { file } = options
  const account = findAccount(world, options.email)
  if (!account) return undefined
  if (file.hiddenFrom.includes(account.email) || (account.service && file.hiddenFrom.includes('*'))) return undefined
  let role: Role | undefined
  for (const permission of listPermissions(world, file)) {
    const mine = permission.type === 'anyone' || permission.email?.toLowerCase() === account.email.toLowerCase()
    if (mine && (!role || rank[permission.role] > rank[role])) role = permission.role
  }
  return role
}

export function savePermission(world: World, permission: PermissionRecord): void {
  world
    .sql(
      `INSERT INTO permissions (file_id, id, type, email, role) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (file_id, id) DO UPDATE SET role = excluded.role`,
    )
    .run(permission.fileId, permission.id, permission.type, permission.email, permission.role)
}

export function removePermission(world: World, options: { fileId: string; id: string }): void {
  world.sql('DELETE FROM permissions WHERE file_id = ? AND id = ?').run(options.fileId, options.id)
}
