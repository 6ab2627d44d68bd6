import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '../../src/app-error.ts'
import { MIGRATIONS_DIR, type OpenDatabase, openDatabase, transact } from '../../src/db/open.ts'
import { events, units } from '../../src/db/schema.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { bangkok, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'lec-db-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const opened = (path: string, options?: { migrationsDir: string }): OpenDatabase => {
  const database = openDatabase(path, options)
  onTestFinished(() => {
    if (database.raw.open) database.close()
  })
  return database
}
type Journal = { entries: { idx: number; when: number; tag: string; version: string; breakpoints: boolean }[] }

/** The real migrations and one more, as a later version of the program would bring it. */
function withNextMigration(sql: string): string {
  const dir = join(tempDir(), 'migrations')
  cpSync(MIGRATIONS_DIR, dir, { recursive: true })
  const file = join(dir, 'meta', '_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal
  const last = journal.entries.at(-1)
  if (!last) throw new Error('no migrations')
  const tag = `${String(last.idx + 1).padStart(4, '0')}_next`
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1000, tag })
  writeFileSync(file, JSON.stringify(journal))
  writeFileSync(join(dir, `${tag}.sql`), sql)
  return dir
}

const columnsOf = (database: OpenDatabase, table: string) =>
  (database.raw.pragma(`table_info(${table})`) as { name: string; type: string }[]).map((column) => column.name)

/** A table rebuild in the way drizzle-kit writes them. */
function rebuild(database: OpenDatabase, table: string): string {
  const created = database.raw.prepare('SELECT sql FROM sqlite_master WHERE name = ?').get(table) as { sql: string }
  const names = columnsOf(database, table)
    .map((name) => `"${name}"`)
    .join(', ')
  return [
    'PRAGMA foreign_keys=OFF;',
    created.sql.replace(`\`${table}\` (`, `\`__new_${table}\` (\`added\` text, `),
    `INSERT INTO \`__new_${table}\`(${names}) SELECT ${names} FROM \`${table}\`;`,
    `DROP TABLE \`${table}\`;`,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\`;`,
    'PRAGMA foreign_keys=ON;',
  ].join('--> statement-breakpoint\n')
}

describe('opening the database', () => {
  it('makes every table of the schema, with foreign keys on, WAL and full syncs', () => {
    const database = opened(join(tempDir(), 'lec.db'))
    expect(database.raw.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(database.raw.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.raw.pragma('synchronous', { simple: true })).toBe(2)
    expect(() =>
      transact(database.db, (tx) =>
        tx
          .insert(units)
          .values({ level: 'lao', kind: 'sao', name: 'x', parentId: 77 as never, openedAt: 0 })
          .run(),
      ),
    ).toThrow(/FOREIGN KEY|constraint/i)
  })

  it('a second time changes nothing', () => {
    const path = join(tempDir(), 'lec.db')
    const first = opened(path)
    const tables = first.raw.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()
    first.close()
    expect(opened(path).raw.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all()).toEqual(tables)
  })

  it('two processes may open the same new database at once', async () => {
    const dir = tempDir()
    const open = fileURLToPath(new URL('../../src/db/open.ts', import.meta.url))
    const program = `import { openDatabase } from ${JSON.stringify(open)}
      const database = openDatabase(${JSON.stringify(join(dir, 'lec.db'))})
      process.stdout.write(String(database.raw.prepare('SELECT count(*) AS n FROM events').get().n))
      database.close()`
    const run = promisify(execFile)
    const all = await Promise.all(
      Array.from({ length: 4 }, () => run(process.execPath, ['--input-type=module-typescript', '-e', program])),
    )
    expect(all.map((one) => one.stdout)).toEqual(['0', '0', '0', '0'])
  })

  it('an error inside a use case takes everything of it back', () => {
    const database = opened(join(tempDir(), 'lec.db'))
    expect(() =>
      transact(database.db, (tx) => {
        tx.insert(units).values({ level: 'department', kind: 'department', name: 'x', openedAt: 0 }).run()
        throw new Error('half way')
      }),
    ).toThrow('half way')
    expect(transact(database.db, (tx) => tx.select().from(units).all())).toEqual([])
  })

  it('a transaction that awaits is refused instead of losing its work', () => {
    const database = opened(join(tempDir(), 'lec.db'))
    expect(() => transact(database.db, async () => {})).toThrow(/promise/i)
  })
})

describe('migrating a filled database', () => {
  it('keeps the data of rebuilt tables and of all that refer to them, and the append-only triggers', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const path = join(world.dir, 'lec.db')
    const counted = (database: OpenDatabase) =>
      (
        database.raw
          .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__drizzle%' ORDER BY name",
          )
          .all() as { name: string }[]
      ).map(({ name }) => [
        name,
        (database.raw.prepare(`SELECT count(*) AS n FROM "${name}"`).get() as { n: number }).n,
      ])
    const before = counted(world.database)
    const sql = ['units', 'events', 'people', 'rounds']
      .map((table) => rebuild(world.database, table))
      .join('--> statement-breakpoint\n')
    const later = opened(path, { migrationsDir: withNextMigration(sql) })
    expect(columnsOf(later, 'units')).toContain('added')
    expect(columnsOf(later, 'events')).toContain('added')
    expect(counted(later)).toEqual(before)
    expect(transact(later.db, (tx) => verifyLog(tx)).problems).toEqual([])
    expect(() => later.raw.exec('DELETE FROM events')).toThrow('append-only')
    expect(() => later.raw.exec("UPDATE events SET data = '{}'")).toThrow('append-only')
    expect(later.raw.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('one that fails leaves everything as it was', () => {
    const path = join(tempDir(), 'lec.db')
    const first = opened(path)
    transact(first.db, (tx) =>
      tx.insert(units).values({ level: 'department', kind: 'department', name: 'กรม', openedAt: 0 }).run(),
    )
    first.close()
    const migrationsDir = withNextMigration(
      'DELETE FROM units;\n--> statement-breakpoint\nCREATE TABLE units (id integer);',
    )
    expect(() => openDatabase(path, { migrationsDir })).toThrow()
    expect(transact(opened(path).db, (tx) => tx.select().from(units).all())).toHaveLength(1)
  })

  it('one that breaks references is refused with what to do, and nothing is changed', () => {
    const world = openChainWorld()
    const before = transact(world.db, (tx) => tx.select().from(units).all())
    const migrationsDir = withNextMigration("DELETE FROM units WHERE level = 'province';")
    expect(() => openDatabase(join(world.dir, 'lec.db'), { migrationsDir })).toThrow(
      expect.objectContaining({ code: 'database-broken', message: expect.stringContaining('backup') }),
    )
    expect(transact(opened(join(world.dir, 'lec.db')).db, (tx) => tx.select().from(units).all())).toEqual(before)
  })

  it('a database that a newer version wrote is refused, says what to do, and is left alone', () => {
    const path = join(tempDir(), 'lec.db')
    const migrationsDir = withNextMigration('CREATE TABLE later (id integer);')
    opened(path, { migrationsDir }).close()
    let refusal: unknown
    try {
      openDatabase(path)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(AppError)
    expect(refusal).toMatchObject({ code: 'database-too-new', message: expect.stringContaining('newer version') })
    const again = opened(path, { migrationsDir })
    expect(columnsOf(again, 'later')).toEqual(['id'])
    expect(transact(again.db, (tx) => tx.select().from(events).all())).toEqual([])
  })
})
