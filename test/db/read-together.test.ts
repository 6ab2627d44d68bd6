import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Tx, transact } from '../../src/db/open.ts'
import { readTogether } from '../../src/db/read-together.ts'
import { installation } from '../../src/db/schema.ts'

it('shows one picture from beginning to end and keeps nobody from writing meanwhile', () => {
  const dir = mkdtempSync(join(tmpdir(), 'lec-read-'))
  const [reader, writer] = [openDatabase(join(dir, 'lec.db')), openDatabase(join(dir, 'lec.db'))]
  onTestFinished(() => {
    reader.close()
    writer.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const names = (tx: Tx) =>
    tx
      .select()
      .from(installation)
      .all()
      .map((row) => row.name)
  const [before, during] = readTogether(reader.db, (tx) => {
    const first = names(tx)
    transact(writer.db, (other) => other.insert(installation).values({ name: 'written meanwhile', value: '1' }).run())
    return [first, names(tx)]
  })
  expect(during).toEqual(before)
  expect(readTogether(reader.db, names)).toContain('written meanwhile')
})
