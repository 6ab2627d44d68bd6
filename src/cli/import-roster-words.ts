import type { FileFault } from '../sheets/file-grid.ts'
import type { ImportDone, ImportProgress, ImportRefusal, ShownImport } from '../sheets/import-roster.ts'
import type { FileOwner } from '../sheets/import-roster-owner.ts'
import type { KeptWhy, SkippedWhy } from '../sheets/import-roster-plan.ts'
import type { NearMiss, RosterFile, TextPlace } from '../sheets/rpt318-file.ts'
import { neededColumns } from '../sheets/rpt318-header.ts'
import { columnHeader, type RosterColumn } from '../workflow/rules/roster/columns.ts'

const headers = (columns: readonly RosterColumn[]) => columns.map((column) => columnHeader(column)).join(', ')
const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

const FAULTS: Record<FileFault, string> = {
  'not-found': 'เปิดไฟล์ไม่ได้',
  'old-excel': 'เป็นไฟล์ Excel รุ่นเก่า (.xls) หรือใส่รหัสผ่านไว้ โปรดบันทึกเป็น .xlsx หรือ .csv',
  'not-a-table': 'ไม่ใช่ไฟล์ XLSX หรือ CSV',
  broken: 'ไฟล์เสียหาย อ่านไม่ได้ โปรดส่งออกจากระบบใหม่',
}

export const says = {
  cannotOpen: FAULTS['not-found'],
  fault: (why: FileFault) => FAULTS[why],
  noTable: ({ tabs, nearest }: { tabs: readonly string[]; nearest: NearMiss | null }) =>
    [
      'ไม่พบตารางรายชื่อในไฟล์ ไม่ได้นำเข้า',
      `หัวตารางที่ต้องมี: ${headers(neededColumns)}`,
      ...(tabs.some((name) => name !== '') ? [`แท็บในไฟล์: ${quoted(tabs)}`] : []),
      nearest ? nearestMiss(nearest) : 'ไม่พบหัวตารางที่รู้จักเลยใน 30 แถวแรก',
    ].join('\n'),
  severalTables: (tabs: readonly string[]) =>
    `พบตารางรายชื่อที่เข้าเกณฑ์เท่ากันใน ${tabs.length} แท็บ: ${quoted(tabs)} โปรดเลือกหนึ่งแท็บด้วย --tab ชื่อแท็บ`,
  noSuchTab: (tabs: readonly string[]) => `ไม่มีแท็บชื่อนี้ แท็บในไฟล์: ${quoted(tabs)}`,
  noInstitution: (code: string) => `ไม่รู้จักสถานศึกษารหัส ${code} โปรดตรวจสอบรหัส 10 หลัก`,
  noRound: 'ยังไม่มีรอบที่เปิดใช้งาน เพิ่มด้วย: lec round add 2567/1 --activate',
  nothing: 'ไม่มีรายการที่ต้องเปลี่ยนแปลง',
  onlyShown: 'ยังไม่ได้เขียนลงตาราง หากถูกต้องแล้ว โปรดสั่งอีกครั้งพร้อม --yes',
  onlyWithYes: 'ยังไม่ได้เขียนลงตาราง เมื่อตรวจแล้วว่าเป็นไฟล์ของสถานศึกษานี้ โปรดสั่งอีกครั้งพร้อม --yes',
  question: 'เขียนลงตารางหรือไม่ (y = เขียน, Enter = ไม่เขียน) ',
  left: 'ไม่ได้เขียน ตารางไม่เปลี่ยนแปลง',
  sheetChanged: 'มีผู้แก้ไขตารางระหว่างนี้ รายการที่จะเขียนจึงเปลี่ยนเป็นดังนี้',
} as const

function nearestMiss({ tab, firstRow, columns, missing, repeated }: NearMiss): string {
  const where = tab === '' ? `แถวที่ ${firstRow}` : `แท็บ "${tab}" แถวที่ ${firstRow}`
  const found = headers(Object.keys(columns) as RosterColumn[])
  return [
    `ใกล้เคียงที่สุดคือ${where} พบ: ${found}`,
    ...(missing.length > 0 ? [`ขาด: ${headers(missing)}`] : []),
    ...(repeated.length > 0 ? [`มีมากกว่าหนึ่งคอลัมน์: ${headers(repeated)}`] : []),
  ].join('\n')
}

