import { Command } from 'commander'
import { z } from 'zod'
import { AppError } from '../app-error.ts'
import type { UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import type { ExtensionScope } from '../db/schema.ts'
import { endExtension, grantExtension, runningOf } from '../workflow/extensions.ts'
import { activeRound, type Round, roundByCode } from '../workflow/rounds.ts'
import type { Refusal } from '../workflow/rules/refusal.ts'
import { unitByCode } from '../workflow/unit.ts'
import { withSession } from './session.ts'

const SCOPES = ['everyone', 'province', 'lao', 'institution'] as const
const local = z.string().regex(/^\d{4}-\d\d-\d\d(?:[ T]([01]\d|2[0-3]):[0-5]\d)?$/)

type Options = {
  round?: string
  scope: string
  unit?: string
  until?: string
  reason: string
  letter: string
  end?: boolean
}

/** `lec extend`: the department's operator gives more time, or ends an extension (`--end`); recorded as such, never edited. */
export function extendCommand(): Command {
  return new Command('extend')
    .description('ขยายเวลา / give everyone, a province, an LAO or an institution more time, by a letter')
    .option('--round <code>', 'round (default: the active one)')
    .requiredOption('--scope <scope>', SCOPES.join(', '))
    .option('--unit <code>', 'code of the unit; P and two digits for a province; not for everyone')
    .option('--until <moment>', 'Bangkok time, CE, "2024-06-12 17:00"; a day alone lasts to its end')
    .option('--end', 'end the extension of this scope and unit now instead of giving one')
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--letter <number>', 'number of the letter')
    .action((options: Options) =>
      withSession(({ database, clock }) => {
        const words = transact(database.db, (tx) => extend(tx, options, clock.now()))
        console.log(words)
      }),
    )
}

function extend(tx: Tx, options: Options, now: number): string {
  const round = options.round ? roundByCode(tx, options.round) : activeRound(tx)
  if (!round) throw new AppError(`ไม่พบรอบ ${options.round ?? '(ยังไม่มีรอบที่เปิดใช้งาน)'}`, { code: 'not-found' })
  const scope = SCOPES.find((one) => one === options.scope)
  if (!scope) throw new AppError(`--scope ต้องเป็น ${SCOPES.join(', ')}`, { code: 'bad-input' })
  const { unitId, name } = unitOf(tx, { scope, code: options.unit })
  return options.end
    ? end(tx, { options, round, unitId, name }, now)
    : grant(tx, { options, round, scope, unitId, name }, now)
}

type About = { options: Options; round: Round; unitId: UnitId | null; name: string }

function grant(tx: Tx, input: About & { scope: ExtensionScope }, now: number): string {
  const { options, round, scope, unitId, name } = input
  const until = instantOf(options.until)
  const { reason, letter: letterNumber } = options
  const granted = grantExtension(tx, { roundId: round.id, scope, unitId, until, reason, letterNumber }, now)
  if (!granted.ok) throw new AppError(wordsOf(granted), { code: 'bad-input' })
  if (!granted.added) return `มีการขยายเวลานี้บันทึกไว้แล้ว: ${round.code} ${name}`
  return `ขยายเวลา ${round.code} ${name} ถึง ${options.until} (ไม่รวมเวลานั้น) หนังสือ ${letterNumber}`
}

function end(tx: Tx, input: About, now: number): string {
  const { options, round, unitId, name } = input
  const [running] = runningOf(tx, { roundId: round.id, unitId }, now)
  if (!running) throw new AppError(`${name} ไม่มีการขยายเวลาที่ยังมีผลในรอบ ${round.code}`, { code: 'not-found' })
  const { reason, letter: letterNumber } = options
  const ended = endExtension(tx, { actor: null, extensionId: running.id, reason, letterNumber }, now)
  if (!ended.ok) throw new AppError(wordsOf(ended), { code: 'bad-input' })
  return `ยกเลิกการขยายเวลา ${round.code} ${name} ตั้งแต่บัดนี้ หนังสือ ${letterNumber}`
}

function unitOf(
  tx: Tx,
  input: { scope: ExtensionScope; code: string | undefined },
): { unitId: UnitId | null; name: string } {
  if (input.scope === 'everyone') {
    if (input.code) throw new AppError('--scope everyone ไม่ต้องระบุ --unit', { code: 'bad-input' })
    return { unitId: null, name: 'ทุกแห่ง' }
  }
  if (!input.code) throw new AppError('โปรดระบุ --unit', { code: 'bad-input' })
  const unit = unitByCode(tx, input.code)
  if (!unit) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${input.code}`, { code: 'not-found' })
  return { unitId: unit.id, name: unit.name }
}

/** A day alone is meant to its end: the instant is exclusive. */
function instantOf(typed: string | undefined): number {
  const parsed = local.safeParse(typed)
  const dayOnly = typed !== undefined && typed.length === 10
  const instant = parsed.success
    ? Date.parse(`${parsed.data.slice(0, 10)}T${dayOnly ? '00:00' : parsed.data.slice(11)}+07:00`)
    : Number.NaN
  if (Number.isNaN(instant))
    throw new AppError('--until ต้องเป็นเวลาไทย ปี ค.ศ. เช่น "2024-06-12 17:00"', { code: 'bad-input' })
  return dayOnly ? instant + 24 * 3_600_000 : instant
}

function wordsOf(refusal: Refusal): string {
  switch (refusal.why) {
    case 'in-the-past':
      return 'เวลาที่ระบุผ่านไปแล้ว'
    case 'extends-nothing':
      return 'เวลาที่ระบุไม่เกินเวลาปิดระบบของรอบ จึงไม่ได้ขยาย'
    case 'unknown-unit':
      return '--scope ไม่ตรงกับระดับของหน่วย หรือหน่วยปิดไปแล้ว'
    case 'no-reason':
      return 'ต้องมีเหตุผลอย่างน้อย 3 ตัวอักษร'
    case 'no-letter':
      return 'ต้องมีเลขที่หนังสือ'
    case 'round-archived':
      return 'รอบนี้เก็บเข้าแฟ้มแล้ว'
    default:
      return `ขยายเวลาไม่ได้ (${refusal.why})`
  }
}
