import { SYSTEM_NAME } from '../../bot/words/confirm-words.ts'
import { count, dayAndTime, isoDay } from '../../bot/words/dates.ts'
import { round as roundWords } from '../../bot/words/terms.ts'
import type { Checks } from '../../workflow/export-checks.ts'
import type { ExportLines, ExportScope } from '../../workflow/export-lines.ts'
import type { Sums } from '../../workflow/export-sums.ts'
import type { Round } from '../../workflow/rounds.ts'
import { type Phase, phaseOf } from '../../workflow/rules/round-window.ts'
import type { Table } from './table.ts'
import { SHEET, STATE } from './words.ts'

const PHASE: Record<Phase, string> = {
  draft: 'ยังไม่เปิด',
  recording: 'เปิดบันทึก',
  confirming: 'เปิดยืนยัน',
  recording_closed: 'ปิดการบันทึกแล้ว',
  closed: 'ปิดรอบแล้ว',
  archived: 'เก็บเข้าแฟ้มแล้ว',
}

export type CoverInput = {
  round: Round
  scope: ExportScope
  lines: Pick<ExportLines, 'head' | 'lastReceipt'>
  sums: Sums
  provincesConfirmed: number
  checks: Checks
  at: number
  rosters: boolean
}

export const scopeName = (scope: ExportScope): string => (scope.level === 'nation' ? 'ทั่วประเทศ' : scope.unit.name)

/** What the file is, what it holds and what not, and how anybody can prove it against the log. */
export function coverTable(input: CoverInput): Table {
  const { round, scope, lines, sums, checks, at } = input
  const places = (n: number) => `${count(n)} แห่ง`
  const rows: [string, string][] = [
    ['ข้อมูลที่ยืนยันแล้ว', roundWords(round)],
    ['ขอบเขต', scopeName(scope)],
    ['ระบบที่ยืนยัน', SYSTEM_NAME],
    ['หนังสือ', letterWords(round)],
    ['ส่งออกเมื่อ', dayAndTime(at)],
    ['ช่วงของรอบขณะส่งออก', PHASE[phaseOf(round, at)]],
    ['', ''],
    [`สถานศึกษา: ${STATE.confirmed}`, places(sums.institutions.confirmed)],
    [`สถานศึกษา: ${STATE.correcting}`, places(sums.institutions.correcting)],
    [`สถานศึกษา: ${STATE.open} (ไม่มีตัวเลขในไฟล์นี้)`, places(sums.institutions.open)],
    [`สถานศึกษา: ${STATE.not_required}`, places(sums.institutions.not_required)],
    ['สถานศึกษา: ยืนยันหลังกำหนด', places(sums.late)],
    ['สถานศึกษา: แก้ไขหลังยืนยัน', places(sums.drifted)],
    [`สังกัดอื่น: อปท. ที่${STATE.confirmed}`, places(sums.otherCounts.confirmed)],
    [`สังกัดอื่น: อปท. ที่${STATE.correcting}`, places(sums.otherCounts.correcting)],
    [`สังกัดอื่น: อปท. ที่${STATE.open}`, places(sums.otherCounts.open)],
    ...(scope.level === 'nation'
      ? ([['จังหวัดที่ยืนยันแล้ว', `${count(input.provincesConfirmed)} จังหวัด`]] as [string, string][])
      : []),
    ['รวมที่ยืนยัน ในสังกัด', sums.withFigure === 0 ? 'ยังไม่มี' : `${count(sums.counted)} คน`],
    ['รวมที่ยืนยัน สังกัดอื่น', sums.otherWithFigure === 0 ? 'ยังไม่มี' : `${count(sums.otherCounted)} คน`],
    ['ตัวเลข', 'มาจากข้อมูลที่ยืนยันแล้วเท่านั้น หน่วยที่ยังไม่ยืนยันไม่มีตัวเลขและไม่รวมในยอด'],
    ['ตรวจยอด', checksWords(checks)],
    ['', ''],
    ['รหัสบันทึกล่าสุดขณะส่งออก', `รายการที่ ${lines.head.seq}: ${lines.head.hash}`],
    ['วิธีตรวจสอบ', verifyWords(lines)],
    ...(input.rosters
      ? ([['รายชื่อ', 'โฟลเดอร์ rosters มีเลขประจำตัวเต็ม เป็นข้อมูลส่วนบุคคล โปรดเก็บรักษาและส่งต่อเท่าที่จำเป็น']] as [string, string][])
      : []),
  ]
  return {
    name: SHEET.cover,
    columns: [
      { header: 'รายการ', width: 44 },
      { header: 'ข้อมูล', width: 90 },
    ],
    rows,
  }
}

function letterWords(round: Round): string {
  if (round.letterNumber === null) return 'ไม่ได้บันทึกไว้'
  return round.letterDate === null ? round.letterNumber : `${round.letterNumber} ลงวันที่ ${isoDay(round.letterDate)}`
}

function checksWords({ compared, differences }: Checks): string {
  const unknown = differences.filter(({ cause }) => cause === null).length
  const known = differences.length - unknown
  if (differences.length === 0) return `เทียบ ${count(compared)} รายการ ตรงกันทั้งหมด`
  return `เทียบ ${count(compared)} รายการ ต่างกัน ${count(differences.length)} รายการ (ทราบสาเหตุ ${count(known)} ไม่ทราบสาเหตุ ${count(unknown)}) ดูที่ ${SHEET.checks}`
}

function verifyWords({ lastReceipt }: Pick<ExportLines, 'lastReceipt'>): string {
  if (!lastReceipt) return 'lec verify-log'
  const { receiptNumber, headHash } = lastReceipt
  return `lec verify-log --receipt ${receiptNumber} --hash ${headHash.slice(0, 12)} (ใบรับล่าสุดของรอบ ใบรับอื่นในไฟล์นี้ตรวจได้เช่นเดียวกันด้วยเลขที่และรหัสบันทึก)`
}
