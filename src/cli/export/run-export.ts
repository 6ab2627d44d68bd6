import { join } from 'node:path'
import { AppError } from '../../app-error.ts'
import { count } from '../../bot/words/dates.ts'
import type { Clock } from '../../clock.ts'
import { type OpenDatabase, type Tx, transact } from '../../db/open.ts'
import { readTogether } from '../../db/read-together.ts'
import { appendEvent } from '../../workflow/event-log.ts'
import { type ExportLines, type ExportScope, exportLines } from '../../workflow/export-lines.ts'
import { type Round, roundByCode } from '../../workflow/rounds.ts'
import { unitByAnyCode } from '../../workflow/unit.ts'
import { scopeName } from './cover.ts'
import { openStaging } from './staging.ts'
import { type ExportDone, writeExport } from './write-export.ts'

export type ExportOptions = {
  round: string
  province?: string
  lao?: string
  out: string
  format: 'xlsx' | 'csv' | 'both'
  rosters?: boolean
}

export type ExportResult = { target: string; said: string[]; unexplained: number }

/** Reads one unchanging picture of what is confirmed and puts the export where the former one was, whole or not at all. */
export async function runExport(
  deps: { database: OpenDatabase; clock: Pick<Clock, 'now'>; tell: (told: { done: number; of: number }) => void },
  options: ExportOptions,
): Promise<ExportResult> {
  const { db } = deps.database
  const at = deps.clock.now()
  const { round, scope, lines } = readTogether(db, (tx) => {
    const found = findWhat(tx, options)
    return { ...found, lines: exportLines(tx, found, at) }
  })
  const rosters = options.rosters === true
  const name = nameOf(options)
  const ownMode = (mode: number) => (rosters ? mode & 0o700 : mode & ~process.umask())
  const target = join(options.out, name)
  const staging = openStaging({ target, mode: ownMode(0o777), isOurs: (file) => isOurs(file, name) })
  const of = institutionsOf(lines)
  try {
    const done = await writeExport({
      db,
      round,
      scope,
      lines,
      formats: { xlsx: options.format !== 'csv', csv: options.format !== 'xlsx' },
      rosters,
      at,
      dir: staging.dir,
      name,
      fileMode: ownMode(0o666),
      folderMode: ownMode(0o777),
      onProgress: (institutions) => deps.tell({ done: institutions, of }),
    })
    // Pupils' numbers leave the database: that is on record before the files are there.
    if (rosters) transact(db, (tx) => recordRosters(tx, { round, scope, institutions: done.rosters }, at))
    staging.commit()
    const unexplained = done.checks.differences.filter(({ cause }) => cause === null).length
    return { target, said: doneWords({ target, scope, done, rosters, unexplained }), unexplained }
  } finally {
    staging.discard()
  }
}

function findWhat(tx: Tx, options: ExportOptions): { round: Round; scope: ExportScope } {
  const round = roundByCode(tx, options.round)
  if (!round) throw new AppError(`ไม่รู้จักรอบ ${options.round} ดูรอบที่มีด้วย: lec round list`, { code: 'not-found' })
  const level = options.lao === undefined ? 'province' : 'lao'
  const code = options.lao ?? options.province
  if (code === undefined) return { round, scope: { level: 'nation' } }
  const unit = unitByAnyCode(tx, code)?.unit
  if (unit?.level === level) return { round, scope: { level, unit } }
  const words = level === 'lao' ? `ไม่รู้จัก อปท. รหัส ${code}` : `ไม่รู้จักจังหวัดรหัส ${code} (เช่น P30)`
  throw new AppError(words, { code: 'not-found' })
}

function nameOf({ round, lao, province }: ExportOptions): string {
  const scope = lao ?? province
  return ['lec-export', round.replace('/', '-'), ...(scope === undefined ? [] : [scope])].join('-')
}

const isOurs = (file: string, name: string): boolean => ['csv', 'provinces', 'rosters', `${name}.xlsx`].includes(file)

const institutionsOf = ({ provinces }: ExportLines): number =>
  provinces.flatMap((province) => province.laos).reduce((sum, lao) => sum + lao.institutions.length, 0)

function recordRosters(tx: Tx, input: { round: Round; scope: ExportScope; institutions: number }, at: number): void {
  const { round, scope, institutions } = input
  const unitId = scope.level === 'nation' ? null : scope.unit.id
  appendEvent(tx, { at, type: 'rosters-exported', roundId: round.id, unitId, data: { by: 'operator', institutions } })
}

function doneWords(input: {
  target: string
  scope: ExportScope
  done: ExportDone
  rosters: boolean
  unexplained: number
}): string[] {
  const { target, scope, done, unexplained } = input
  const { sums, checks, workbooks } = done
  const { confirmed, correcting, open, not_required: spared } = sums.institutions
  const lines = [
    `ส่งออกแล้ว ${scopeName(scope)}: ${target}${workbooks > 0 ? ` (ไฟล์ Excel ${count(workbooks)} ไฟล์)` : ''}`,
    `สถานศึกษา ยืนยันแล้ว ${count(confirmed)} อยู่ระหว่างแก้ไข ${count(correcting)} ยังไม่ยืนยัน ${count(open)} ไม่ต้องยืนยัน ${count(spared)} แห่ง`,
    `รวมที่ยืนยัน ในสังกัด ${count(sums.counted)} คน สังกัดอื่น ${count(sums.otherCounted)} คน`,
    `ตรวจยอด เทียบ ${count(checks.compared)} รายการ ต่างกัน ${count(checks.differences.length)} รายการ ไม่ทราบสาเหตุ ${count(unexplained)} รายการ`,
  ]
  if (!input.rosters) return lines
  const files = `รายชื่อ ${count(done.rosters)} แห่ง มีเลขประจำตัวเต็ม เป็นข้อมูลส่วนบุคคล`
  return [...lines, `${files}: เปิดได้เฉพาะผู้ส่งออก (โฟลเดอร์ 0700 ไฟล์ 0600) และบันทึกการส่งออกไว้แล้ว`]
}
