import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { AppError } from '../app-error.ts'

type Journal = { entries: { idx: number; when: number; tag: string }[] }

const APPEND_ONLY = ['events']

/**
 * Brings the database to this program's schema. Foreign keys are off meanwhile: drizzle-kit's table rebuilds would
 * otherwise cascade, and their own PRAGMA is inert inside a transaction. Triggers are made anew, since a rebuild drops them.
 */
export function migrateDatabase(input: {
  raw: Database.Database
  db: BetterSQLite3Database<Record<string, unknown>>
  migrationsDir: string
}): void {
  const { raw, db, migrationsDir } = input
  refuseNewerDatabase(raw, migrationsDir)
  raw.pragma('foreign_keys = OFF')
  migrate(db, { migrationsFolder: migrationsDir })
  const broken = raw.pragma('foreign_key_check') as unknown[]
  if (broken.length > 0) {
    throw new AppError(`The database has ${broken.length} broken references after migrating; restore the last backup`, {
      code: 'database-broken',
    })
  }
  for (const table of APPEND_ONLY) {
    raw.exec(`
      CREATE TRIGGER IF NOT EXISTS ${table}_no_update BEFORE UPDATE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`)
  }
}

function refuseNewerDatabase(raw: Database.Database, migrationsDir: string): void {
  const known = raw.prepare("SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'").get()
  if (!known) return
  const row = raw.prepare('SELECT max(created_at) AS last FROM __drizzle_migrations').get() as { last: number | null }
  const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta', '_journal.json'), 'utf8')) as Journal
  const newest = Math.max(...journal.entries.map((entry) => entry.when))
  if ((row.last ?? 0) > newest) {
    throw new AppError(
      'The database was written by a newer version of lec-confirm. Start that version, or restore a backup made before the upgrade',
      {
        code: 'database-too-new',
      },
    )
  }
}
