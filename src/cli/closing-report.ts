import { dayAndTime } from '../bot/words/dates.ts'
import type { Tx } from '../db/open.ts'
import type { Component } from '../db/schema.ts'
import { type CloseLine, type CloseList, closeList } from '../workflow/close-list.ts'
import type { Round } from '../workflow/rounds.ts'
import type { Unit } from '../workflow/unit.ts'

const COMPONENT: Record<Component, string> = {
  roster: 'รายชื่อ',
  overview: 'ภาพรวม',
  other_counts: 'สังกัดอื่น',
  province: 'ข้อมูลจังหวัด',
}

/** `lec status --closing`: everything that is not plainly confirmed in time, as lines and as data. */
export function closingReport(
  tx: Tx,
  input: { round: Round; province: Unit | null },
  now: number,
): { text: string[]; json: CloseList } {
  const { round, province } = input
  const list = closeList(tx, { round, ...(province ? { provinceId: province.id } : {}) }, now)
  const text = [
    ...part('ไม่เคยยืนยัน', list.neverConfirmed, (line) =>
      line.undeclared ? `${whole(line)} (ไม่มีสิ่งที่ต้องยืนยัน แต่ยังไม่ได้บันทึกว่าไม่ต้องยืนยัน)` : whole(line),
    ),
    ...part(
      'เปิดแก้ไขแล้วไม่ได้ยืนยันใหม่ ใช้ยอดที่ยืนยันครั้งก่อน',
      list.fellBack,
      (line) => `${whole(line)}: ${line.counted} คน ใบรับ ${line.receiptNumber}`,
    ),
    ...part('ยืนยันไว้แต่ไม่ครอบคลุมหน่วยที่มีอยู่ขณะนี้', list.uncovered, whole),
    ...part('ตารางถูกแก้หลังยืนยัน ใช้ยอดที่ยืนยันไว้', list.drifted, whole),
    ...part(
      'ยืนยันหลังกำหนด',
      list.afterDue,
      (line) => `${whole(line)}: ${dayAndTime(line.confirmedAt)} ใบรับ ${line.receiptNumber}`,
    ),
    ...part('ไม่ต้องยืนยัน', list.notRequired, (line) => `${whole(line)}: ${line.reason}`),
    ...part(
      'คำสั่งที่มาช้า ยังไม่ได้พิจารณา',
      list.lateTaps,
      (act) =>
        `${act.unitName} ${COMPONENT[act.component]}: ${act.personName} กดเมื่อ ${dayAndTime(act.tappedAt)} มาถึงเมื่อ ${dayAndTime(act.receivedAt)}`,
    ),
    ...part(
      'ตรวจพบภายหลังว่าไม่มีตัวตน',
      list.findings,
      (finding) =>
        `${finding.institutionName}: ${finding.row === null ? '' : `แถวที่ ${finding.row} `}${finding.pupil} โดย ${finding.personName}`,
    ),
  ]
  return { text: text.length > 0 ? text : ['ยืนยันครบถ้วนในกำหนดทุกแห่ง'], json: list }
}

function part<T>(heading: string, rows: readonly T[], words: (row: T) => string): string[] {
  return rows.length === 0 ? [] : [`${heading} ${rows.length} รายการ`, ...rows.map((row) => `  ${words(row)}`)]
}

function whole(line: CloseLine): string {
  const above = [line.lao, line.component === 'province' ? null : line.province].filter((name) => name !== null)
  return `${line.code ?? '-'} ${line.name}${above.length > 0 ? ` (${above.join(', ')})` : ''} ${COMPONENT[line.component]}`
}
