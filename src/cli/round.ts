import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import { AppError } from '../app-error.ts'
import { transact } from '../db/open.ts'
import { rounds } from '../db/schema.ts'
import { addRound, archiveRound } from '../workflow/rounds.ts'
import { phaseOf } from '../workflow/rules/round-window.ts'
import { SOURCE_ROUNDS, type SourceRound } from '../workflow/source-rounds.ts'
import { roundRemindersCommand } from './round-reminders.ts'
import { withSession } from './session.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const date = z.iso.date()

/** A round as a JSON file: instants as ISO 8601 with offset, all "due" and "closes" exclusive. */
const roundFile = z.object({
  code: z.string().regex(/^25\d\d\/[12]$/),
  carries: z.string().nullable().default(null),
  asOf: date,
  recordingOpensAt: instant,
  confirmingOpensAt: instant,
  institutionDueAt: instant,
  laoDueAt: instant,
  otherCountsDueAt: instant,
  provinceDueAt: instant,
  recordingClosesAt: instant,
  closesAt: instant,
  letterNumber: z.string().nullable().default(null),
  letterDate: date.nullable().default(null),
  helpDesk: z.string().nullable().default(null),
  baselineDate: date.nullable().default(null),
  assumed: z.array(z.string()).default([]),
  clauses: z.record(z.string(), z.string()).default({}),
})

/** `lec round add|list|archive|reminders`. */
export function roundCommand(): Command {
  const command = new Command('round').description('รอบการยืนยันข้อมูล / rounds')
  command
    .command('add')
    .description('add one of the shipped rounds (2563/2, 2567/1) or one from a JSON file')
    .argument('<round>', 'code of a shipped round, or FILE.json')
    .option('--activate', 'make it the active round')
    .action((which: string, options: { activate?: boolean }) =>
      withSession(({ database, clock }) => {
        const round = findRound(which)
        const result = transact(database.db, (tx) =>
          addRound(tx, { round, activate: options.activate ?? false }, clock.now()),
        )
        if (!result.ok) {
          const words =
            result.why === 'differs'
              ? `มีรอบ ${round.code} อยู่แล้วและกำหนดเวลาต่างกัน รอบที่เพิ่มแล้วแก้ไขไม่ได้`
              : 'กำหนดเวลาไม่เรียงตามลำดับ'
          throw new AppError(`${words}: ${result.fields.join('; ')}`, { code: 'bad-input' })
        }
        console.log(`${result.added ? 'เพิ่มรอบ' : 'มีรอบนี้อยู่แล้ว'} ${round.code}${options.activate ? ' และเปิดใช้งาน' : ''}`)
      }),
    )
  command
    .command('list')
    .description('rounds in the database')
    .action(() =>
      withSession(({ database, clock }) => {
        const all = transact(database.db, (tx) => tx.select().from(rounds).orderBy(rounds.code).all())
        if (all.length === 0) console.log('ยังไม่มีรอบ เพิ่มด้วย: lec round add 2567/1 --activate')
        for (const round of all)
          console.log(`${round.code}  ${phaseOf(round, clock.now())}${round.active ? '  (active)' : ''}`)
      }),
    )
  command
    .command('archive')
    .description('archive a round that has closed: nothing of it changes any more')
    .argument('<code>', 'e.g. 2567/1')
    .action((code: string) =>
      withSession(({ database, clock }) => {
        const result = transact(database.db, (tx) => archiveRound(tx, code, clock.now()))
        if (!result.ok) throw new AppError(notArchived(code, result), { code: 'bad-input' })
        console.log(result.archived ? `เก็บรอบ ${code} เข้าแฟ้มแล้ว` : `รอบ ${code} เก็บเข้าแฟ้มไว้ก่อนแล้ว`)
      }),
    )
  command.addCommand(roundRemindersCommand())
  return command
}

function notArchived(code: string, result: Extract<ReturnType<typeof archiveRound>, { ok: false }>): string {
  switch (result.why) {
    case 'unknown':
      return `ไม่รู้จักรอบ ${code}`
    case 'still-open':
      return `รอบ ${code} ยังไม่ปิด (ปิดเมื่อ ${new Date(result.closesAt).toISOString()})`
    case 'late-taps-waiting':
      return `รอบ ${code} ยังมีคำสั่งที่มาช้ารอกรมพิจารณา ${result.waiting} เรื่อง`
    case 'sheets-being-read':
      return `รอบ ${code} ยังมีการยืนยันที่กำลังอ่านตาราง ${result.waiting} แห่ง โปรดลองใหม่ภายหลัง`
  }
}

function findRound(which: string): SourceRound {
  const shipped = SOURCE_ROUNDS.find((round) => round.code === which)
  if (shipped) return shipped
  if (!which.endsWith('.json')) {
    throw new AppError(
      `ไม่รู้จักรอบ ${which} (ที่มีมาให้: ${SOURCE_ROUNDS.map((round) => round.code).join(', ')} หรือระบุไฟล์ .json)`,
      { code: 'bad-input' },
    )
  }
  const parsed = roundFile.safeParse(readJson(which))
  if (!parsed.success) throw new AppError(`${which}:\n${z.prettifyError(parsed.error)}`, { code: 'bad-input' })
  const [schoolYear, term] = parsed.data.code.split('/')
  return { ...parsed.data, schoolYear: Number(schoolYear), term: Number(term) }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new AppError(`${file}: อ่านเป็น JSON ไม่ได้`, { code: 'bad-input', cause })
  }
}
