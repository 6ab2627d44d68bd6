import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrateDatabase } from './migrate.ts'
import { rememberConnection } from './prepared.ts'
import * as schema from './schema.ts'

export type Db = BetterSQLite3Database<typeof schema> & { $client: Database.Database }
/** What a use case gets: the open transaction. Synchronous by nature: nothing awaits inside. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export type OpenDatabase = { db: Db; raw: Database.Database; close(): void }

export const MIGRATIONS_DIR = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Opens (and migrates) the database at `path`.
 * WAL with synchronous=FULL: an answered webhook survives a power cut. Throws AppError `database-too-new` when a newer program wrote it.
 */
export function openDatabase(path: string, options: { migrationsDir?: string } = {}): OpenDatabase {
  const raw = new Database(path)
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.pragma('busy_timeout = 30000')
  const db = drizzle({ client: raw, schema, casing: 'snake_case' })
  try {
    migrateDatabase({ raw, migrationsDir: options.migrationsDir ?? MIGRATIONS_DIR })
  } catch (error) {
    raw.close()
    throw error
  }
  raw.pragma('foreign_keys = ON')
  return { db, raw, close: () => raw.close() }
}

/** Runs `work` in BEGIN IMMEDIATE: a deferred one fails with SQLITE_BUSY_SNAPSHOT when two processes write. */
export function transact<T>(db: Db, work: (tx: Tx) => T): T {
  const run = (tx: Tx): T => {
    rememberConnection(tx, db.$client)
    return work(tx)
  }
  return db.transaction(run, { behavior: 'immediate' })
}
