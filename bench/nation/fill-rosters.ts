import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { RawConfirmation } from './confirm-raw.ts'
import type { LogWriter } from './fill-log.ts'
import { insertInto } from './insert-into.ts'
import { type MadePupil, makePupil } from './make-pupil.ts'
import { HOUR, INSTITUTIONS, NOW, PUPILS, READY } from './nation-size.ts'
import type { PlacedInstitution } from './place-units.ts'
import { seeded } from './seeded.ts'

/** What the levels above need to know of an institution. */
export type FilledRoster = {
  institution: PlacedInstitution
  confirmationId: number | null
  hash: string
  counted: number
  drifted: boolean
  ready: 'usual' | 'large' | null
}

/**
 * A roster for every institution, in the state of a round in full swing: six in ten confirmed, some of those edited since or
 * reopened, the rest ready or with mistakes.
 */
export function fillRosters(
  raw: Database.Database,
  input: {
    roundId: number
    institutions: readonly PlacedInstitution[]
    log: LogWriter
    confirm: (given: RawConfirmation) => number
  },
): FilledRoster[] {
  const { roundId, institutions, log, confirm } = input
  const random = seeded(2)
  const writePupils = pupilWriter(raw, roundId)
  const writeSheet = sheetWriter(raw, roundId)
  const sizes = sizesOf(institutions.length)
  let next = 0
  return institutions.map((institution, at) => {
    const size = sizes[at] ?? { pupils: 1, ready: null }
    const pupils = Array.from({ length: size.pupils }, (_, row) => makePupil(next + row, row + 2))
    next += size.pupils
    const hash = createHash('sha256').update(`content ${institution.id}`).digest('hex')
    const confirmed = size.ready === null && random.chance(0.62)
    const drifted = confirmed && random.chance(0.005)
    const reopened = confirmed && !drifted && random.chance(0.02)
    const problems = !confirmed && size.ready === null && random.chance(0.3) ? 1 + random.below(6) : 0
    writePupils(institution.id, pupils)
    writeSheet({
      institution,
      pupils,
      hash: drifted ? `${hash.slice(1)}x` : hash,
      problems,
      confirmed: confirmed && !reopened,
    })
    const { id: unitId, officer } = institution
    log({
      at: NOW - 90 * HOUR,
      type: 'roster-read',
      roundId,
      unitId,
      data: { contentHash: hash, counted: size.pupils },
    })
    const confirmationId = confirmed
      ? confirm({
          unitId,
          officer,
          component: 'roster',
          hash,
          counted: size.pupils,
          rows: `[${pupils.map((pupil) => pupil.data).join(',')}]`,
          totals: totalsOf(pupils),
          reopened,
        })
      : null
    const holds = reopened ? null : confirmationId
    return { institution, confirmationId: holds, hash, counted: size.pupils, drifted, ready: size.ready }
  })
}

/** Mostly small ones, as in the country; those that the benchmark confirms are of fixed size. */
function sizesOf(count: number): { pupils: number; ready: FilledRoster['ready'] }[] {
  const random = seeded(3)
  const kept = READY.usual.count * READY.usual.pupils + READY.large.count * READY.large.pupils
  const mean = (PUPILS - kept) / (INSTITUTIONS - READY.usual.count - READY.large.count)
  const step = Math.floor(count / (READY.usual.count + READY.large.count))
  return Array.from({ length: count }, (_, at) => {
    const turn = at % step === 0 ? at / step : -1
    if (turn >= 0 && turn < READY.large.count) return { pupils: READY.large.pupils, ready: 'large' }
    if (turn >= 0 && turn < READY.large.count + READY.usual.count) return { pupils: READY.usual.pupils, ready: 'usual' }
    return { pupils: 5 + random.below(2 * (mean - 5)), ready: null }
  })
}

function pupilWriter(raw: Database.Database, roundId: number) {
  const insert = insertInto(raw, 'pupils', [
    'round_id',
    'institution_id',
    'key',
    'number_kind',
    'row',
    'row_hash',
    'data',
    'grade',
    'sex',
    'status',
    'counts',
    'first_seen_at',
    'changed_at',
  ])
  const at = NOW - 90 * HOUR
  return (institutionId: number, pupils: readonly MadePupil[]) => {
    for (const { key, numberKind, row, rowHash, data, grade, sex, status } of pupils)
      insert(roundId, institutionId, key, numberKind, row, rowHash, data, grade, sex, status, 1, at, at)
  }
}

function sheetWriter(raw: Database.Database, roundId: number) {
  const unit = ['round_id', 'institution_id']
  const figures = ['version', 'content_hash', 'counted', 'errors', 'unexplained_warnings', 'totals']
  const roster = insertInto(raw, 'rosters', [...unit, ...figures, 'read_at', 'edited_at', 'last_editor', 'changed_at'])
  const read = insertInto(raw, 'roster_reads', [...unit, 'read_at', 'edited_at', 'last_editor'])
  const file = insertInto(raw, 'sheet_files', [
    'unit_id',
    'round_id',
    'kind',
    'spreadsheet_id',
    'data_tab_id',
    'report_tab_id',
    'state',
    'locked',
    'lock_wanted',
    'content_hash',
    'read_at',
    'created_at',
  ])
  const problem = insertInto(raw, 'roster_problems', [
    'round_id',
    'unit_id',
    'row',
    'column_key',
    'severity',
    'code',
    'message',
  ])
  return (given: {
    institution: PlacedInstitution
    pupils: readonly MadePupil[]
    hash: string
    problems: number
    confirmed: boolean
  }) => {
    const { institution, pupils, hash, problems, confirmed } = given
    const { id } = institution
    const at = NOW - 90 * HOUR
    const counted = pupils.length
    const editor = `officer-${id}@bench.example`
    roster(roundId, id, 1, hash, counted, problems, 0, JSON.stringify(totalsOf(pupils)), at, at, editor, at)
    read(roundId, id, at, at, editor)
    const locked = confirmed ? 1 : 0
    file(id, roundId, 'roster', `bench-${id}`, 0, 1, 'ok', locked, locked, hash, at, 0)
    for (let row = 0; row < problems; row += 1)
      problem(roundId, id, row + 2, 'number', 'error', 'number-check-digit', 'เลขประจำตัว 1-1017-xxxxx-xx-0 ไม่ถูกต้อง')
  }
}

function totalsOf(pupils: readonly MadePupil[]) {
  const male = pupils.filter((pupil) => pupil.sex === 'm').length
  const byGrade = [...Map.groupBy(pupils, (pupil) => pupil.grade)].map(([grade, some]) => ({
    grade,
    male: some.filter((pupil) => pupil.sex === 'm').length,
    female: some.filter((pupil) => pupil.sex === 'f').length,
  }))
  const counted = pupils.length
  return {
    rows: counted,
    counted,
    notCounted: 0,
    waitingGCode: 0,
    male,
    female: counted - male,
    errors: 0,
    warnings: 0,
    blockingErrors: 0,
    unexplainedWarnings: 0,
    byGrade,
    byStatus: { เรียนอยู่: counted },
    movedIn: 0,
    movedOut: 0,
    notExisting: 0,
  }
}
