import { inventedId } from '../../src/demo/demo-roster.ts'
import type { PersonAtPage } from './person-at-page.ts'

export const TEACHER = 'นางสาวสุดารัตน์ แก้วใส'

/** Row and column from 0 of the two cells that the demo's teacher got wrong, and what belongs there. */
const CORRECTIONS = [
  { row: 4, column: 0, text: inventedId(300001003) },
  { row: 8, column: 6, text: '3/2/2564' },
] as const

/** She asks how things stand: two rows need correcting, and the sheet beside the chat says which. */
export async function asksForStatus(at: PersonAtPage): Promise<void> {
  await at.pick(TEACHER)
  await at.say('สถานะ')
  await at.hear('ต้องแก้ไข 2 จุด', 'ผ่าน 22 ราย ต้องแก้ไข 2 ราย', 'แถวที่ 5', 'แถวที่ 9')
  await at.see(at.page.getByTestId('note-4-0').getByText('หลักสุดท้ายไม่ตรงกับเลขตรวจสอบ'))
  await at.see(at.page.getByTestId('note-8-6').getByText('ยังไม่ได้กรอกวันเดือนปีเกิด'))
}

export async function correctsHerSheet(at: PersonAtPage): Promise<void> {
  for (const { row, column, text } of CORRECTIONS) await at.write(row, column, text)
}

/** The sheet is read afresh and its totals are shown before anything can be confirmed. */
export async function readsBack(at: PersonAtPage): Promise<void> {
  await at.say('ยืนยัน')
  await at.hear('ข้อมูลที่ระบบอ่านได้ขณะนี้', 'พร้อมยืนยัน', 'ผ่านทั้ง 24 ราย')
}

export async function attests(at: PersonAtPage): Promise<void> {
  await at.tap('ตรวจแล้ว มีตัวตนจริงทั้ง 24 คน')
  await at.hear('ยืนยันข้อมูล 24 คน ใช่หรือไม่', 'บันทึกแล้วว่าท่านรับรองการมีตัวตนของทุกคน')
}

export async function confirms(at: PersonAtPage): Promise<void> {
  await at.tap('ยืนยัน 24 คน')
  await at.hear('ใบรับการยืนยันข้อมูลรายชื่อ', '2567/1-000001', TEACHER)
  await at.see(at.page.getByTestId('lock-banner').getByText('ยืนยันข้อมูลแล้ว'))
}
