import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** The whole Google of the sandbox: one database file, the platforms' clock, and the address it is reached at. */
export type World = {
  db: Database.Database
  /** A prepared statement, kept: preparing costs more than running most of them. */
  sql: (text: string) => Database.Statement
  now: () => number
  dir: string
  apiBaseUrl: () => string
}

const tables = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS service_accounts (
    email TEXT PRIMARY KEY, project_id TEXT NOT NULL, key_id TEXT NOT NULL, public_key TEXT NOT NULL, file TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS accounts (email TEXT PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, email TEXT NOT NULL, scopes TEXT NOT NULL, expires_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS drives (id TEXT PRIMARY KEY, request_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, drive_id TEXT NOT NULL, parent TEXT, mime_type TEXT NOT NULL, trashed INTEGER NOT NULL, doc TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS files_by_parent ON files (parent);
  CREATE TABLE IF NOT EXISTS app_properties (
    file_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (file_id, name)
  );
  CREATE INDEX IF NOT EXISTS app_properties_by_value ON app_properties (name, value);
  CREATE TABLE IF NOT EXISTS permissions (
    file_id TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, email TEXT, role TEXT NOT NULL, PRIMARY KEY (file_id, id)
  );
  CREATE TABLE IF NOT EXISTS spreadsheets (id TEXT PRIMARY KEY, doc TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS sheets (
    spreadsheet_id TEXT NOT NULL, sheet_id INTEGER NOT NULL, position INTEGER NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (spreadsheet_id, sheet_id)
  );
  CREATE TABLE IF NOT EXISTS changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL UNIQUE, drive_id TEXT NOT NULL, at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS pending_changes (
    file_id TEXT PRIMARY KEY, drive_id TEXT NOT NULL, at INTEGER NOT NULL, visible_at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    status INTEGER, summary TEXT NOT NULL, email TEXT
  );
  CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT NOT NULL, left INTEGER NOT NULL);
`

export function openWorld(options: { dir: string; now: () => number; apiBaseUrl: () => string }): World {
  mkdirSync(options.dir, { recursive: true })
  const db = new Database(join(options.dir, 'google.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  db.pragma('busy_timeout = 5000')
  db.exec(tables)
  const statements = new Map<string, Database.Statement>()
  const sql = (text: string) => {
    const known = statements.get(text)
    if (known) return known
    const statement = db.prepare(text)
    statements.set(text, statement)
    return statement
  }
  return { db, sql, now: options.now, dir: options.dir, apiBaseUrl: () => options.apiBaseUrl().replace(/\/+$/, '') }
}
