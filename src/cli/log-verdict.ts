import { asc, eq, gt } from 'drizzle-orm'
import { actWords } from '../bot/words/act-words.ts'
import { exactMoment } from '../bot/words/exact-moment.ts'
import type { Tx } from '../db/open.ts'
import { events, units } from '../db/schema.ts'
import { type EventType, type LogProblem, verifyLog } from '../workflow/event-log.ts'
import { receiptProblems, type Witness, type WitnessProblem, witnessProblem } from '../workflow/log-witness.ts'

const WORDS: Record<LogProblem['what'], string> = {
  changed: 'ถูกแก้ไข',
  missing: 'หายไป',
  'chain-broken': 'ไม่ต่อกับรายการก่อนหน้า (มีรายการก่อนหน้าถูกลบ แทรก หรือเขียนใหม่)',
  cut: 'ถูกตัดท้ายหรือเขียนใหม่',
}

/** What the verification found: one sentence to end with, and every fault named. */
export type LogVerdict = { whole: boolean; rows: number; summary: string; faults: string[] }

/** Hash and chain of every row, every receipt of this database, and what a witness holds against the log. */
export function logVerdict(tx: Tx, witness: Witness | null = null): LogVerdict {
  const { rows, head, problems } = verifyLog(tx)
  const held = witness ? witnessProblem(tx, witness) : null
  const faults = [
    ...problems.map((problem) => problemWords(tx, problem)),
    ...receiptProblems(tx).map(receiptWords),
    ...(held ? [witnessWords(held)] : []),
  ]
  const distinct = [...new Set(faults)]
  const verdict = distinct.length === 0 ? 'ถูกต้องครบถ้วน' : `ไม่ถูกต้อง ${distinct.length} จุด`
  return {
    whole: distinct.length === 0,
    rows,
    summary: `${rows} รายการ รหัสล่าสุด ${head.slice(0, 12)} ${verdict}`,
    faults: distinct,
  }
}

function problemWords(tx: Tx, problem: LogProblem): string {
  const { seq, what } = problem
  if (what === 'missing') return `${missingRange(tx, seq)}: ${WORDS.missing}`
  const row = tx.select().from(events).where(eq(events.seq, seq)).get()
  if (!row) return `รายการที่ ${seq}: ${WORDS[what]}`
  const unit =
    row.unitId === null ? null : tx.select({ name: units.name }).from(units).where(eq(units.id, row.unitId)).get()
  const named = [exactMoment(row.at), actOf(row.type, row.data), unit?.name].filter((part) => part !== undefined)
  return `รายการที่ ${seq} (${named.join(' · ')}): ${WORDS[what]}`
}

/** A row that was tampered with may hold anything. */
function actOf(type: string, data: string): string {
  try {
    return actWords(type as EventType, JSON.parse(data) as Record<string, unknown>)
  } catch {
    return type
  }
}

/** The log numbers its rows without a gap: what is missing ends where the next row stands. */
function missingRange(tx: Tx, seq: number): string {
  const next = tx
    .select({ seq: events.seq })
    .from(events)
    .where(gt(events.seq, seq))
    .orderBy(asc(events.seq))
    .limit(1)
    .get()
  const last = next ? next.seq - 1 : seq
  return last > seq ? `รายการที่ ${seq} ถึง ${last}` : `รายการที่ ${seq}`
}

function receiptWords({ what, seq, receiptNumber }: WitnessProblem): string {
  if (what === 'receipt-gone') return `ใบรับ ${receiptNumber}: มีในบันทึกรายการที่ ${seq} แต่ไม่มีในตาราง`
  if (what === 'cut') return `ใบรับ ${receiptNumber}: บันทึกรายการที่ ${seq} ถูกตัดออก`
  return `ใบรับ ${receiptNumber}: ไม่ตรงกับบันทึกรายการที่ ${seq}`
}

function witnessWords({ what, seq, receiptNumber }: WitnessProblem): string {
  const held = receiptNumber === null ? `รหัสที่นำมาตรวจของรายการที่ ${seq}` : `ใบรับ ${receiptNumber} ที่นำมาตรวจ`
  if (what === 'receipt-gone') return `${held}: ไม่มีในระบบ แสดงว่าบันทึกถูกตัดท้ายหรือเขียนใหม่ หรือเลขที่ไม่ถูกต้อง`
  if (what === 'cut') return `${held}: บันทึกสิ้นสุดก่อนหรือขาดรายการนี้ แสดงว่าถูกตัดท้าย`
  return `${held}: รหัสไม่ตรงกับที่บันทึกไว้ขณะนี้ แสดงว่าถูกเขียนใหม่ หรือพิมพ์รหัสไม่ถูกต้อง`
}
