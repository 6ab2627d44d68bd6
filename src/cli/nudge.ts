import { Command } from 'commander'
import { AppError } from '../app-error.ts'
import { NUDGE, unreachedWords } from '../bot/words/nudge-words.ts'
import { refusalWords } from '../bot/words/refusals.ts'
import type { Instant, UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { type NudgeResult, nudge } from '../workflow/nudges.ts'
import { activeRound } from '../workflow/rounds.ts'
import { type Unit, unitByCode } from '../workflow/unit.ts'
import { departmentUnit } from './department-unit.ts'
import { withSession } from './session.ts'

type Options = { unit: string; all?: boolean }

/** `lec nudge`: reminds a unit that owes, or with --all those directly below it, once a day each, as the level above would in chat. */
export function nudgeCommand(): Command {
  return new Command('nudge')
    .description('เตือนหน่วยที่ยังไม่ยืนยัน / remind a unit that owes its confirmation, once a day')
    .requiredOption('--unit <code>', 'code of the unit; P and two digits for a province; "department" with --all')
    .option('--all', 'every unit directly below it that owes, instead of the unit itself')
    .action((options: Options) =>
      withSession(({ database, clock }) => {
        const lines = transact(database.db, (tx) => nudgeByCode(tx, options, clock.now()))
        console.log(lines.join('\n'))
      }),
    )
}

/** What the command does and prints; refusals are thrown. */
export function nudgeByCode(tx: Tx, options: Options, now: Instant): string[] {
  const round = activeRound(tx)
  if (!round) throw new AppError('ยังไม่มีรอบที่เปิดใช้งาน', { code: 'not-found' })
  const unit = options.unit === 'department' ? departmentUnit(tx) : unitByCode(tx, options.unit)
  if (!unit) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${options.unit}`, { code: 'not-found' })
  const { superiorId, unitIds } = asked(unit, options.all === true)
  const decision = nudge(tx, { round, actor: null, superiorId, unitIds }, now)
  if (!decision.ok) {
    const { title, why, next } = refusalWords(decision)
    throw new AppError(`${title}: ${why} ${next}`, { code: 'bad-input' })
  }
  return linesOf(decision)
}

function asked(unit: Unit, all: boolean): { superiorId: UnitId; unitIds: UnitId[] | 'all' } {
  if (all) return { superiorId: unit.id, unitIds: 'all' }
  if (unit.parentId === null)
    throw new AppError('กรมเป็นระดับสูงสุด ไม่มีผู้เตือน หากจะเตือนทุกจังหวัดที่ยังค้าง โปรดใช้ --all', { code: 'bad-input' })
  return { superiorId: unit.parentId, unitIds: [unit.id] }
}

function linesOf({ nudged, already, unreached }: NudgeResult): string[] {
  const headed = (heading: string, items: string[]) =>
    items.length > 0 ? [`${heading} ${items.length} แห่ง`, ...items.map((item) => `  ${item}`)] : []
  return [
    ...headed(
      NUDGE.done,
      nudged.map(({ name, people }) => NUDGE.people(name, people)),
    ),
    ...headed(
      NUDGE.already,
      already.map(({ name, at }) => NUDGE.alreadyAt(name, at)),
    ),
    ...headed(NUDGE.nobody, unreached.filter(({ why }) => why === 'nobody').map(unreachedWords)),
    ...headed(NUDGE.blocked, unreached.filter(({ why }) => why === 'blocked').map(unreachedWords)),
    ...headed(NUDGE.quiet, unreached.filter(({ why }) => why === 'quiet').map(unreachedWords)),
  ]
}