export function fileWords(input: { file: RosterFile; unit: string; code: string; round: string }): string[] {
  const { file } = input
  const { firstRow, lastRow } = file.header
  const tab = file.tab === '' ? '' : `แท็บ "${file.tab}" `
  const rows = firstRow === lastRow ? `แถวที่ ${firstRow}` : `แถวที่ ${firstRow}-${lastRow}`
  return [
    `${input.unit} (${input.code}) รอบ ${input.round}`,
    `อ่านจาก${tab}หัวตาราง${rows} พบ ${file.rows.length} แถว`,
    ...(file.formulas > 0 ? [`แท็บนี้มีสูตร ${file.formulas} ช่อง ใช้ผลลัพธ์ที่เก็บไว้ในไฟล์`] : []),
  ]
}

const PLACES: Record<TextPlace | 'numbers', string> = {
  title: 'ข้อความเหนือตาราง',
  'tab-name': 'ชื่อแท็บ',
  'file-name': 'ชื่อไฟล์',
  properties: 'คุณสมบัติของไฟล์',
  'other-tabs': 'แท็บอื่นในไฟล์',
  numbers: 'เลขประจำตัวที่มีอยู่แล้วในระบบ',
}

export const ownerWords = {
  ours: (by: TextPlace | 'numbers') => `เป็นไฟล์ของสถานศึกษานี้ ทราบจาก${PLACES[by]}`,
  unknown: (unit: string) => `ในไฟล์ไม่มีข้อมูลที่ระบุว่าเป็นของสถานศึกษาใด โปรดตรวจให้แน่ใจว่าเป็นของ${unit}`,
  another: (owner: Extract<FileOwner, { whose: 'another' }>, unit: string) => {
    const { name, code } = owner.unit
    const other = code === null ? name : `${name} (${code})`
    const proof =
      owner.by === 'numbers'
        ? `เลขประจำตัว ${owner.numbers} จาก ${owner.of} รายอยู่ในรายชื่อของ${other}แล้ว`
        : `${PLACES[owner.by]}ระบุ ${other}`
    return `ไฟล์นี้น่าจะไม่ใช่ของ${unit}: ${proof} ไม่ได้นำเข้า โปรดตรวจสอบไฟล์หรือรหัสสถานศึกษา`
  },
} as const

const KEPT: Record<KeptWhy, string> = {
  'file-wrong': 'ค่าในไฟล์ไม่ถูกต้องหรือเก่ากว่า',
  'status-known-better': 'สถานะในตารางละเอียดกว่าในไฟล์',
}

const SKIPPED: Record<SkippedWhy, string> = {
  'no-pupil': 'ไม่ใช่แถวรายชื่อ (ไม่มีเลขประจำตัวและไม่มีชื่อ)',
  'same-row-again': 'ซ้ำกับแถวก่อนหน้าทุกช่อง',
  'number-twice-in-file': 'เลขประจำตัวซ้ำกันในไฟล์แต่ข้อมูลต่างกัน โปรดแก้ไขในไฟล์',
  'number-twice-in-sheet': 'เลขประจำตัวนี้อยู่ในตารางมากกว่าหนึ่งแถว โปรดแก้ไขในตารางก่อน',
  'has-errors': 'มีข้อผิดพลาด และเลือก --only-good ไว้',
}

const MOST_SHOWN = 20

