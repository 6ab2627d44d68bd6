import { normaliseCode } from '../workflow/invitation-code.ts'
import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'
import type { Command, ConfirmWhat, NearCommand } from './command.ts'
import { editDistance } from './edit-distance.ts'
import { SYNONYMS } from './synonyms.ts'
import { tailOf } from './typed-tail.ts'
import { agreementWith } from './understand-agreement.ts'
import { appointmentWith } from './understand-appointment.ts'
import { roundActWith } from './understand-round-act.ts'
import { spotCheckWith } from './understand-spot-check.ts'

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
  SYNONYMS.flatMap(({ command, words }) => words.map((word) => [squeeze(oneSpelling(word)), command] as const)),
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
    roundActWith(plain, text) ??
    confirmWith(plain) ??
    reopeningWith(plain, text) ??
    requestWith(plain, text) ??
    sharedPupilWith(plain, text) ??
    agreementWith(plain) ??
    spotCheckWith(plain, text) ??
    appointmentWith(plain) ??
    unitWith(plain) ??
    nameWith(text)
  )
}

const WHAT: Record<string, ConfirmWhat> = { ภาพรวม: 'overview', สังกัดอื่น: 'other_counts', จังหวัด: 'province' }

function confirmWith(plain: string): Command | null {
  const confirm = /^ยืนยัน(?:ข้อมูล|จำนวน)?\s*(ภาพรวม|สังกัดอื่น|จังหวัด)?\s*([\d,]+)\s*(?:คน|ราย|แห่ง)?$/.exec(plain)
  if (confirm) return { kind: 'confirm', what: WHAT[confirm[1] ?? ''] ?? null, count: numberOf(confirm[2]) }
  const attest = /^(?:รับรอง(?:และยืนยัน)?|ตรวจแล้ว\s*มีตัวตนจริง(?:ทั้ง)?)\s*([\d,]+)\s*(?:คน|ราย)?$/.exec(plain)
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

/** About a pupil in two institutions: with the number on the card, and with what is said in the same sentence. */
function sharedPupilWith(plain: string, text: string): Command | null {
  const asked = /^ขอให้(?:อีกแห่ง)?ย้ายออก\s*(?:ข้อ|รายที่|ที่)?\s*(\d{1,2})$/.exec(plain)
  if (asked) return { kind: 'ask-release', number: numberOf(asked[1]), all: false }
  const stated = /^ชี้แจง(?:หลักฐาน)?\s*(?:ข้อ|รายที่|ที่)?\s*(\d{1,2}(?!\d))\s*(?:ว่า)?\s*(.*)$/.exec(plain)
  if (stated) {
    const word = stated[2] ?? ''
    return { kind: 'state-evidence', number: numberOf(stated[1]), word: word === '' ? null : tailOf(text, word) }
  }
  const kept = /^ให้นับ\s*(?:ข้อ|รายที่)?\s*(\d{1,2})\s*(?:ที่)?\s+(.+)$/.exec(plain)
  return kept ? { kind: 'keep-at', number: numberOf(kept[1]), unit: kept[2] ?? null } : null
}

function unitWith(plain: string): Command | null {
  const status = /^(?:ดู|เช็ค)?\s*(?:สถานะ|status)\s*(?:ของ)?\s*(.+)$/.exec(plain)?.[1]
  if (status) return { kind: 'status', unit: status }
  const drifted = /^(?:ดู)?\s*(?:รายการ)?(?:ที่)?(?:แก้(?:ไข)?หลัง(?:การ)?ยืนยัน|ส่วนต่าง)\s*(?:ของ)?\s*(.+)$/.exec(plain)?.[1]
  if (drifted) return { kind: 'drift', unit: drifted }
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
  for (const { command, words, typos } of SYNONYMS) {
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
  [/ใครดูแล|ใครรับผิดชอบ|ติดต่อใคร|เบอร์ใคร/, { kind: 'in-charge', unit: null }],
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

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits.replaceAll(',', ''))
}
