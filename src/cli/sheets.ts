import { Command } from 'commander'
import { AppError } from '../app-error.ts'
import type { UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { provisionUnits, type UnitTold } from '../jobs/provision-units.ts'
import { openLog } from '../log.ts'
import { openSheetDeps } from '../product-sheets.ts'
import { renewFile } from '../sheets/renew-file.ts'
import { officersWithoutGoogle } from '../sheets/share-file.ts'
import { sheetStates } from '../sheets/sheet-states.ts'
import { unitsInNeed, unitsWithSheets } from '../sheets/units-in-need.ts'
import { activeRound, type Round, roundByCode } from '../workflow/rounds.ts'
import { childrenOf, codeOf, type Unit, unitByCode, unitById } from '../workflow/unit.ts'
import { openProgress } from './progress.ts'
import { type NamedUnit, stateLines, summaryLines } from './provision-summary.ts'
import { type Session, withGoogleSession, withSession } from './session.ts'

type Scope = { province?: string; lao?: string; institution?: string; all?: boolean; round?: string }

/** `lec sheets provision|status`. */
export function sheetsCommand(): Command {
  const command = new Command('sheets').description('ตาราง Google ของหน่วยงาน / the units’ Google sheets')
  scoped(command.command('provision'))
    .description('สร้างตารางที่ยังไม่มีและแชร์ให้ผู้รับผิดชอบ / make the sheets that are missing and share them')
    .action((scope: Scope) =>
      withGoogleSession(async (session) => {
        if (!(await provision(session, scope))) process.exitCode = 1
      }),
    )
  command
    .command('renew')
    .description('สร้างตารางใหม่แทนตารางที่เปิดไม่ได้แล้ว พร้อมข้อมูลที่บันทึกไว้ล่าสุด / make a new sheet for one that is lost')
    .argument('<code>', 'an institution, or an LAO for its counts sheet')
    .option('--round <code>', 'round (default: the active one)')
    .action((code: string, { round }: Scope) => withGoogleSession((session) => renew(session, code, round)))
  scoped(command.command('status'))
    .description('จำนวนตารางตามสถานะ / how many sheets are in which state')
    .action((scope: Scope) =>
      withSession(({ database, clock }) => {
        const lines = transact(database.db, (tx) => {
          const now = clock.now()
          const round = roundOf(tx, scope)
          const unitIds = unitsOf(tx, { ...scope, all: scope.all ?? isUnscoped(scope) }, now)
          return stateLines(round.code, sheetStates(tx, { roundId: round.id, unitIds }))
        })
        console.log(lines.join('\n'))
      }),
    )
  return command
}

function scoped(command: Command): Command {
  return command
    .option('--province <code>', 'everything in a province (P and two digits)')
    .option('--lao <code>', 'an LAO and its institutions')
    .option('--institution <code>', 'one institution')
    .option('--all', 'everyone')
    .option('--round <code>', 'round (default: the active one)')
    .hook('preAction', (_, sub) => {
      const named = [sub.opts<Scope>()].flatMap(({ province, lao, institution, all }) =>
        [province, lao, institution, all].filter((one) => one !== undefined),
      )
      const needed = sub.name() === 'provision'
      if (named.length > 1 || (needed && named.length === 0)) {
        sub.error('error: name one of --province, --lao, --institution, --all', { exitCode: 2 })
      }
    })
}

const isUnscoped = ({ province, lao, institution }: Scope) => (province ?? lao ?? institution) === undefined

/** Whether everything that is needed stands. A second signal to stop is not waited for. */
async function provision(session: Session, scope: Scope): Promise<boolean> {
  const { config, database, clock } = session
  const log = openLog(config.logLevel === 'info' ? 'error' : config.logLevel)
  const deps = openSheetDeps({ config, database, clock, log })
  const now = clock.now()
  const { round, unitIds, needs } = transact(database.db, (tx) => {
    const round = roundOf(tx, scope)
    const unitIds = unitsOf(tx, scope, now)
    return { round, unitIds, needs: unitsInNeed(tx, { roundId: round.id, among: unitIds, now }) }
  })
  console.log(
    `ตารางรอบ ${round.code}: ${unitIds.length} แห่ง ครบแล้ว ${unitIds.length - needs.length} แห่ง ต้องดำเนินการ ${needs.length} แห่ง`,
  )
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort())
  process.once('SIGTERM', () => stopping.abort())
  const told: UnitTold[] = []
  const progress = openProgress({ now: clock.platformNow, out: process.stderr })
  await provisionUnits(deps, {
    roundId: round.id,
    needs,
    signal: stopping.signal,
    onTold: (unit) => {
      told.push(unit)
      progress.tell(unit)
    },
  })
  progress.end()
  const lines = transact(database.db, (tx) =>
    summaryLines({
      told,
      of: needs.length,
      named: (unitId) => named(tx, unitId),
      ...officersWithoutGoogle(tx, { unitIds, now: clock.now() }),
    }),
  )
  console.log(lines.join('\n'))
  return told.length === needs.length && told.every(({ outcome }) => outcome.ok || outcome.why === 'no-sheet-needed')
}

