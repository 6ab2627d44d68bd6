import type { Role } from '../db/schema.ts'
import type { DutyChange } from '../workflow/appointment-changes.ts'
import type { Command } from './command.ts'

const ROLES: Record<string, Role> = { ผู้บริหาร: 'executive', ผู้รับรอง: 'certifier', เจ้าหน้าที่: 'officer' }

const CHANGES: readonly [RegExp, DutyChange][] = [
  [/^(?:ระงับ|พัก)หน้าที่\s*(?:ของ)?\s*:?\s*(.+)$/, 'suspend'],
  [/^(?:คืน|เลิกระงับ)หน้าที่\s*(?:ให้|ของ)?\s*:?\s*(.+)$/, 'resume'],
  [/^(?:(?:ให้)?พ้น|เพิกถอน)หน้าที่\s*(?:ของ)?\s*:?\s*(.+)$/, 'end'],
]

/** Who is appointed, invited, suspended: commands of the level above. `plain` is in one spelling, without politeness. */
export function appointmentWith(plain: string): Command | null {
  return inviteWith(plain) ?? revokeWith(plain) ?? changeWith(plain) ?? certifierWith(plain) ?? inChargeWith(plain)
}

/** เชิญ … แทน … คำสั่งที่ … ลงวันที่ …: the unit first, the rest in any order. */
const PARTS = /\s+(?=(?:แทน|(?:ตาม)?คำสั่ง|ลงวันที่|ลว\.?)\s*\S)/

function inviteWith(plain: string): Command | null {
  const invited = /^เชิญ\s*(ผู้บริหาร|ผู้รับรอง|เจ้าหน้าที่)?\s*(?:ของ)?\s*(.+)$/.exec(plain)
  if (!invited?.[2]) return null
  const [unit = '', ...parts] = invited[2].split(PARTS)
  const number = after(parts, /^(?:ตาม)?คำสั่ง(?:แต่งตั้ง)?\s*(?:เลข)?(?:ที่)?\s*/)
  const date = after(parts, /^(?:ลงวันที่|ลว\.?)\s*/)
  return {
    kind: 'invite',
    unit,
    role: ROLES[invited[1] ?? ''] ?? 'officer',
    order: number === null && date === null ? null : { number: number ?? '', date },
    replaces: after(parts, /^แทน\s*/),
  }
}

function after(parts: readonly string[], mark: RegExp): string | null {
  const part = parts.find((one) => mark.test(one))
  const said = part?.replace(mark, '').trim() ?? ''
  return said === '' ? null : said
}

function revokeWith(plain: string): Command | null {
  const revoked = /^ยกเลิกรหัส(?:เข้าร่วม)?\s*(?:ลำดับ|ที่)?\s*(\d{1,3})$/.exec(plain)
  return revoked ? { kind: 'revoke-invitation', number: Number(revoked[1]) } : null
}

function changeWith(plain: string): Command | null {
  for (const [words, change] of CHANGES) {
    const name = words.exec(plain)?.[1]
    if (name) return { kind: 'change-duty', change, name }
  }
  return null
}

function certifierWith(plain: string): Command | null {
  const said = /^(เปิด|ปิด)(?:ใช้)?ผู้รับรอง\s*(?:ของ)?\s*(.+)$/.exec(plain)
  return said?.[2] ? { kind: 'certifier', on: said[1] === 'เปิด', unit: said[2] } : null
}

function inChargeWith(plain: string): Command | null {
  const unit = /^(?:ผู้รับผิดชอบ|ใครดูแล|ใครรับผิดชอบ)\s*(?:ของ|ที่)?\s+(.+)$/.exec(plain)?.[1]
  return unit ? { kind: 'in-charge', unit } : null
}
