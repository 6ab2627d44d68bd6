import { type PupilStatus, pupilStatuses, statusCounts, waitingStatus } from '../workflow/rules/roster/status.ts'
import { pupilWord, reportLevels, spokenRound, tabTitles, thaiMomentDay } from './sheet-words.ts'

/** One row of วิธีใช้: what it is about, what to do, an example. A heading names the three for the rows below it. */
export type HowToRow = { look: 'title' | 'note' | 'heading' | 'step'; cells: readonly string[]; link?: string }

export type CarriedWords = { round: string; count: number; at: number; basis: 'confirmed' | 'read' }

/** From the announcement that G5.3.3 names. */
const G_CODE_SITE = 'http://www.gcode.moe.go.th'

const title = (text: string): HowToRow => ({ look: 'title', cells: [text] })
const note = (...cells: string[]): HowToRow => ({ look: 'note', cells })
const heading = (...cells: string[]): HowToRow => ({ look: 'heading', cells })
const step = (...cells: string[]): HowToRow => ({ look: 'step', cells })

/** วิธีใช้ of a roster: short lines for somebody tired, examples beside them (R26 to R28). */
export function rosterHowTo(input: {
  kind: string
  helpDesk: string | null
  carried: CarriedWords | null
  held?: { count: number; at: number } | null
}): HowToRow[] {
  const pupil = pupilWord(input.kind)
  return [
    title(`วิธีบันทึกรายชื่อ${pupil}`),
    ...(input.carried ? [carriedNote(input.carried, pupil)] : []),
    ...(input.held ? [heldNote(input.held, pupil)] : []),
    heading('ขั้นตอน', 'สิ่งที่ต้องทำ', 'ตัวอย่าง'),
    step('1. รายชื่อ', `กรอกในแท็บ "${tabTitles.roster}" หนึ่งแถวต่อหนึ่งคน วางจากไฟล์อื่นหรือเรียงลำดับใหม่ได้`),
    step('2. เลขประจำตัวประชาชน', 'ครบ 13 หลัก รวมเลข 0 ตัวหน้า ใช้เลขไทยหรือเลขอารบิกก็ได้', '0-xxxx-xxxxx-xx-x'),
    step('3. วันเดือนปีเกิด', 'ใช้ปี พ.ศ. หากทราบเพียงปี ให้กรอก 00/00 นำหน้าปี', '15/05/2560 หรือ 00/00/2560'),
    step('4. สถานะ', 'เลือกจากรายการ (ดูด้านล่าง) ผู้ที่ออกไปแล้วให้เปลี่ยนสถานะ ไม่ต้องลบแถว', 'ย้ายออก'),
    step('5. มีตัวตนอยู่จริง', `ตรวจ${pupil}ทีละคน พบตัวจริงแล้วจึงทำเครื่องหมาย ทำใหม่ทุกครั้งที่เปิดรอบ`, 'คลิกที่ช่องสี่เหลี่ยม'),
    step(
      '6. ดูผลตรวจ',
      `แท็บ "${tabTitles.report}" แสดงผลภายในประมาณ 5 นาทีหลังแก้ไข รายการ "${reportLevels.error}" โปรดแก้ให้ครบ รายการ "${reportLevels.warning}" โปรดแก้ หรือเขียนเหตุผลในช่อง "คำชี้แจง"`,
      'ผ่าน 78 ราย ต้องแก้ไข 2 ราย',
    ),
    step('7. ยืนยัน', 'การบันทึกในตารางยังไม่ใช่การยืนยัน เมื่อครบแล้วพิมพ์คำนี้ใน LINE ตารางจะถูกล็อก', 'ยืนยัน'),
    step('8. แก้ไขหลังยืนยัน', 'พิมพ์คำนี้ใน LINE เพื่อขอต่อ อปท. ต้นสังกัด', 'ขอยกเลิกการยืนยัน'),
    heading('สถานะ', 'ใช้เมื่อ', 'นับเป็นจำนวนหรือไม่'),
    ...pupilStatuses.map((status) => step(status, usedWhen(pupil)[status], countsWords(status))),
    heading('ไม่มีเลข 13 หลัก', `${pupil}ที่ไม่มีหลักฐานทะเบียนราษฎร หรือไม่มีสัญชาติไทย`, ''),
    step('1. ตรวจหา', 'ผู้ที่มีเลข 13 หลักอยู่แล้ว (เช่น เด็กต่างชาติที่เกิดในไทย) ให้ใช้เลขนั้น'),
    {
      ...step('2. ขอรหัส G-Code', 'ลงทะเบียนและขอรหัส ตามประกาศกระทรวงศึกษาธิการ 31 ต.ค. 2562', G_CODE_SITE),
      link: G_CODE_SITE,
    },
    step('3. ระหว่างรอ', 'เว้นช่องเลขไว้ เลือกสถานะนี้ และเขียนคำชี้แจง', waitingStatus),
    step('4. เมื่อได้รหัส', 'กรอกรหัสในช่องเลขประจำตัวประชาชน แล้วเปลี่ยนสถานะเป็น เรียนอยู่', 'G644200000001'),
    heading('ข้อควรระวัง', '', ''),
    step('หัวตาราง', 'โปรดอย่าแก้แถวหัวตาราง และอย่าผสานเซลล์'),
    step('สูตร', 'โปรดพิมพ์ค่าจริง ระบบไม่อ่านช่องที่เป็นสูตร', '=A2'),
    step('ข้อมูลส่วนบุคคล', 'กรอกเฉพาะคอลัมน์ที่มี ไม่ต้องเพิ่มศาสนา เชื้อชาติ รายได้ หรือที่อยู่'),
    ...helpDeskRows(input.helpDesk),
  ]
}

