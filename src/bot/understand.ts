import { normaliseCode } from '../workflow/invitations.ts'
import type { ReopeningCategory } from '../workflow/reopening.ts'
import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'
import type { Command, ConfirmWhat, NearCommand } from './command.ts'
import { editDistance } from './edit-distance.ts'

type Fixed = { command: Command; words: readonly string[]; near?: NearCommand; typos?: boolean }

/** Whole texts and their meanings; spaces, dots and politeness do not matter. `typos` may be understood with a slip or two. */
const FIXED: readonly Fixed[] = [
  {
    command: { kind: 'status', unit: null },
    words: ['สถานะ', 'สเตตัส', 'status', 'ดูสถานะ', 'เช็คสถานะ', 'ตรวจสอบสถานะ', 'ข้อมูล', 'ภาพรวม', 'สรุป'],
    near: 'status',
    typos: true,
  },
  {
    command: { kind: 'confirm', what: null, count: null },
    words: ['ยืนยัน', 'ยืนยันข้อมูล', 'ยืนยันจำนวน', 'ยืนยันจำนวนนักเรียน', 'คอนเฟิร์ม', 'confirm', 'ส่งข้อมูล'],
    near: 'confirm',
    typos: true,
  },
  {
    command: { kind: 'confirm', what: 'overview', count: null },
    words: ['ยืนยันภาพรวม', 'ยืนยันข้อมูลภาพรวม', 'ยืนยันอปท'],
    typos: true,
  },
  {
    command: { kind: 'confirm', what: 'other_counts', count: null },
    words: ['ยืนยันสังกัดอื่น', 'ยืนยันสถานศึกษาสังกัดอื่น', 'ยืนยันจำนวนสังกัดอื่น'],
    typos: true,
  },
  { command: { kind: 'confirm', what: 'province', count: null }, words: ['ยืนยันจังหวัด', 'ยืนยันข้อมูลจังหวัด'], typos: true },
  { command: { kind: 'attest', count: null }, words: ['รับรอง', 'ตรวจแล้วมีตัวตนจริง', 'มีตัวตนจริง'] },
  { command: { kind: 'not-yet' }, words: ['ยังไม่ยืนยัน', 'ยังก่อน', 'ไม่ยืนยัน', 'ยังไม่พร้อม'] },
  { command: { kind: 'mark-checked', count: null, unit: null }, words: ['ตรวจสอบแล้ว', 'ตรวจแล้ว', 'ตรวจสอบอปท'] },
  { command: { kind: 'not-required', unit: null }, words: ['ไม่ต้องยืนยัน'] },
  {
    command: { kind: 'ask-reopening', what: null, reason: null },
    words: ['ขอยกเลิกการยืนยัน', 'ขอยกเลิกการยืนยันข้อมูล', 'ขอยกเลิกยืนยัน', 'ขอแก้ไข', 'ขอแก้ไขข้อมูล', 'ขอเปิดแก้ไข'],
    near: 'askReopening',
    typos: true,
  },
  {
    command: { kind: 'ask-reopening', what: 'overview', reason: null },
    words: ['ขอยกเลิกการยืนยันภาพรวม', 'ขอยกเลิกยืนยันภาพรวม', 'ขอยกเลิกภาพรวม'],
  },
  {
    command: { kind: 'ask-reopening', what: 'other_counts', reason: null },
    words: ['ขอยกเลิกการยืนยันสังกัดอื่น', 'ขอยกเลิกยืนยันสังกัดอื่น', 'ขอยกเลิกสังกัดอื่น'],
  },
  { command: { kind: 'withdraw' }, words: ['ถอนคำขอ', 'ยกเลิกคำขอ', 'ถอนคำร้อง'] },
  {
    command: { kind: 'requests' },
    words: ['คำขอ', 'ดูคำขอ', 'คำขอที่รอ', 'รายการคำขอ', 'คำขอยกเลิก', 'คำร้อง', 'requests', 'request'],
    near: 'requests',
    typos: true,
  },
  { command: { kind: 'pass-on', number: null, rest: null }, words: ['เห็นชอบ', 'เห็นชอบและส่งต่อ', 'อนุมัติ', 'approve'] },
  { command: { kind: 'send-back', number: null, rest: null }, words: ['ส่งคืน', 'ส่งคืนคำขอ', 'ไม่อนุมัติ', 'ไม่เห็นชอบ'] },
  { command: { kind: 'cancel', unit: null }, words: ['ยกเลิกการยืนยัน', 'ยกเลิกยืนยัน', 'ยกเลิกการยืนยันข้อมูล'], typos: true },
  {
    command: { kind: 'deadlines' },
    words: ['กำหนดเวลา', 'กำหนดการ', 'กำหนดส่ง', 'กำหนด', 'วันสุดท้าย', 'หมดเขต', 'ปิดระบบ', 'deadline', 'deadlines'],
    near: 'deadlines',
    typos: true,
  },
  {
    command: { kind: 'help' },
    words: ['ช่วยเหลือ', 'ช่วยด้วย', 'ช่วย', 'เมนู', 'คู่มือ', 'วิธีใช้', 'วิธีใช้งาน', 'คำสั่ง', 'help', 'menu', '?'],
    near: 'help',
    typos: true,
  },
  {
    command: { kind: 'left' },
    words: ['รายชื่อที่ยังไม่ยืนยัน', 'เหลือใคร', 'เหลือใครบ้าง', 'ใครยังไม่ยืนยัน', 'ที่ยังไม่ยืนยัน', 'ค้างใคร', 'เหลือที่ไหน'],
    near: 'left',
    typos: true,
  },
  {
    command: { kind: 'in-charge' },
    words: ['ผู้รับผิดชอบ', 'ใครดูแล', 'ใครรับผิดชอบ', 'ติดต่อใคร', 'ผู้ดูแล', 'เจ้าหน้าที่'],
    near: 'inCharge',
    typos: true,
  },
  { command: { kind: 'invite', unit: null, executive: false }, words: ['เชิญ', 'ออกรหัส', 'รหัสเข้าร่วม', 'invite'] },
  { command: { kind: 'switch-duty', number: null }, words: ['เปลี่ยนหน้าที่', 'สลับหน้าที่', 'เปลี่ยนหน่วย', 'หน้าที่'], typos: true },
  { command: { kind: 'accept' }, words: ['ยอมรับ', 'ตกลง', 'รับ', 'ok', 'โอเค', 'ใช่', 'accept'] },
  { command: { kind: 'decline' }, words: ['ไม่ยอมรับ', 'ไม่ตกลง', 'ไม่รับ', 'ไม่ใช่ฉัน'] },
  { command: { kind: 'join' }, words: ['เข้าร่วม', 'สมัคร', 'ลงทะเบียน', 'join', 'register'] },
  { command: { kind: 'email', email: null }, words: ['อีเมล', 'อีเมล์', 'email', 'เปลี่ยนอีเมล', 'gmail'] },
  { command: { kind: 'name', name: null }, words: ['ชื่อ', 'เปลี่ยนชื่อ'] },
  { command: { kind: 'hold', decision: 'release' }, words: ['ออกจริง', 'ออกแล้วจริง', 'ออกไปจริง'] },
  {
    command: { kind: 'hold', decision: 'refuse' },
    words: ['ไม่ใช่ จะแก้ไขตาราง', 'จะแก้ไขตาราง', 'ไม่ใช่จะแก้ตาราง', 'ไม่ได้ออก'],
  },
  { command: { kind: 'greeting' }, words: ['สวัสดี', 'หวัดดี', 'ดี', 'hello', 'hi', 'เริ่ม', 'เริ่มต้น', 'start'] },
  { command: { kind: 'thanks' }, words: ['ขอบคุณ', 'ขอบใจ', 'ขอบคุณมาก', 'รับทราบ', 'ทราบ', 'thanks', 'thankyou'] },
  { command: { kind: 'stop' }, words: ['เลิก', 'ยกเลิก', 'ไม่เอา', 'ไม่ทำแล้ว', 'cancel', 'stop'] },
]

