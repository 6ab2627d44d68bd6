import type { RiskReason } from '../../workflow/rules/spot-risk.ts'
import { count, dayAndTime } from './dates.ts'
import { SAY } from './say.ts'
import { more } from './terms.ts'

/** Words about the province's spot checks (R40). */
export const SPOT = {
  alt: 'การสุ่มตรวจ',
  over: 'สุ่มตรวจ',
  intro:
    'ระบบสุ่มสถานศึกษาและผู้เรียนจากรายชื่อที่อ่านล่าสุด แห่งที่มีเหตุควรตรวจมีโอกาสถูกสุ่มมากกว่า ผลการสุ่มบันทึกไว้และตรวจซ้ำได้ สถานศึกษาจะไม่ได้รับแจ้งล่วงหน้า',
  howMany: `ระบุจำนวนสถานศึกษาได้ เช่น ${SAY.spotCheck} 8`,
  draw: (institutions: number) => `สุ่มตรวจ ${count(institutions)} แห่ง`,
  drawn: (draw: { number: number; institutions: number; pupils: number }) =>
    `สุ่มครั้งที่ ${draw.number} ได้สถานศึกษา ${count(draw.institutions)} แห่ง ผู้เรียน ${count(draw.pupils)} ราย`,
  seed: (seed: string) => `รหัสการสุ่ม ${seed}`,
  none: 'จังหวัดยังไม่ได้สุ่มตรวจในรอบนี้',
  allDone: 'บันทึกผลครบทุกรายแล้ว',
  summary: 'ผลการสุ่มตรวจในรอบนี้',
  draws: 'สุ่มแล้ว',
  times: (draws: number) => `${count(draws)} ครั้ง`,
  checked: 'ตรวจแล้ว',
  checkedValue: (done: number, all: number) => `${count(done)}/${count(all)} ราย`,
  notFound: 'ไม่พบตัว',
  notFoundValue: (notFound: number, settled: number) => `${count(notFound)} ราย (แก้ในตารางแล้ว ${count(settled)} ราย)`,
  cardTitle: (draw: number, unit: string) => `ครั้งที่ ${draw} ${unit}`,
  pupil: (number: number, row: number | null, masked: string | null) => {
    const who = masked === null ? 'รอออกรหัส G-Code' : `เลข ${masked}`
    return row === null ? `${number}. ${who} (ไม่อยู่ในตารางแล้ว)` : `${number}. แถวที่ ${row} ${who}`
  },
  result: { found: 'พบตัว', not_found: 'ไม่พบตัว' },
  settled: 'แก้ในตารางแล้ว',
  note: (note: string) => `หมายเหตุ: ${note}`,
  why: (reasons: string) => `เหตุที่ควรตรวจ: ${reasons}`,
  allFound: (left: number) => `พบตัวครบ ${count(left)} ราย`,
  someMissing: 'มีผู้ที่ไม่พบตัว',
  how: `บันทึกรายคน พิมพ์ ${SAY.spotFound} หรือ ${SAY.spotMissing} ตามด้วยเลขข้อ เช่น ${SAY.spotFound} 3-5 หรือ ${SAY.spotMissing} 6 ย้ายตามผู้ปกครอง`,
  askNumber: `โปรดพิมพ์ ${SAY.spotMissing} ตามด้วยเลขข้อและหมายเหตุ เช่น ${SAY.spotMissing} 6 ย้ายตามผู้ปกครอง`,
  askFound: `โปรดพิมพ์ ${SAY.spotFound} ตามด้วยเลขข้อ เช่น ${SAY.spotFound} 3-5`,
  askNote: `โปรดพิมพ์ ${SAY.spotNote} ตามด้วยเลขข้อหรือชื่อสถานศึกษา แล้วตามด้วยข้อความ เช่น ${SAY.spotNote} 6 ลาป่วย มีใบรับรองแพทย์`,
  recordedFound: (numbers: string) => `บันทึกแล้วว่าพบตัว ข้อ ${numbers}`,
  recordedMissing: (numbers: string) => `บันทึกแล้วว่าไม่พบตัว ข้อ ${numbers} ระบบจะแจ้งสถานศึกษากับ อปท.`,
  noted: 'บันทึกหมายเหตุแล้ว',
  already: (input: { number: number; result: string; by: string; at: number }) =>
    `ข้อ ${input.number} ${input.by} บันทึกว่า${input.result}ไว้แล้วเมื่อ ${dayAndTime(input.at)}`,
  nobodyThere: (units: string) => `${units} ยังไม่มีเจ้าหน้าที่ที่ติดต่อทางแชตนี้ได้ โปรดโทรศัพท์แจ้ง`,
  left: (left: number) => `เหลือ ${count(left)} ราย พิมพ์ ${SAY.spotCheck} เพื่อดูรายการ`,
  moreInstitutions: (left: number) => `${more(left)} ดูเมื่อบันทึกผลชุดนี้แล้ว พิมพ์ ${SAY.spotCheck}`,
  department: 'กรม',
} as const

export const SPOT_NEWS = {
  alt: 'ผลการสุ่มตรวจของจังหวัด',
  title: (pupils: number) => `จังหวัดสุ่มตรวจแล้วไม่พบตัว ${count(pupils)} ราย`,
  foundTitle: (pupils: number) => `จังหวัดแก้ผลการสุ่มตรวจเป็นพบตัว ${count(pupils)} ราย`,
  foundNote: 'ไม่ต้องดำเนินการตามที่แจ้งไว้ก่อนหน้านี้แล้ว',
  unlessThere: 'หากมีตัวตนอยู่จริง โปรดแจ้งจังหวัดพร้อมหลักฐาน',
  mend: 'โปรดตรวจสอบ หากไม่มีตัวตนอยู่จริง ให้เลือกสถานะ ไม่มีตัวตน ที่แถวข้างต้นในตาราง หากย้ายหรือลาออกแล้ว ให้เลือกสถานะตามจริง',
  reopenFirst: `สถานศึกษายืนยันไปแล้ว หากต้องแก้ไข ให้ขอยกเลิกการยืนยันก่อน พิมพ์ ${SAY.askReopening}`,
  lao: 'โปรดติดตามให้สถานศึกษาตรวจสอบและแก้ไขตาราง และตรวจสอบรายนี้อีกครั้งก่อนยืนยันภาพรวม',
  laoReopen: 'สถานศึกษายืนยันไปแล้ว หากต้องแก้ไข สถานศึกษาจะขอยกเลิกการยืนยันต่อท่าน',
} as const

export const RISK: Record<RiskReason, string> = {
  'tier-edge': 'จำนวนใกล้จุดเปลี่ยนอัตราค่าอาหารกลางวัน',
  'big-change': 'จำนวนเปลี่ยนจากรอบก่อนมาก',
  'late-edits': 'แก้ไขมากใกล้กำหนด',
  'ticked-at-once': 'ทำเครื่องหมายมีตัวตนพร้อมกันทั้งตาราง',
  'never-edited': 'ไม่มีการแก้ไขหลังบันทึกครั้งแรก',
  'shared-pupils': 'มีรายชื่อซ้ำกับแห่งอื่น',
  'holds-released': 'มีรายชื่อหายจากตารางจำนวนมาก',
}