/** Round 2 begins with the pupils of the round before (R26). */
function carriedNote(carried: CarriedWords, pupil: string): HowToRow {
  const day = thaiMomentDay(carried.at)
  const source = carried.basis === 'confirmed' ? `ยืนยันเมื่อ ${day}` : `ตามที่ระบบอ่านได้ล่าสุด ${day} (ยังไม่ได้ยืนยัน)`
  return note(
    `ยกมาจากครั้งที่ ${spokenRound(carried.round)}`,
    `${pupil} ${carried.count} ราย ${source} โปรดตรวจทีละคน เพิ่มแถวผู้ย้ายเข้า และเปลี่ยนสถานะผู้ที่ย้ายออกหรือไม่มีตัวตน`,
    'เครื่องหมายมีตัวตนและคำชี้แจงเริ่มใหม่',
  )
}

/** A new sheet in the place of one that could not be opened any more. */
function heldNote(held: { count: number; at: number }, pupil: string): HowToRow {
  return note(
    'ตารางใหม่แทนตารางเดิม',
    `${pupil} ${held.count} ราย ตามที่ระบบบันทึกไว้ล่าสุด ${thaiMomentDay(held.at)} โปรดตรวจทีละคน และกรอกแถวที่เคยมีข้อผิดพลาดเข้ามาใหม่`,
    'แถวที่ยังมีข้อผิดพลาดไม่ได้นำมาด้วย',
  )
}

function usedWhen(pupil: string): Record<PupilStatus, string> {
  return {
    เรียนอยู่: 'เรียนอยู่ตามปกติ',
    ย้ายเข้า: 'เข้ามาใหม่จากสถานศึกษาอื่น',
    'รอออกรหัส G-Code': `${pupil}ที่เรียนอยู่ แต่ยังไม่มีเลข 13 หลักหรือรหัส G-Code`,
    ย้ายออก: 'ไปเรียนที่สถานศึกษาอื่นแล้ว',
    จบการศึกษา: 'เรียนจบแล้ว',
    ลาออก: 'ลาออกแล้ว',
    เสียชีวิต: 'เสียชีวิตแล้ว',
    ไม่มีตัวตน: 'มีชื่ออยู่ แต่ตรวจแล้วไม่พบตัว',
  }
}

function countsWords(status: PupilStatus): string {
  if (!statusCounts(status)) return 'ไม่นับ'
  return status === waitingStatus ? 'นับ (แสดงยอดแยกไว้ด้วย)' : 'นับ'
}

/** วิธีใช้ of the counts of other affiliations (R23 to R25). */
export function countsHowTo(input: { helpDesk: string | null }): HowToRow[] {
  return [
    title('วิธีบันทึกจำนวนนักเรียนของสถานศึกษาสังกัดอื่น'),
    heading('ขั้นตอน', 'สิ่งที่ต้องทำ', 'ตัวอย่าง'),
    step('1. จำนวนปัจจุบัน', `เทียบกับฐานข้อมูลในแท็บ "${tabTitles.counts}" แล้วกรอกจำนวนรวมทุกแถว`, '120'),
    step('2. ตรวจสอบแล้ว', 'ทำเครื่องหมายทุกแถว แม้จำนวนไม่เปลี่ยนแปลง', 'คลิกที่ช่องสี่เหลี่ยม'),
    step('3. ประกาศเลิก', 'กรอก 0 และเขียนเหตุผล', 'ประกาศเลิกเมื่อ 1 เม.ย. 2567'),
    step('4. เปลี่ยนไปมาก', 'จำนวนที่ต่างจากฐานข้อมูลมาก โปรดเขียนเหตุผล', 'ย้ายไปเรียนรวม'),
    step(
      '5. ดูผลตรวจ',
      `แท็บ "${tabTitles.report}" แสดงผลภายในประมาณ 5 นาทีหลังแก้ไข โปรดดูว่าระบบอ่านจำนวนได้ตรงกับที่กรอก`,
      'ผ่าน 12 แห่ง ไม่พบรายการที่ต้องแก้ไข',
    ),
    step('6. ยืนยัน', 'การบันทึกในตารางยังไม่ใช่การยืนยัน เมื่อครบแล้วพิมพ์คำนี้ใน LINE ตารางจะถูกล็อก', 'ยืนยันสังกัดอื่น'),
    step('7. แก้ไขหลังยืนยัน', 'พิมพ์คำนี้ใน LINE เพื่อขอต่อจังหวัด', 'ขอยกเลิกการยืนยัน'),
    heading('ข้อควรระวัง', '', ''),
    step('ฐานข้อมูล', 'รหัส ชื่อ สังกัด และฐานข้อมูลมาจากทะเบียน แก้ไขในตารางไม่ได้ หากไม่ถูกต้องโปรดแจ้งจังหวัด'),
    step('หัวตาราง', 'โปรดอย่าแก้แถวหัวตาราง และอย่าผสานเซลล์'),
    ...helpDeskRows(input.helpDesk),
  ]
}

const helpDeskRows = (helpDesk: string | null): HowToRow[] => (helpDesk ? [step('ติดต่อสอบถาม', helpDesk)] : [])