/** Last words of politeness; several may follow each other. สถานะ ends like one. */
const POLITE = /(?:\s*(?:ครับผม|ครับ|คับ|ค่ะ|คะ|ค่า|จ้ะ|จ้า|จ๊ะ|(?<!สถา|ช)นะ|น่ะ|หน่อย|ด้วย|!|\.|…|🙏))+$/u

const oneSpelling = (text: string): string => toArabicDigits(normaliseText(text)).toLowerCase()

/** A text as it is compared and cut: one spelling, Arabic digits, lower case, without politeness. */
export function plainText(text: string): string {
  const plain = oneSpelling(text)
  const polite = plain.replace(POLITE, '').trim()
  return polite === '' ? plain : polite
}

const squeeze = (text: string): string => text.replace(/[\s.,"'“”()!]/g, '')

const byWords = new Map<string, Command>(
  FIXED.flatMap(({ command, words }) => words.map((word) => [squeeze(oneSpelling(word)), command] as const)),
)

/** What a text means when it is a whole command, without guessing; null else. Free text that the bot asked for is kept by this. */
export function exactCommand(text: string): Command | null {
  return byWords.get(squeeze(oneSpelling(text))) ?? byWords.get(squeeze(plainText(text))) ?? null
}

/**
 * What a person's text asks for: synonyms, missing or extra spaces, politeness, Thai digits, and small slips for commands that
 * change nothing by themselves. Pure; a table test holds it.
 */
export function understand(text: string): Command {
  const exact = exactCommand(text)
  if (exact) return exact
  const plain = plainText(text)
  return (
    withArgument(plain, text) ??
    codeIn(text) ??
    slipOf(plain) ??
    containing(plain) ?? { kind: 'unknown', near: nearest(plain) }
  )
}

const EMAIL = /[^\s@<>"',;:()]+@[^\s@<>"',;:()]+\.[a-z]{2,}/i

function withArgument(plain: string, text: string): Command | null {
  const email = EMAIL.exec(text.normalize('NFKC'))
  if (email) return { kind: 'email', email: email[0] }
  return (
    confirmWith(plain) ?? reopeningWith(plain, text) ?? requestWith(plain, text) ?? unitWith(plain) ?? nameWith(text)
  )
}

const WHAT: Record<string, ConfirmWhat> = { ภาพรวม: 'overview', สังกัดอื่น: 'other_counts', จังหวัด: 'province' }

function confirmWith(plain: string): Command | null {
  const confirm = /^ยืนยัน(?:ข้อมูล|จำนวน)?\s*(ภาพรวม|สังกัดอื่น|จังหวัด)?\s*([\d,]+)\s*(?:คน|ราย|แห่ง)?$/.exec(plain)
  if (confirm) return { kind: 'confirm', what: WHAT[confirm[1] ?? ''] ?? null, count: numberOf(confirm[2]) }
  const attest = /^(?:รับรอง|ตรวจแล้ว\s*มีตัวตนจริง(?:ทั้ง)?)\s*([\d,]+)\s*(?:คน|ราย)?$/.exec(plain)
  if (attest) return { kind: 'attest', count: numberOf(attest[1]) }
  const marked = /^ตรวจ(?:สอบ)?แล้ว(?:ทั้ง)?\s*([\d,]+)\s*(?:แห่ง|อปท\.?)?$/.exec(plain)
  if (marked) return { kind: 'mark-checked', count: numberOf(marked[1]), unit: null }
  const unit = /^ตรวจ(?:สอบ)?แล้ว\s+(.+)$/.exec(plain)?.[1]
  return unit ? { kind: 'mark-checked', count: null, unit } : null
}

function reopeningWith(plain: string, text: string): Command | null {
  const asked =
    /^(?:ขอยกเลิก(?:การ)?ยืนยัน(?:ข้อมูล)?|ขอแก้ไข(?:ข้อมูล)?)\s*(ภาพรวม|สังกัดอื่น|จังหวัด)?\s*(?:เพราะ|เนื่องจาก|เหตุผล:?)?\s*(.*)$/.exec(
      plain,
    )
  if (asked) {
    const rest = asked[2] ?? ''
    const reason = rest === '' ? null : tailOf(text, rest)
    return { kind: 'ask-reopening', what: WHAT[asked[1] ?? ''] ?? null, reason }
  }
  const cancelled = /^ยกเลิก(?:การ)?ยืนยัน(?:ข้อมูล)?\s*(.+)$/.exec(plain)?.[1]
  if (!cancelled) return null
  const number = /^\d{1,2}$/.test(cancelled) ? numberOf(cancelled) : null
  return number === null ? { kind: 'cancel', unit: cancelled } : { kind: 'pass-on', number, rest: null }
}

const DECISION =
  /^(เห็นชอบ(?:และส่งต่อ)?|อนุมัติ|ส่งคืน(?:คำขอ)?|ไม่อนุมัติ|ไม่เห็นชอบ)\s*(?:ข้อ|ที่)?\s*(\d{1,2}(?!\d))?\s*(?:ของ|เพราะ|เนื่องจาก)?\s*(.*)$/

function requestWith(plain: string, text: string): Command | null {
  const decided = DECISION.exec(plain)
  if (!decided) return null
  const [, act = '', digits, tail = ''] = decided
  const rest = tail === '' ? null : tailOf(text, tail)
  const yes = act.startsWith('เห็นชอบ') || act === 'อนุมัติ'
  return { kind: yes ? 'pass-on' : 'send-back', number: numberOf(digits), rest }
}

function unitWith(plain: string): Command | null {
  const status = /^(?:ดู|เช็ค)?\s*(?:สถานะ|status)\s*(?:ของ)?\s*(.+)$/.exec(plain)?.[1]
  if (status) return { kind: 'status', unit: status }
  const invited = /^เชิญ\s*(ผู้บริหาร)?\s*(?:ของ)?\s*(.+)$/.exec(plain)
  if (invited) return { kind: 'invite', unit: invited[2] ?? null, executive: invited[1] !== undefined }
  const spared = /^ไม่ต้องยืนยัน\s*(.+)$/.exec(plain)?.[1]
  if (spared) return { kind: 'not-required', unit: spared }
  const duty = /^(?:เปลี่ยน|สลับ)หน้าที่\s*(?:ที่|เป็น)?\s*(\d{1,2})$/.exec(plain)?.[1]
  return duty ? { kind: 'switch-duty', number: numberOf(duty) } : null
}

function nameWith(text: string): Command | null {
  const name = /^\s*(?:ชื่อ|เปลี่ยนชื่อ(?:เป็น)?)\s*[:：]?\s+(\S.{1,98})$/u.exec(normaliseText(text))?.[1]
  return name ? { kind: 'name', name } : null
}

/** An 8-character code alone, or in a sentence when it looks like one: capitals or a dash or a digit. */
function codeIn(text: string): Command | null {
  const whole = normaliseCode(normaliseText(text))
  if (whole) return { kind: 'join-code', code: whole }
  for (const [found] of normaliseText(text).matchAll(/\b[a-z0-9]{4}[- ]?[a-z0-9]{4}\b/gi)) {
    const code = normaliseCode(found)
    if (code && (found === found.toUpperCase() || /[-\d]/.test(found))) return { kind: 'join-code', code }
  }
  return null
}

function slipOf(plain: string): Command | null {
  const squeezed = squeeze(plain)
  if (squeezed.length < 4 || squeezed.length > 30) return null
  for (const { command, words, typos } of FIXED) {
    if (!typos) continue
    const close = words.some((word) => {
      const right = squeeze(oneSpelling(word))
      const slips = right.length >= 9 ? 2 : 1
      return right.length >= 4 && editDistance(squeezed, right, slips) <= slips
    })
    if (close) return command
  }
  return null
}

/** Questions in a whole sentence, for commands that only show something. */
const CONTAINING: readonly [RegExp, Command][] = [
  [/เหลือใคร|ใครยังไม่|ที่ไหนยังไม่|แห่งไหนยังไม่/, { kind: 'left' }],
  [/ใครดูแล|ใครรับผิดชอบ|ติดต่อใคร|เบอร์ใคร/, { kind: 'in-charge' }],
  [/กำหนดเวลา|กำหนดส่ง|วันสุดท้าย|วันไหน|เมื่อไร|เมื่อไหร่|ปิดระบบ|หมดเขต/, { kind: 'deadlines' }],
  [/ทำอย่างไร|ทำยังไง|ทำไง|ใช้ยังไง|ใช้อย่างไร|ช่วยเหลือ|สอบถาม/, { kind: 'help' }],
]

function containing(plain: string): Command | null {
  if (plain.length > 80) return null
  return CONTAINING.find(([words]) => words.test(plain))?.[1] ?? null
}

const HINTS: readonly [RegExp, NearCommand][] = [
  [/ขอ.*(?:แก้|ยกเลิก|เปิด)|ยกเลิก/, 'askReopening'],
  [/ยืนยัน|ส่ง|เสร็จ/, 'confirm'],
  [/สถานะ|กี่คน|จำนวน|ยอด|ข้อมูล/, 'status'],
  [/คำขอ|อนุมัติ|เห็นชอบ/, 'requests'],
  [/เวลา|กำหนด|วัน/, 'deadlines'],
  [/ใคร|เบอร์|โทร/, 'inCharge'],
]

function nearest(plain: string): NearCommand[] {
  const hinted = HINTS.filter(([words]) => words.test(plain)).map(([, near]) => near)
  return [...new Set<NearCommand>([...hinted, 'status', 'help'])].slice(0, 4)
}

const CATEGORIES: readonly [RegExp, ReopeningCategory][] = [
  [/ย้ายเข้า|เข้าใหม่|มาใหม่/, 'moved_in'],
  [/ย้ายออก|ลาออก|จบ|เสียชีวิต/, 'moved_out'],
  [/ไม่มีตัวตน|ไม่มีตัวจริง/, 'not_existing'],
  [/ผิด|คลาดเคลื่อน|ไม่ถูก|สะกด|ตกหล่น/, 'wrong_data'],
]

/** The kind of correction that a reason speaks of; `other` when it does not tell. */
export function categoryIn(reason: string): ReopeningCategory {
  const plain = plainText(reason)
  return CATEGORIES.find(([words]) => words.test(plain))?.[1] ?? 'other'
}

/** The end of the text as it was typed, where its plain form was cut. */
function tailOf(text: string, plainTail: string): string {
  const whole = normaliseText(text).trim()
  const at = toArabicDigits(whole).toLowerCase().lastIndexOf(plainTail)
  return at < 0 ? plainTail : whole.slice(at)
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits.replaceAll(',', ''))
}
