import { normaliseCode } from '../workflow/invitation-code.ts'
import { normaliseText } from '../workflow/rules/text/thai-text.ts'
import type { Command, ConfirmWhat, NearCommand } from './command.ts'
import { firstStep } from './first-step.ts'
import { inOtherLayout } from './keyboard-layout.ts'
import { oneSpelling, plainText, squeeze } from './plain-text.ts'
import { slipOf } from './slip-of.ts'
import { SYNONYMS } from './synonyms.ts'
import { tailOf } from './typed-tail.ts'
import { agreementWith } from './understand-agreement.ts'
import { announcementWith } from './understand-announcement.ts'
import { appointmentWith } from './understand-appointment.ts'
import { listWith } from './understand-lists.ts'
import { ownMatterWith } from './understand-own.ts'
import { howIn, questionIn } from './understand-question.ts'
import { roundActWith } from './understand-round-act.ts'
import { spotCheckWith } from './understand-spot-check.ts'
import { confirmOfUnit, unitAlone, unitAsked } from './understand-unit.ts'
import { wordlessIn } from './wordless.ts'

const byWords = new Map<string, Command>(
  SYNONYMS.flatMap(({ command, words }) => words.map((word) => [squeeze(oneSpelling(word)), command] as const)),
)

/** What a text means when it is a whole command, without guessing; null else. Free text that the bot asked for is kept by this. */
export function exactCommand(text: string): Command | null {
  return byWords.get(squeeze(oneSpelling(text))) ?? byWords.get(squeeze(plainText(text))) ?? null
}

/**
 * What a person's text asks for: synonyms, missing or extra spaces, politeness before and after, Thai digits, questions, units by
 * name, the wrong keyboard, and small slips. What had to be guessed at shows something or begins a step, never more (`firstStep`).
 * Pure; a table test holds it.
 */
export function understand(text: string): Command {
  const wordless = wordlessIn(text)
  if (wordless) return { kind: 'wordless', what: wordless }
  const plain = plainText(text)
  const said = meant(plain, text)
  // What is longer has free words in it; nothing in there is guessed at.
  if (said !== null || text.length > LONGEST_GUESSED) return said ?? codeIn(text) ?? unknown(plain)
  return (
    fromOtherLayout(text) ??
    codeIn(text) ??
    slipOf(plain) ??
    withoutLead(plain, text) ??
    unitAlone(plain) ??
    howIn(plain) ??
    unknown(plain)
  )
}

const LONGEST_GUESSED = 120

const unknown = (plain: string): Command => ({ kind: 'unknown', near: nearest(plain) })

/** A whole command, a question, or a command with what it is about. */
function meant(plain: string, text: string): Command | null {
  return exactCommand(text) ?? unitAsked(plain) ?? questionIn(plain) ?? withArgument(plain, text)
}

/** One word of address or wish at a time: "รบกวนขอดูสถานะ" keeps ขอ as long as it may belong to the command. */
const LEAD =
  /^(?:สวัสดี(?:ตอนเช้า|ตอนบ่าย|ตอนเย็น)?|หวัดดี|เรียน|รบกวน|ขอโทษ|ขออนุญาต|สอบถาม|ขอสอบถาม|อยากทราบ|อยากรู้|อยากให้|อยาก|ต้องการ|จะ|ช่วย|กรุณา|โปรด|ขอ|แอดมิน|แอด|พี่|คุณ|หนู|ผม|ดิฉัน|ฉัน|เรา|กด|พิมพ์|เลือก|คำสั่ง|ครับ|ค่ะ|คะ|จ้า|นะ|แล้ว|ตอนนี้|วันนี้|ที|ดู|เช็ค|เช็ก|ตรวจดู|เปิดดู|ทราบ|แสดง|เรียกดู|please|pls|show|check|my|,)\s*/

const MOST_LEADS = 8

function withoutLead(plain: string, text: string): Command | null {
  let rest = plain
  for (let lead = 0; lead < MOST_LEADS; lead += 1) {
    const shorter = rest.replace(LEAD, '')
    if (shorter === rest || shorter === '') return null
    rest = shorter
    const found = meant(rest, tailOf(text, rest)) ?? slipOf(rest)
    const shown = found ? firstStep(found) : null
    if (shown) return shown
  }
  return null
}

/** Somebody forgot to switch the keyboard. */
function fromOtherLayout(text: string): Command | null {
  const other = inOtherLayout(normaliseText(text))
  if (other === null) return null
  const plain = plainText(other)
  const found = exactCommand(other) ?? (/[ก-๎]/.test(other) ? (withArgument(plain, other) ?? slipOf(plain)) : null)
  return found ? firstStep(found) : null
}

const EMAIL = /[^\s@<>"',;:()]+@[^\s@<>"',;:()]+\.[a-z]{2,}/i

function withArgument(plain: string, text: string): Command | null {
  const announced = announcementWith(text)
  if (announced) return announced
  const email = EMAIL.exec(text.normalize('NFKC'))
  if (email) return { kind: 'email', email: email[0] }
  return (
    listWith(plain, understand) ??
    ownMatterWith(plain) ??
    roundActWith(plain, text) ??
    confirmWith(plain) ??
    confirmOfUnit(plain) ??
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
  const yes = act.startsWith('เห็นชอบ') || act === 'อนุมัติ'
  // A letter too many is a slip and no reason.
  const rest = tail.length < (yes ? 1 : 3) ? null : tailOf(text, tail)
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

const HINTS: readonly [RegExp, NearCommand][] = [
  [/ขอ.*(?:แก้|ยกเลิก|เปิด)|ยกเลิก/, 'askReopening'],
  [/ยืนยัน|ส่ง|เสร็จ/, 'confirm'],
  [/สถานะ|กี่คน|จำนวน|ยอด|ข้อมูล/, 'status'],
  [/คำขอ|อนุมัติ|เห็นชอบ/, 'requests'],
  [/เวลา|กำหนด|วัน/, 'deadlines'],
  [/ใคร|เบอร์|โทร/, 'inCharge'],
  [/ประวัติ|บันทึกไว้|ทำอะไรไป/, 'history'],
  [/แจ้งเตือน|เลขไทย|ตั้ง/, 'settings'],
]

function nearest(plain: string): NearCommand[] {
  const hinted = HINTS.filter(([words]) => words.test(plain)).map(([, near]) => near)
  return [...new Set<NearCommand>([...hinted, 'status', 'help'])].slice(0, 4)
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits.replaceAll(',', ''))
}
