import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepCheckpoints } from '../../src/db/checkpoints.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'

const DEADLINE_MS = 10_000

describe('the thread that keeps checkpoints', () => {
  let dir: string
  let database: OpenDatabase
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'lec-checkpoints-'))
    database = openDatabase(join(dir, 'test.db'))
    database.raw.pragma('wal_checkpoint(TRUNCATE)')
  })
  afterEach(() => {
    database.close()
    rmSync(dir, { recursive: true, force: true })
  })

  /** Of the database file alone, without the log beside it. */
  const inFile = (): unknown => {
    const copy = join(dir, 'copy.db')
    copyFileSync(join(dir, 'test.db'), copy)
    const alone = new Database(copy)
    try {
      return alone.prepare(`SELECT value FROM installation WHERE name = 'mark'`).pluck().get()
    } finally {
      alone.close()
    }
  }
  const mark = () => database.raw.exec(`INSERT INTO installation (name, value) VALUES ('mark', 'here')`)
  const until = async (holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + DEADLINE_MS; !holds(); await pause(50)) {
      if (Date.now() > end) throw new Error('not in time')
    }
  }

  it('brings what was committed into the database file, which no commit does any more', async () => {
    const checkpoints = keepCheckpoints(database.raw, (error) => expect.unreachable(String(error)))
    mark()
    await until(() => inFile() === 'here')
    expect(database.raw.pragma('wal_autocheckpoint', { simple: true })).toBeGreaterThan(1_000)
    await checkpoints.close()
  })

  it('ends when it is closed, and the database with it leaves no log behind', async () => {
    const checkpoints = keepCheckpoints(database.raw, (error) => expect.unreachable(String(error)))
    mark()
    await checkpoints.close()
    database.close()
    expect(inFile()).toBe('here')
  })

  it('leaves checkpoints to SQLite again when it cannot go on, and says so', async () => {
    const lost = mkdtempSync(join(tmpdir(), 'lec-checkpoints-lost-'))
    const elsewhere = openDatabase(join(lost, 'test.db'))
    rmSync(lost, { recursive: true, force: true })
    const failures: unknown[] = []
    const checkpoints = keepCheckpoints(elsewhere.raw, (error) => failures.push(error))
    await until(() => failures.length > 0)
    expect(elsewhere.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(1_000)
    await checkpoints.close()
    elsewhere.close()
  })
})
