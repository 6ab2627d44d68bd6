import type { PublicProgress } from '../../workflow/public-progress.ts'
import { count, countdown, from, time, until } from './dates.ts'
import { ROUND_INSTANTS } from './round-words.ts'
import { SAY } from './say.ts'
import { LEVEL, more, PLACES, round as roundWords } from './terms.ts'

const COMMANDS = [SAY.status, SAY.left, SAY.deadlines, SAY.help] as const

export const GROUP = {
  joined: `สวัสดี ระบบยืนยันจำนวนนักเรียนและเด็กเล็ก (LEC Confirm)\nในกลุ่มนี้ระบบตอบเฉพาะเมื่อถูกกล่าวถึง และบอกเฉพาะข้อมูลสาธารณะของหน่วย ไม่มีชื่อนักเรียนหรือเด็กเล็ก\nการยืนยันและเรื่องอื่นทำในแชตส่วนตัวเท่านั้น\n\nเริ่มใช้ในกลุ่ม: ผู้รับผิดชอบของหน่วยพิมพ์ ${SAY.linkGroup} ในแชตส่วนตัวกับระบบ แล้วนำรหัสมาพิมพ์ในกลุ่มนี้`,
  notLinked: `กลุ่มนี้ยังไม่ได้เชื่อมกับหน่วยใด จึงยังตอบไม่ได้ ผู้รับผิดชอบของหน่วยพิมพ์ ${SAY.linkGroup} ในแชตส่วนตัวกับระบบ แล้วนำรหัสมาพิมพ์ในกลุ่มนี้`,
  commands: (unit: string) =>
    `กลุ่มนี้เชื่อมกับ ${unit}\nกล่าวถึงระบบ หรือพิมพ์ LEC นำหน้า แล้วตามด้วย ${COMMANDS.join(' / ')} เช่น LEC ${SAY.status}\nเรื่องอื่นโปรดทำในแชตส่วนตัว`,
  helpDesk: (words: string) => `สอบถามเพิ่มเติม: ${words}`,
  linked: (unit: string) => `เชื่อมกลุ่มนี้กับ ${unit} แล้ว กล่าวถึงระบบ หรือพิมพ์ LEC ${SAY.status} เพื่อดูความคืบหน้า`,
  linkedAlready: (unit: string) => `กลุ่มนี้เชื่อมกับ ${unit} อยู่แล้ว`,
  unlinked: 'ยกเลิกการเชื่อมกลุ่มนี้แล้ว ระบบจะไม่ตอบในกลุ่มนี้อีก',
  onlyOfficer: `ผู้รับผิดชอบที่ได้รับแต่งตั้งเท่านั้นที่เชื่อมหรือยกเลิกเชื่อมกลุ่มได้ โปรดพิมพ์ ${SAY.linkGroup} หรือ ${SAY.unlinkGroup} ในแชตส่วนตัวกับระบบ`,
  badCode: `รหัสเชื่อมกลุ่มนี้ใช้ไม่ได้หรือหมดอายุ (ใช้ได้ 15 นาที ครั้งเดียว) โปรดพิมพ์ ${SAY.linkGroup} ในแชตส่วนตัวเพื่อขอรหัสใหม่`,
  tooManyCodes: (at: number) =>
    `กลุ่มนี้พิมพ์รหัสที่ใช้ไม่ได้หลายรหัสติดต่อกัน เพื่อป้องกันการเดารหัส ระบบจึงยังไม่ตรวจรหัสให้ โปรดพิมพ์รหัสอีกครั้งหลังเวลา ${time(at)}`,
  noButtons: 'ปุ่มใช้ได้ในแชตส่วนตัวเท่านั้น จึงไม่ได้ดำเนินการ',
  noRound: 'ขณะนี้ยังไม่มีรอบที่เปิดใช้งาน',
  code: (input: { unit: string; code: string; expiresAt: number; groups: number }) =>
    `รหัสเชื่อมกลุ่มของ ${input.unit}\n\n${input.code}\n\nเชิญบัญชีนี้เข้ากลุ่ม แล้วพิมพ์รหัสข้างต้นในกลุ่ม ใช้ได้ครั้งเดียว ก่อนเวลา ${time(input.expiresAt)}\nสมาชิกทุกคนในกลุ่มจะถามความคืบหน้าของหน่วยได้${input.groups > 0 ? `\nขณะนี้เชื่อมอยู่ ${count(input.groups)} กลุ่ม ยกเลิกทั้งหมด พิมพ์ ${SAY.unlinkGroup}` : ''}`,
  unlinkedAll: (groups: number) =>
    groups > 0 ? `ยกเลิกการเชื่อมกลุ่มของหน่วยท่านแล้ว ${count(groups)} กลุ่ม` : 'หน่วยของท่านไม่มีกลุ่มที่เชื่อมอยู่',
} as const

const BELOW: Record<PublicProgress['unit']['level'], string> = {
  department: LEVEL.province,
  province: LEVEL.lao,
  lao: LEVEL.institution,
  institution: '',
}
const MOST_NAMED = 40

type RoundOf = Parameters<typeof roundWords>[0]

export function progressText(
  progress: PublicProgress,
  round: RoundOf & { recordingClosesAt: number },
  now: number,
): string {
  const { unit, done, below } = progress
  const lines = [`${unit.name} · ${roundWords(round)}`, done ? 'ยืนยันครบถ้วนแล้ว' : 'ยังยืนยันไม่ครบถ้วน']
  if (below.total > 0)
    lines.push(`${BELOW[unit.level]}ครบถ้วนแล้ว ${count(below.done)} จาก ${count(below.total)} ${PLACES}`)
  if (below.left.length > 0) lines.push(...leftLines(below.left))
  if (!done && now < round.recordingClosesAt)
    lines.push(`ปิดระบบ ${until(round.recordingClosesAt)} (${countdown(round.recordingClosesAt, now)})`)
  return lines.join('\n')
}

export function leftText(progress: PublicProgress): string {
  const { unit, done, below } = progress
  if (below.left.length > 0)
    return [`${unit.name} ยังเหลือ ${count(below.left.length)} ${PLACES}`, ...leftLines(below.left)].join('\n')
  return done ? `${unit.name} ยืนยันครบถ้วนแล้ว` : `${unit.name} ยังไม่ได้ยืนยัน`
}

function leftLines(names: readonly string[]): string[] {
  const shown = names.slice(0, MOST_NAMED).map((name) => `• ${name}`)
  return names.length > MOST_NAMED ? [...shown, more(names.length - MOST_NAMED)] : shown
}

export function deadlinesText(
  round: RoundOf & Record<(typeof ROUND_INSTANTS)[number]['field'], number>,
  now: number,
): string {
  const lines = ROUND_INSTANTS.map(({ field, label, opens }) => {
    const instant = round[field]
    return `${label}: ${opens ? from(instant) : until(instant)}${instant > now ? ` (${countdown(instant, now)})` : ''}`
  })
  return [`กำหนดเวลา ${roundWords(round)}`, ...lines].join('\n')
}
