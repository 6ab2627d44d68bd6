import { Command, InvalidArgumentError } from 'commander'
import { AppError } from '../app-error.ts'
import { refusalWords } from '../bot/words/refusals.ts'
import { type Tx, transact } from '../db/open.ts'
import { activeRound, type Round, roundByCode } from '../workflow/rounds.ts'
import { drawSpotCheck, MOST_INSTITUTIONS } from '../workflow/spot-check-draw.ts'
import { redrawSpotCheck, type SpotCheck, spotChecksOf } from '../workflow/spot-checks.ts'
import { codeOf, type Unit, unitByCode, unitById } from '../workflow/unit.ts'
import { withSession } from './session.ts'

const RESULT = { found: 'พบตัว', not_found: 'ไม่พบตัว' } as const
const FAULT = {
  'frame-changed': 'กรอบการสุ่มที่บันทึกไว้ถูกแก้ไข',
  'not-in-log': 'การสุ่มนี้ไม่ตรงกับบันทึกการดำเนินการ',
  'list-differs': 'รายการที่บันทึกไว้ไม่ตรงกับผลการสุ่มซ้ำ',
} as const

type Where = { province: string; round?: string }

/** `lec spot-check draw|list|redraw`: random samples of institutions and pupils (R40), and the proof of how they were drawn. */
export function spotCheckCommand(): Command {
  const command = new Command('spot-check').description('สุ่มตรวจสถานศึกษาและผู้เรียน / draw and redraw spot checks')
  command
    .command('draw')
    .description('draw institutions of a province and pupils in each, weighted by risk')
    .requiredOption('--province <code>', 'P and two digits, e.g. P11')
    .option('--institutions <n>', `how many institutions, 1-${MOST_INSTITUTIONS}`, wholeNumber, 5)
    .option('--seed <text>', 'a seed of your own, e.g. drawn in public (default: made from the event log)')
    .option('--round <code>', 'round (default: the active one)')
    .action((options: Where & { institutions: number; seed?: string }) =>
      withSession(({ database, clock }) => {
        const lines = transact(database.db, (tx) => draw(tx, options, clock.now()))
        console.log(lines.join('\n'))
      }),
    )
  command
    .command('list')
    .description('what was drawn in a province, and what was found')
    .requiredOption('--province <code>', 'P and two digits, e.g. P11')
    .option('--round <code>', 'round (default: the active one)')
    .option('--unfinished', 'only institutions in which somebody still has to be looked for')
    .action((options: Where & { unfinished?: boolean }) =>
      withSession(({ database }) => {
        const lines = transact(database.db, (tx) => list(tx, options))
        console.log(lines.join('\n'))
      }),
    )
  command
    .command('redraw')
    .description('draw again from the recorded frame and compare with what was listed; exit status 1 when they differ')
    .requiredOption('--seed <text>', 'seed of the draw, as the chat and `list` show it')
    .action((options: { seed: string }) =>
      withSession(({ database }) => {
        const { lines, ok } = transact(database.db, (tx) => redraw(tx, options.seed))
        console.log(lines.join('\n'))
        if (!ok) process.exitCode = 1
      }),
    )
  return command
}

function draw(tx: Tx, options: Where & { institutions: number; seed?: string }, now: number): string[] {
  const { round, province } = placeOf(tx, options)
  const { institutions, seed } = options
  const drawn = drawSpotCheck(tx, { round, provinceId: province.id, actor: null, institutions, seed }, now)
  if (!drawn.ok) {
    const { title, why } = refusalWords(drawn)
    throw new AppError(`${title}: ${why}`, { code: 'bad-input' })
  }
  const check = spotChecksOf(tx, { roundId: round.id, provinceId: province.id }).find(({ id }) => id === drawn.id)
  return check ? textOf(tx, check, () => true) : []
}

function list(tx: Tx, options: Where & { unfinished?: boolean }): string[] {
  const { round, province } = placeOf(tx, options)
  const checks = spotChecksOf(tx, { roundId: round.id, provinceId: province.id })
  if (checks.length === 0) return [`${province.name} ยังไม่ได้สุ่มตรวจในรอบ ${round.code}`]
  const shown = (one: SpotCheck['institutions'][number]) =>
    !options.unfinished || one.pupils.some(({ result }) => result === null)
  return checks.flatMap((check) => textOf(tx, check, shown))
}

function textOf(tx: Tx, check: SpotCheck, shown: (one: SpotCheck['institutions'][number]) => boolean): string[] {
  const at = new Date(check.drawnAt + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  const lines = [`ครั้งที่ ${check.number}  ${at} น.  โดย ${check.by ?? 'กรม'}  รหัสการสุ่ม ${check.seed}`]
  for (const one of check.institutions.filter(shown)) {
    const lao = one.laoId === null ? '' : ` ${unitById(tx, one.laoId).name}`
    lines.push(`  ${codeOf(tx, one.id)} ${one.name}${lao}`)
    for (const pupil of one.pupils) {
      const where = pupil.row === null ? 'ไม่อยู่ในตารางแล้ว' : `แถวที่ ${pupil.row}`
      const said = pupil.result === null ? 'ยังไม่ได้ตรวจ' : RESULT[pupil.result]
      lines.push(`    ${pupil.number}. ${where} ${pupil.masked ?? 'รอออกรหัส G-Code'}  ${said}`)
    }
  }
  return lines
}

function redraw(tx: Tx, seed: string): { lines: string[]; ok: boolean } {
  const again = redrawSpotCheck(tx, seed)
  if (!again) throw new AppError(`ไม่พบการสุ่มที่ใช้รหัส ${seed}`, { code: 'not-found' })
  const { draw: recorded, institutions, faults } = again
  const lines = [
    `ครั้งที่ ${recorded.number} ${unitById(tx, recorded.provinceId).name} วิธี ${recorded.method} รหัสกรอบการสุ่ม ${recorded.frameHash.slice(0, 12)}`,
  ]
  for (const one of institutions) {
    lines.push(`  ${codeOf(tx, one.id)} ${one.name}`)
    for (const pupil of one.pupils) lines.push(`    ${pupil.number}. ${pupil.masked ?? 'รอออกรหัส G-Code'}`)
  }
  lines.push(...faults.map((fault) => FAULT[fault]))
  if (faults.length === 0) lines.push('ตรงกับรายการที่บันทึกไว้ทุกแห่งทุกราย')
  return { lines, ok: faults.length === 0 }
}

function placeOf(tx: Tx, options: Where): { round: Round; province: Unit } {
  const round = options.round ? roundByCode(tx, options.round) : activeRound(tx)
  if (!round) throw new AppError('ไม่พบรอบนี้ ดูรอบทั้งหมด: lec round list', { code: 'not-found' })
  const province = unitByCode(tx, options.province)
  if (province?.level !== 'province')
    throw new AppError(`ไม่รู้จักจังหวัดรหัส ${options.province} (P และเลขสองหลัก เช่น P11)`, { code: 'not-found' })
  return { round, province }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > MOST_INSTITUTIONS)
    throw new InvalidArgumentError(`a whole number from 1 to ${MOST_INSTITUTIONS}`)
  return value
}