function listed(lines: readonly string[]): string[] {
  const left = lines.length - MOST_SHOWN
  return [...lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`), ...(left > 0 ? [`  และอีก ${left} รายการ`] : [])]
}

/** Nothing but rows, columns and masked numbers: a terminal is no place for names. */
export function planWords({ plan, notInSheet }: ShownImport): string[] {
  const who = (number: string, row: string) => (number === '' ? row : `${number} (${row})`)
  const wrongRows = new Set(plan.problems.filter(({ severity }) => severity === 'error').map(({ row }) => row))
  const asked = plan.problems.filter(({ severity }) => severity === 'warning').length
  const faults = plan.problems.filter(({ severity }) => severity === 'error')
  return [
    ...(notInSheet.length > 0 ? [`ตารางไม่มีคอลัมน์ ${headers(notInSheet)} จึงไม่นำเข้าคอลัมน์นี้`] : []),
    `เพิ่มใหม่ ${plan.added.length} ราย`,
    `เปลี่ยนแปลง ${plan.changed.length} ราย`,
    ...listed(
      plan.changed.map(
        ({ number, sheet, cells }) =>
          `${who(number, `แถวที่ ${sheet.row} ในตาราง`)}: ${headers(cells.map(({ column }) => column))}`,
      ),
    ),
    `ไม่เปลี่ยนแปลง ${plan.unchanged} ราย`,
    ...section(
      `คงค่าในตารางไว้ ${plan.kept.length} ช่อง`,
      plan.kept.map(
        ({ number, sheetRow, column, why }) =>
          `${who(number, `แถวที่ ${sheetRow} ในตาราง`)} ${headers([column])}: ${KEPT[why]}`,
      ),
    ),
    ...section(
      `อยู่ในตารางแต่ไม่อยู่ในไฟล์ ${plan.notInFile.length} ราย ไม่มีการลบ หากไม่อยู่แล้วโปรดเลือกสถานะในตาราง`,
      plan.notInFile.map(({ number, sheetRow }) => who(number, `แถวที่ ${sheetRow} ในตาราง`)),
    ),
    ...section(
      `พบข้อผิดพลาด ${wrongRows.size} ราย แก้ไขได้ในตารางหลังนำเข้า`,
      faults.map(({ row, message }) => `แถวที่ ${row} ในไฟล์: ${message}`),
    ),
    ...(asked > 0 ? [`ต้องชี้แจง ${asked} รายการ เขียนได้ในช่องคำชี้แจงหลังนำเข้า`] : []),
    ...section(
      `ข้าม ${plan.skipped.length} แถว`,
      plan.skipped.map(({ fileRow, why }) => `แถวที่ ${fileRow} ในไฟล์: ${SKIPPED[why]}`),
    ),
  ]
}

function section(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [head, ...listed(lines)]
}

export function refusalWords(refusal: ImportRefusal, unit: string): string {
  switch (refusal.why) {
    case 'no-sheet':
      return `${unit}ยังไม่มีตารางรายชื่อในรอบนี้ โปรดสร้างก่อนด้วย: lec sheets provision`
    case 'confirmed':
      return `${unit}ยืนยันข้อมูลแล้ว (ใบรับ ${refusal.receiptNumber}) ตารางถูกล็อก โปรดให้สถานศึกษาขอยกเลิกการยืนยันข้อมูลใน LINE ก่อน`
    case 'locked':
      return `ตารางของ${unit}ถูกล็อกอยู่ หากกำลังยืนยันข้อมูล โปรดรอสักครู่แล้วสั่งใหม่ หากปิดการบันทึกแล้ว โปรดขอขยายเวลาจากกรม`
    case 'sheet-trouble':
      return `ยังนำเข้าไม่ได้: ${refusal.words}`
  }
}

export function progressWords({ done, of, waitingForGoogle }: ImportProgress): string {
  if (waitingForGoogle) return `เขียนแล้ว ${done} ราย รอ Google สักครู่แล้วจะทำต่อ`
  return `เขียนแล้ว ${done} จาก ${of} ราย`
}

export function doneWords(done: ImportDone): string[] {
  return [
    `เขียนลงตารางแล้ว: เพิ่ม ${done.added} ราย เปลี่ยนแปลง ${done.changed} ราย ระบบจะตรวจและแสดงผลในแท็บผลตรวจ`,
    ...(done.moved ? ['มีผู้แก้ไขตารางระหว่างเขียน ค่าที่ไปอยู่ผิดแถวถูกคืนให้แล้ว'] : []),
    ...(done.unknown.length > 0
      ? [
          `โปรดตรวจช่องต่อไปนี้กับประวัติเวอร์ชันของตาราง: ${done.unknown.map(({ row, columnIndex }) => `${columnLetter(columnIndex)}${row}`).join(', ')}`,
        ]
      : []),
    'ช่อง "มีตัวตนอยู่จริง" และ "คำชี้แจง" ไม่ได้มาจากไฟล์ เจ้าหน้าที่ของสถานศึกษาเป็นผู้ทำเครื่องหมายเอง',
  ]
}

function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter
}
