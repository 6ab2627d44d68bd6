import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/open.ts'

/** The real database with the real migrations in a folder of its own, gone after the test. */
export function openTempDatabase(): OpenDatabase {
  const dir = mkdtempSync(join(tmpdir(), 'lec-sheets-'))
  const database = openDatabase(join(dir, 'lec.db'))
  onTestFinished(() => {
    database.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return database
}
