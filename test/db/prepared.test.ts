import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Db, openDatabase, type Tx, transact } from '../../src/db/open.ts'
import { preparedOn } from '../../src/db/prepared.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-prepared-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('statements prepared once', () => {
  it('are made once per connection, and each runs on its own', () => {
    const made: string[] = []
    const remember = (raw: Database.Database) => {
      made.push(raw.name)
      return raw.prepare<[string]>("INSERT INTO installation (name, value) VALUES (?, 'x')")
    }
    const both = ['a.db', 'b.db'].map((name) => openDatabase(join(dir, name)))
    for (const name of ['one', 'two']) {
      for (const { db } of both) transact(db, (tx) => preparedOn(tx, remember).run(name))
    }
    expect(made).toHaveLength(2)
    const names = (db: Db) => transact(db, (tx) => tx.query.installation.findMany().sync()).map(({ name }) => name)
    expect(both.map(({ db }) => names(db))).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
    for (const { close } of both) close()
  })

  it('are part of the transaction: a failure takes them back', () => {
    const { db, close } = openDatabase(join(dir, 'a.db'))
    const write = (raw: Database.Database) => raw.prepare("INSERT INTO installation (name, value) VALUES ('one', 'x')")
    const failing = (tx: Tx): void => {
      preparedOn(tx, write).run()
      throw new Error('on purpose')
    }
    expect(() => transact(db, failing)).toThrow('on purpose')
    expect(transact(db, (tx) => tx.query.installation.findMany().sync())).toEqual([])
    close()
  })
})
