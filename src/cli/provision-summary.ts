import { AppError } from '../app-error.ts'
import type { UnitId } from '../db/ids.ts'
import type { UnitTold } from '../jobs/provision-units.ts'
import type { SheetStates } from '../sheets/sheet-states.ts'

export type NamedUnit = { code: string; name: string }

/** What was made, shared and refused, and what to do about the rest. E-mails are masked: this may end up in a log. */
export function summaryLines(input: {
  told: readonly UnitTold[]
  of: number
  named: (unitId: UnitId) => NamedUnit
  refused: readonly { unitId: UnitId; email: string }[]
  withoutAddress: number
}): string[] {
  const { told, named } = input
  const good = told.flatMap(({ outcome }) => (outcome.ok ? [outcome] : []))
  const created = good.filter((outcome) => outcome.created).length
  const shared = good.flatMap(({ shared }) => shared.answers).filter(({ state }) => state === 'accepted').length
  const removed = good.flatMap(({ shared }) => shared.removed).length
  const lines = [`สร้าง ${created} ไฟล์ แชร์ ${shared} บัญชี${removed > 0 ? ` ถอนสิทธิ์ผู้ที่พ้นหน้าที่ ${removed} บัญชี` : ''}`]
  if (input.refused.length > 0) {
    lines.push(`Google ไม่รู้จักอีเมล ${input.refused.length} รายการ (ขออีเมลใหม่จากเจ้าของทาง LINE แล้ว):`)
    for (const { unitId, email } of input.refused) lines.push(`  ${spoken(named(unitId))}: ${maskEmail(email)}`)
  }
  if (input.withoutAddress > 0)
    lines.push(`ยังไม่มีผู้รับผิดชอบที่แจ้งบัญชี Google ${input.withoutAddress} แห่ง ระบบจะแชร์ให้เองเมื่อเข้าร่วมแล้ว`)
  const postponed = told.filter(({ outcome }) => !outcome.ok && outcome.why === 'not-shared-yet').length
  if (postponed > 0) lines.push(`Google จำกัดการแชร์ในขณะนี้ ยังไม่ได้แชร์ ${postponed} แห่ง ระบบที่ทำงานอยู่ (npm start) จะทำต่อเอง`)
  const failed = told.flatMap(({ unitId, outcome }) =>
    !outcome.ok && outcome.why === 'failed' ? [{ unitId, error: outcome.error }] : [],
  )
  if (failed.length > 0) lines.push(`ไม่สำเร็จ ${failed.length} แห่ง สั่งซ้ำได้ด้วยคำสั่งเดิม:`)
  for (const { unitId, error } of failed) lines.push(`  ${spoken(named(unitId))}: ${reasonOf(error)}`)
  const left = input.of - told.length
  if (left > 0) lines.push(`หยุดก่อนครบ เหลือ ${left} แห่ง ทำต่อได้ด้วยคำสั่งเดิม`)
  return lines
}

const spoken = ({ code, name }: NamedUnit): string => `${code} ${name}`

/** Foreign words may hold addresses of people and files: only our own are shown. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message
  return error instanceof Error ? error.name : 'unknown'
}

/** "t…r@school.example" */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const name = email.slice(0, Math.max(0, at))
  return `${name.slice(0, 1)}…${name.length > 2 ? name.slice(-1) : ''}${email.slice(at)}`
}

const STATE: Record<keyof SheetStates['byState'], string> = {
  ok: 'พร้อมใช้',
  creating: 'กำลังสร้าง',
  header_broken: 'อ่านหัวตารางไม่ได้',
  tab_missing: 'ไม่พบแท็บข้อมูล',
  trashed: 'อยู่ในถังขยะ',
  access_lost: 'เปิดไม่ได้',
}

export function stateLines(round: string, states: SheetStates): string[] {
  const { of, none, byState, locked, unread } = states
  const lines = [`ตารางรอบ ${round}: ${of} แห่ง`]
  if (none > 0) lines.push(`  ยังไม่มีตาราง ${none} แห่ง`)
  for (const [state, words] of Object.entries(STATE)) {
    const count = byState[state as keyof SheetStates['byState']] ?? 0
    if (count > 0) lines.push(`  ${words} ${count} แห่ง`)
  }
  if (locked > 0) lines.push(`  ล็อกอยู่ ${locked} แห่ง`)
  if (unread > 0) lines.push(`  รออ่านครั้งใหม่ ${unread} แห่ง`)
  return lines
}