const NOT_RENEWED = {
  'no-sheet': 'ยังไม่มีตาราง สร้างด้วย: lec sheets provision',
  confirmed: 'ยืนยันข้อมูลแล้ว ตัวเลขที่ยืนยันอยู่ในระบบครบ หากยกเลิกการยืนยันแล้วจึงสร้างตารางใหม่ได้',
  'being-confirmed': 'กำลังยืนยันข้อมูล โปรดลองใหม่ในอีกสักครู่',
  'still-there': 'ตารางเดิมยังเปิดได้ จึงไม่สร้างใหม่',
} as const

async function renew(session: Session, code: string, roundCode: string | undefined): Promise<void> {
  const { config, database, clock } = session
  const { unitId, roundId } = transact(database.db, (tx) => {
    const unit = unitByCode(tx, code)
    if (!unit) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${code}`, { code: 'not-found' })
    const round = roundOf(tx, roundCode === undefined ? {} : { round: roundCode })
    const renewed = renewFile(tx, { roundId: round.id, unitId: unit.id }, clock.now())
    if (!renewed.ok) throw new AppError(`${unit.name}: ${NOT_RENEWED[renewed.why]}`, { code: 'they-refused' })
    return { unitId: unit.id, roundId: round.id }
  })
  const deps = openSheetDeps({ config, database, clock, log: openLog('error') })
  await provisionUnits(deps, {
    roundId,
    needs: [{ unitId, need: 'sheet', officers: true }],
    onTold: ({ outcome }) => {
      if (!outcome.ok) process.exitCode = 1
    },
  })
  if (process.exitCode)
    throw new AppError('ยังสร้างตารางใหม่ไม่สำเร็จ ระบบที่ทำงานอยู่จะทำต่อ หรือสั่ง: lec sheets provision', { code: 'unreachable' })
  const { name } = transact(database.db, (tx) => unitById(tx, unitId))
  console.log(`${name}: สร้างตารางใหม่และแชร์ให้ผู้รับผิดชอบแล้ว แถวที่เคยต้องแก้ไขไม่ได้นำมาด้วย`)
}

function named(tx: Tx, unitId: UnitId): NamedUnit {
  return { code: codeOf(tx, unitId) ?? '', name: unitById(tx, unitId).name }
}

function roundOf(tx: Tx, { round }: Scope): Round {
  const found = round === undefined ? activeRound(tx) : roundByCode(tx, round)
  if (found) return found
  const words = round === undefined ? 'ยังไม่มีรอบที่เปิดใช้งาน' : `ยังไม่มีรอบ ${round}`
  throw new AppError(`${words} เพิ่มด้วย: lec round add`, { code: 'not-found' })
}

/** The units of the scope that need a sheet. */
function unitsOf(tx: Tx, scope: Scope, now: number): UnitId[] {
  const everyone = unitsWithSheets(tx, now)
  if (scope.all) return everyone
  const within = new Set(unitsUnder(tx, scope, now).map((unit) => unit.id))
  return everyone.filter((unitId) => within.has(unitId))
}

function unitsUnder(tx: Tx, scope: Scope, now: number): Unit[] {
  const ofLao = (lao: Unit) => [lao, ...childrenOf(tx, { unitId: lao.id, level: 'institution' }, now)]
  if (scope.institution !== undefined) return [unitAt(tx, scope.institution, 'institution')]
  if (scope.lao !== undefined) return ofLao(unitAt(tx, scope.lao, 'lao'))
  const province = unitAt(tx, (scope.province ?? '').replace(/^(?=\d\d$)/, 'P'), 'province')
  return childrenOf(tx, { unitId: province.id, level: 'lao' }, now).flatMap(ofLao)
}

const LEVEL = { institution: 'สถานศึกษา', lao: 'อปท.', province: 'จังหวัด' } as const

function unitAt(tx: Tx, code: string, level: keyof typeof LEVEL): Unit {
  const unit = unitByCode(tx, code)
  if (unit?.level !== level) throw new AppError(`ไม่รู้จัก${LEVEL[level]}รหัส ${code}`, { code: 'not-found' })
  return unit
}
