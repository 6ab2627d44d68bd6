import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { readTogether } from '../../db/read-together.ts'
import { confirmedPupils } from '../../workflow/export-figures.ts'
import type { ExportedLao } from '../../workflow/export-lines.ts'
import type { Round } from '../../workflow/rounds.ts'
import { writeCsv } from './csv-file.ts'
import { rosterTable, rosterTitles } from './roster-table.ts'
import { writeWorkbook } from './workbook.ts'

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600

/** Confirmed pupil lists of an LAO, full numbers in them, a file each; readable for the one who exports only. Returns how many. */
export async function writeRosters(input: {
  db: Db
  round: Round
  lao: ExportedLao
  formats: { xlsx: boolean; csv: boolean }
  dir: string
}): Promise<number> {
  const { db, round, lao, formats } = input
  let written = 0
  for (const child of lao.institutions) {
    const { reported } = child
    if (!reported) continue
    const dir = join(input.dir, 'rosters', fileName(lao))
    mkdirSync(dir, { recursive: true, mode: FOLDER_MODE })
    const table = rosterTable(readTogether(db, (tx) => confirmedPupils(tx, reported.snapshotId)))
    const path = join(dir, fileName(child))
    if (formats.xlsx) {
      const titles = rosterTitles({ round, lao, child })
      await writeWorkbook(`${path}.xlsx`, [{ ...table, titles }], FILE_MODE)
    }
    if (formats.csv) writeCsv(`${path}.csv`, table, FILE_MODE)
    written += 1
  }
  return written
}

/** Codes come from a registry file: nothing of them may lead out of the folder. */
const fileName = ({ code, id }: { code: string; id: number }): string => (/^\w+$/.test(code) ? code : `unit-${id}`)
