import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { AppError } from '../app-error.ts'
import { dropLaoFigureTriggers, makeLaoFigureTriggers } from './lao-figure-triggers.ts'

type Journal = { entries: { idx: number; when: number; tag: string }[] }

/** Numbered by `seq` from 1. INSERT OR REPLACE deletes without asking a delete trigger: a row may only go to the end. */
const APPEND_ONLY = ['events']

/**
 * Brings the database to this program's schema, in one transaction that begins with the write lock: drizzle's own migrator looks
 * before it locks, so that two processes starting on a new version would both migrate. Foreign keys are off meanwhile:
 * drizzle-kit's table rebuilds would otherwise cascade, and their own PRAGMA is inert inside a transaction. Triggers are made
 * anew, since a rebuild drops them.
 */
export function migrateDatabase(input: { raw: Database.Database; migrationsDir: string }): void {
  const { raw, migrationsDir } = input
  refuseNewerDatabase(raw, migrationsDir)
  const migrations = readMigrationFiles({ migrationsFolder: migrationsDir })
  raw.pragma('foreign_keys = OFF')
  raw
    .transaction(() => {
      raw.exec(
        'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
      )
      const last = lastMigration(raw) ?? 0
      const due = migrations.filter((migration) => migration.folderMillis > last)
      const done = raw.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
      if (due.length > 0) dropLaoFigureTriggers(raw)
      for (const migration of due) {
        for (const statement of migration.sql) raw.exec(statement)
        done.run(migration.hash, migration.folderMillis)
      }
      if (due.length > 0) refuseBrokenReferences(raw)
      keepAppendOnly(raw)
      makeLaoFigureTriggers(raw)
    })
    .immediate()
}

function refuseBrokenReferences(raw: Database.Database): void {
  const broken = raw.pragma('foreign_key_check') as unknown[]
  if (broken.length === 0) return
  throw new AppError(
    `The database would have ${broken.length} broken references after migrating; nothing was changed. Start the version before, or restore the last backup`,
    { code: 'database-broken' },
  )
}

function keepAppendOnly(raw: Database.Database): void {
  for (const table of APPEND_ONLY) {
    raw.exec(`
      CREATE TRIGGER IF NOT EXISTS ${table}_no_update BEFORE UPDATE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS ${table}_no_delete BEFORE DELETE ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
      CREATE TRIGGER IF NOT EXISTS ${table}_only_append BEFORE INSERT ON ${table}
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM ${table})
      BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`)
  }
}

function refuseNewerDatabase(raw: Database.Database, migrationsDir: string): void {
  const last = lastMigration(raw)
  if (last === null) return
  const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta', '_journal.json'), 'utf8')) as Journal
  const newest = Math.max(...journal.entries.map((entry) => entry.when))
  if (last > newest) {
    throw new AppError(
      'The database was written by a newer version of lec-confirm. Start that version, or restore a backup made before the upgrade',
      {
        code: 'database-too-new',
      },
    )
  }
}

/** When the newest migration that the database has was made; null for a new database. */
function lastMigration(raw: Database.Database): number | null {
  const known = raw.prepare("SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'").get()
  if (!known) return null
  return (raw.prepare('SELECT max(created_at) AS last FROM __drizzle_migrations').get() as { last: number | null }).last
}
