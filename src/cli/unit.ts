import { Command } from 'commander'
import { asc, eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Instant } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { type UnitKind, unitChanges, unitCodes, units } from '../db/schema.ts'
import { reopenUnit } from '../workflow/reopen-unit.ts'
import { type Unit, unitByAnyCode, unitById } from '../workflow/unit.ts'
import {
  closeUnit,
  mergeUnit,
  moveUnit,
  recodeUnit,
  type UnitDecision,
  type UnitRefusal,
} from '../workflow/unit-changes.ts'
import { bangkokMidnight, fullName } from '../workflow/units-file.ts'
import type { ChangeGround } from '../workflow/write-unit.ts'
import { withSession } from './session.ts'

type GroundOptions = { from?: string; letter?: string; reason?: string }

/** `lec unit show|recode|move|close|merge|reopen`: what becomes of units, with the letter or reason that it rests on. */
export function unitCommand(): Command {
  const command = new Command('unit').description(
    'หน่วยงาน: ประวัติ เปลี่ยนรหัส ย้ายสังกัด ปิด ยุบรวม / units through their lives',
  )
  command
    .command('show')
    .description('name, codes and history of a unit')
    .argument('<code>', 'present or former code')
    .action((code: string) =>
      withSession(({ database }) =>
        console.log(transact(database.db, (tx) => history(tx, unitOf(tx, code))).join('\n')),
      ),
    )
  withGround(command.command('recode'))
    .description('an LAO upgraded, or an institution with a new code: the same unit (needs --letter)')
    .argument('<old>', 'present code')
    .argument('<new>', 'new code')
    .option('--kind <kind>', 'new kind, e.g. subdistrict_municipality')
    .option('--name <name>', 'new name, with or without the word for its kind')
    .action((old: string, code: string, options: GroundOptions & { kind?: string; name?: string }) =>
      run((tx, now) => {
        const unit = unitOf(tx, old)
        const renamed = options.name === undefined && !options.kind ? {} : namedAnew(unit, options)
        return recodeUnit(tx, { unitId: unit.id, code, ...renamed, ground: groundOf(options, now) }, now)
      }, 'เปลี่ยนรหัสแล้ว'),
    )
  withGround(command.command('move'))
    .description('an institution to another LAO, or an LAO to another province')
    .argument('<code>', 'unit that moves')
    .requiredOption('--to <code>', 'LAO, or P and two digits for a province')
    .action((code: string, options: GroundOptions & { to: string }) =>
      run((tx, now) => {
        const ids = { unitId: unitOf(tx, code).id, toId: unitOf(tx, options.to).id }
        return moveUnit(tx, { ...ids, ground: groundOf(options, now) }, now)
      }, 'ย้ายสังกัดแล้ว'),
    )
  withGround(command.command('close'))
    .description('a unit that exists no longer; its appointments end, its sheet becomes read-only')
    .argument('<code>', 'unit that closes')
    .action((code: string, options: GroundOptions) =>
      run((tx, now) => closeUnit(tx, { unitId: unitOf(tx, code).id, ground: groundOf(options, now) }, now), 'ปิดแล้ว'),
    )
  withGround(command.command('merge'))
    .description('a unit that becomes part of another; people move pupils in the sheets')
    .argument('<code>', 'unit that ends')
    .requiredOption('--into <code>', 'unit that takes over')
    .action((code: string, options: GroundOptions & { into: string }) =>
      run((tx, now) => {
        const ids = { unitId: unitOf(tx, code).id, intoId: unitOf(tx, options.into).id }
        return mergeUnit(tx, { ...ids, ground: groundOf(options, now) }, now)
      }, 'ยุบรวมแล้ว'),
    )
  withGround(command.command('reopen'))
    .description(
      'takes back a closing or merging recorded by mistake, while no round has closed since (needs --letter and --reason)',
    )
    .argument('<code>', 'unit that was closed')
    .action((code: string, options: GroundOptions) =>
      run(
        (tx, now) => reopenUnit(tx, { unitId: unitOf(tx, code).id, ground: groundOf(options, now) }, now),
        'ยกเลิกการปิดแล้ว คำขอที่สิ้นสุดและรหัสเข้าร่วมที่ถูกยกเลิกไม่กลับมา หน่วยในสังกัดที่ย้ายไปแล้วให้ย้ายกลับด้วย lec unit move',
      ),
    )
  return command
}

function withGround(command: Command): Command {
  return command
    .option('--from <date>', 'since when by the order, YYYY-MM-DD (default: now)')
    .option('--letter <number>', 'number of the letter or announcement')
    .option('--reason <text>', 'reason, where there is no letter')
}

function run(act: (tx: Tx, now: Instant) => UnitDecision, done: string): Promise<void> {
  return withSession(({ database, clock }) => {
    const lines = transact(database.db, (tx) => {
      const decision = act(tx, clock.now())
      // Thrown inside: whatever an act of several parts has written is taken back.
      if (!decision.ok) throw new AppError(refusalWords(decision), { code: 'bad-input' })
      return history(tx, decision.unit)
    })
    console.log([done, ...lines].join('\n'))
  })
}

