import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guardMode } from '../src/data-dir-guard.ts'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'
import { installation } from '../src/db/schema.ts'
import { DEMO_FILLED } from '../src/demo/fill-demo.ts'

let dir: string
let database: OpenDatabase
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-mode-'))
  database = openDatabase(join(dir, 'x.db'))
})
afterEach(() => {
  database.close()
  rmSync(dir, { recursive: true, force: true })
})

describe('a database serves the sandbox or the real services, never both', () => {
  it('one with the demo province is refused for real work', () => {
    guardMode(database, 'sandbox', dir)
    database.db.insert(installation).values({ name: DEMO_FILLED, value: '1' }).run()
    expect(() => guardMode(database, 'live', dir)).toThrow(/demo province.*DATA_DIR/)
    guardMode(database, 'sandbox', dir)
  })

  it('one that has served the real services is refused for the sandbox', () => {
    guardMode(database, 'live', dir)
    guardMode(database, 'live', dir)
    expect(() => guardMode(database, 'sandbox', dir)).toThrow(/real LINE and Google/)
  })
})
