import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { UnitId } from '../../src/db/ids.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { MIGRATIONS_DIR, openDatabase, transact } from '../../src/db/open.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { activeRound, windowOf } from '../../src/workflow/rounds.ts'
import { brokenInvariants, CHEAP, DEAR } from '../workflow/invariants.ts'
import { bangkok } from '../world/chain-world.ts'

const FIRST = '0000_whole_chain'
const AFTER = bangkok('2024-06-11T17:05')

/** What the program before wrote while a round was played: confirmed up to the province, reopened from the top, asked again, lapsed. */
const HISTORY = readFileSync(fileURLToPath(new URL('previous-issue.sql', import.meta.url)), 'utf8')

/** The tables that this story left empty. */
const REST = `
INSERT INTO reminders (round_id, unit_id, person_id, moment, owes, outbox_id, at) VALUES (1, 7, 7, 'due-3d', '{"rows":3}', 1, 1717552800000);
INSERT INTO google_addresses (person_id, email, state, created_at) VALUES (7, 'officer@example.org', 'accepted', 1714323600000);
INSERT INTO installation (name, value) VALUES ('pupil-hash-key', 'c2VjcmV0IG9mIHRoaXMgaW5zdGFsbGF0aW9u');
INSERT INTO leases (name, holder, until) VALUES ('send-outbox', 'process-1', 1717639200000);
INSERT INTO quota_ledger (identity, bucket, minute, used) VALUES ('robot@example.org', 'read', 28627320, 12);
INSERT INTO roster_problems (round_id, unit_id, row, column_key, severity, code, message, explained) VALUES (1, 8, 4, 'prefix', 'warning', 'prefix-age', 'คำนำหน้าไม่ตรงกับอายุ', 1);
INSERT INTO agreements (round_id, institution_id, proposed_by, proposed_by_appointment_id, due_at, state, created_at) VALUES (1, 7, 'lao', 3, 1717752600000, 'proposed', 1717639200000);
INSERT INTO extensions (round_id, scope, unit_id, until, reason, letter_number, by_appointment_id, created_at) VALUES (1, 'institution', 8, 1718186400000, 'ไฟฟ้าดับ', 'มท 0816.2/1', 1, 1718100000000);
INSERT INTO change_feeds (drive_id, page_token, polled_at) VALUES ('drive-1', 'token-1', 1717639200000);`

/** Counts requests to Google of one minute: worthless a minute later, and counted otherwise now. */
const GIVEN_UP = new Set(['quota_ledger'])

type Row = Record<string, unknown>
type Journal = { entries: { tag: string }[] }

function temporary(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lec-migration-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A database as the program before left it: its schema alone, and `sql` in it. */
function previousDatabase(sql: string): string {
  const dir = temporary()
  const migrationsDir = join(dir, 'migrations')
  mkdirSync(join(migrationsDir, 'meta'), { recursive: true })
  cpSync(join(MIGRATIONS_DIR, `${FIRST}.sql`), join(migrationsDir, `${FIRST}.sql`))
  const journal = JSON.parse(readFileSync(join(MIGRATIONS_DIR, 'meta', '_journal.json'), 'utf8')) as Journal
  const entries = journal.entries.filter(({ tag }) => tag === FIRST)
  writeFileSync(join(migrationsDir, 'meta', '_journal.json'), JSON.stringify({ ...journal, entries }))
  const path = join(dir, 'lec.db')
  const raw = new Database(path)
  migrateDatabase({ raw, migrationsDir })
  raw.pragma('foreign_keys = OFF')
  raw.exec(sql)
  expect(raw.pragma('foreign_key_check')).toEqual([])
  raw.close()
  return path
}

function contentOf(raw: Database.Database): Map<string, Row[]> {
  const tables = raw
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all()
  return new Map(tables.map((name) => [name, raw.prepare<[], Row>(`SELECT * FROM "${name}" ORDER BY rowid`).all()]))
}

function migrated(path: string) {
  const database = openDatabase(path)
  onTestFinished(() => database.close())
  return database
}

describe('a database of the previous issue', () => {
  it('keeps every row and every column of every table when it is migrated', () => {
    const path = previousDatabase(HISTORY + REST)
    const before = new Database(path)
    const held = contentOf(before)
    before.close()
    expect([...held].filter(([, rows]) => rows.length === 0).map(([name]) => name)).toEqual([])
    const now = contentOf(migrated(path).raw)
    for (const [table, rows] of held) {
      if (GIVEN_UP.has(table)) continue
      const kept = now.get(table) ?? []
      expect({ table, rows: kept.length }).toEqual({ table, rows: rows.length })
      for (const [index, row] of rows.entries()) expect(kept[index]).toMatchObject(row)
    }
  })

  it('still has a log that nobody can change, whose hashes verify and whose replay is what the tables say', () => {
    const { raw, db } = migrated(previousDatabase(HISTORY))
    expect(() => raw.exec(`UPDATE events SET data = '{}' WHERE seq = 1`)).toThrow('append-only')
    expect(() => raw.exec('DELETE FROM events WHERE seq = 1')).toThrow('append-only')
    expect(() => raw.exec('INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 1')).toThrow('append-only')
    expect(transact(db, (tx) => verifyLog(tx)).problems).toEqual([])
    expect(transact(db, replayDifferences)).toEqual([])
  })

  it('has references that all lead somewhere, and keeps what must hold', () => {
    const database = migrated(previousDatabase(HISTORY))
    expect(database.raw.pragma('foreign_key_check')).toEqual([])
    expect(database.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(brokenInvariants(database, [...CHEAP, ...DEAR], AFTER)).toEqual([])
  })

  it('goes on by the rules of today: an extension granted before moves the close of its institution', () => {
    const { db } = migrated(previousDatabase(HISTORY + REST))
    const windows = transact(db, (tx) => {
      const round = activeRound(tx)
      if (!round) throw new Error('no round is active')
      return [8, 9].map((id) => windowOf(tx, { round, unitId: id as UnitId, component: 'roster' }, AFTER).state)
    })
    expect(windows).toEqual(['after_due', 'closed'])
  })
})