function unitOf(tx: Tx, code: string): Unit {
  const found = unitByAnyCode(tx, code)
  if (!found) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${code}`, { code: 'not-found' })
  if (found.former) console.error(`${code} เป็นรหัสเดิมของ${found.unit.name} รหัสปัจจุบัน ${found.code ?? '-'}`)
  return found.unit
}

function namedAnew(unit: Unit, options: { kind?: string; name?: string }): { kind: UnitKind; name: string } {
  const kind = options.kind ?? unit.kind
  const name = options.name ?? shortName(unit)
  const full = fullName(kind, name)
  if (full === null) throw new AppError(`ไม่รู้จักประเภท (kind) "${kind}"`, { code: 'bad-input' })
  return { kind: kind as UnitKind, name: full }
}

/** The name without the word for its present kind. */
function shortName(unit: Unit): string {
  const word = fullName(unit.kind, '') ?? ''
  return unit.name.startsWith(word) ? unit.name.slice(word.length) : unit.name
}

function groundOf(options: GroundOptions, now: Instant): ChangeGround {
  const validFrom = options.from === undefined ? now : bangkokMidnight(options.from)
  if (validFrom === null)
    throw new AppError(`วันที่ ${options.from} (--from) ต้องเป็นแบบ YYYY-MM-DD ปี ค.ศ.`, { code: 'bad-input' })
  return { validFrom, letterNumber: options.letter ?? null, reason: options.reason ?? null, by: 'operator' }
}

function refusalWords(refusal: UnitRefusal): string {
  switch (refusal.why) {
    case 'no-ground':
      return 'ต้องระบุหนังสือ (--letter) หรือเหตุผล (--reason)'
    case 'no-letter':
      return 'การเปลี่ยนรหัสต้องระบุเลขที่หนังสือหรือประกาศ (--letter)'
    case 'in-the-future':
      return 'ยังไม่ถึงวันที่มีผล โปรดสั่งอีกครั้งตั้งแต่วันนั้น'
    case 'is-closed':
      return `${refusal.unit.name} ปิดไปแล้ว`
    case 'bad-code':
      return `รหัสใหม่ต้องเป็นตัวเลข ${refusal.digits} หลัก`
    case 'code-taken':
      return `รหัสใหม่เป็นของ${refusal.unit.name}อยู่แล้ว`
    case 'same-code':
      return 'รหัสใหม่เหมือนรหัสปัจจุบัน'
    case 'code-newer':
      return `รหัสปัจจุบันเริ่มใช้เมื่อ ${day(refusal.since)} ซึ่งหลังวันที่ระบุ`
    case 'wrong-kind':
      return 'ประเภทนี้ไม่ใช่ของหน่วยงานระดับนี้'
    case 'wrong-level':
      return 'ทำกับหน่วยงานระดับนี้ไม่ได้'
    case 'there-already':
      return 'อยู่ในสังกัดนั้นอยู่แล้ว'
    case 'not-closed':
      return 'หน่วยงานนี้ไม่ได้ปิด จึงไม่มีอะไรต้องยกเลิก'
    case 'no-reason-and-letter':
      return 'การยกเลิกการปิดต้องระบุทั้งหนังสือ (--letter) และเหตุผล (--reason)'
    case 'round-closed-since':
      return `รอบ ${refusal.roundCode} ปิดไปแล้วเมื่อ ${day(refusal.at)} โดยไม่มีหน่วยงานนี้ และผลของรอบที่ปิดแล้วไม่เปลี่ยนแปลง หากหน่วยงานยังมีอยู่จริง ให้นำเข้าเป็นหน่วยงานใหม่ด้วยรหัสใหม่ (lec import units)`
    case 'children-open':
      return `ยังมีหน่วยในสังกัด ต้องย้ายหรือปิดก่อน: ${refusal.units.map(({ name }) => name).join(', ')}`
  }
}

const WHAT = {
  renamed: 'เปลี่ยนชื่อ',
  recoded: 'เปลี่ยนรหัส',
  moved: 'ย้ายสังกัด',
  closed: 'ปิด',
  merged: 'ยุบรวม',
  reopened: 'ยกเลิกการปิด',
} as const

function history(tx: Tx, unit: Unit): string[] {
  const codes = tx.select().from(unitCodes).where(eq(unitCodes.unitId, unit.id)).orderBy(asc(unitCodes.id)).all()
  const changes = tx
    .select()
    .from(unitChanges)
    .where(eq(unitChanges.unitId, unit.id))
    .orderBy(asc(unitChanges.id))
    .all()
  const now = tx.select().from(units).where(eq(units.id, unit.id)).get() ?? unit
  const nameOf = (id: Unit['parentId']) => (id === null ? '-' : unitById(tx, id).name)
  return [
    `${now.name} (${now.kind}) สังกัด${nameOf(now.parentId)}${now.closedAt === null ? '' : ' ปิดแล้ว'}`,
    ...codes.map(({ code, validFrom, validTo }) =>
      validTo === null ? `รหัส ${code} ตั้งแต่ ${day(validFrom)}` : `รหัสเดิม ${code} ถึง ${day(validTo)}`,
    ),
    ...changes.map((change) => {
      const what = `${day(change.validFrom)} ${WHAT[change.what]}`
      const from = change.before.name === change.after.name ? '' : ` จาก ${change.before.name} เป็น ${change.after.name}`
      const moved =
        change.toParentId === null ? '' : ` จาก ${nameOf(change.fromParentId)} ไป ${nameOf(change.toParentId)}`
      const into = change.mergedIntoId === null ? '' : ` รวมกับ ${nameOf(change.mergedIntoId)}`
      const letter = change.letterNumber ? ` หนังสือ ${change.letterNumber}` : ''
      return `${what}${from}${moved}${into}${letter}${change.reason ? ` เหตุผล ${change.reason}` : ''}`
    }),
  ]
}

const DAY = new Intl.DateTimeFormat('th-TH', { dateStyle: 'medium', timeZone: 'Asia/Bangkok' })
const day = (at: Instant): string => DAY.format(at)
