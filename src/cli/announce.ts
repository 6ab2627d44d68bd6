import { Command } from 'commander'
import { AppError } from '../app-error.ts'
import { LEVEL, withoutIds } from '../bot/words/terms.ts'
import { type Tx, transact } from '../db/open.ts'
import type { Reach } from '../db/schema.ts'
import { reachedBelow } from '../workflow/announcement-scope.ts'
import { announce, departmentId } from '../workflow/announcements.ts'
import { quotaLeft } from '../workflow/quota-left.ts'
import { activeRound } from '../workflow/rounds.ts'
import { withSession } from './session.ts'

type Options = { text: string; letter?: string; to: string; yes?: boolean }

/** `lec announce`: the department's operator announces in the department's name; without --yes it only shows whom it would reach. */
export function announceCommand(): Command {
  return new Command('announce')
    .description("ออกประกาศในนามกรม / announce in the department's name; shows recipients and cost, sends with --yes")
    .requiredOption('--text <words>', 'what is announced')
    .option('--letter <number>', 'number of the letter it rests on')
    .option('--to <reach>', 'all: every level at once; provinces: they pass it on', 'all')
    .option('--yes', 'send it; without this only the preview is printed')
    .action((options: Options) =>
      withSession(({ database, clock }) => {
        const lines = transact(database.db, (tx) => announceAsOperator(tx, options, clock.now()))
        console.log(lines.join('\n'))
      }),
    )
}

function announceAsOperator(tx: Tx, options: Options, now: number): string[] {
  const unitId = departmentId(tx)
  if (unitId === null) throw new AppError('ยังไม่มีหน่วยระดับกรม / there is no department yet', { code: 'not-found' })
  const reach = reachOf(options.to)
  const words = withoutIds(options.text.trim())
  const { levels, people } = reachedBelow(tx, { unitId, reach }, now)
  const left = quotaLeft(tx)
  const lines = [
    words,
    ...(options.letter ? [`ตามหนังสือ ${options.letter}`] : []),
    ...levels.map((level) => {
      const missed = `ติดต่อทางแชตไม่ได้ ${level.unreached} คน, ไม่มีผู้รับผิดชอบ ${level.vacant} หน่วย`
      return `${LEVEL[level.level]}: ${level.people} คน (${missed})`
    }),
    `ใช้โควตาข้อความ LINE / LINE quota: ${people}${left === null ? '' : ` (เหลือ / left ${left})`}`,
  ]
  if (!options.yes) return [...lines, 'ยังไม่ได้ส่ง เพิ่ม --yes เพื่อส่ง / not sent, add --yes to send']
  const wanted = { actor: null, unitId, roundId: activeRound(tx)?.id ?? null, words, reach, passesOnId: null }
  const made = announce(tx, { ...wanted, letterNumber: options.letter ?? null }, now)
  if (!made.ok) throw new AppError(refusedWords(made.why), { code: 'bad-input' })
  return [...lines, `ออกประกาศที่ ${made.announcement.id} แล้ว ระบบทยอยส่ง / announced as number ${made.announcement.id}`]
}

function reachOf(to: string): Reach {
  if (to === 'all') return 'all'
  if (to === 'provinces') return 'next'
  throw new AppError('--to ต้องเป็น all หรือ provinces', { code: 'bad-input' })
}

function refusedWords(why: string): string {
  switch (why) {
    case 'announcement-empty':
      return 'ไม่มีข้อความประกาศ / nothing to announce'
    case 'nobody-below':
      return 'ไม่มีผู้รับที่ติดต่อทางแชตได้ / nobody who could be reached'
    case 'quiet-hours':
      return 'อยู่ในช่วงงดส่งของรอบ (lec round reminders) / nobody is written to in the quiet hours of the round (lec round reminders)'
    default:
      return `ออกประกาศไม่ได้ (${why})`
  }
}
