import type { Command } from './command.ts'

/** Commands whose answer may have pages. */
const PAGED: ReadonlySet<Command['kind']> = new Set([
  'left',
  'nudge',
  'requests',
  'in-charge',
  'mark-checked',
  'check-counts',
  'confirm',
])

/**
 * Long lists by page (รายชื่อที่ยังไม่ยืนยัน หน้า 2), the list of one unit below, and reminding one or all of those who owe.
 * `again` understands what stands before the page.
 */
export function listWith(plain: string, again: (text: string) => Command): Command | null {
  const paged = /^(.*\S)\s*หน้า(?:ที่)?\s*(\d{1,3})$/.exec(plain)
  if (paged) return onPage(again(paged[1] ?? ''), Number(paged[2]))
  const left =
    /^(?:ดู)?\s*(?:รายชื่อ(?:หน่วย|แห่ง)?ที่ยังไม่(?:ได้)?ยืนยัน|เหลือใคร(?:บ้าง)?|ใครยังไม่(?:ได้)?ยืนยัน(?:บ้าง)?)\s*(?:ของ|ใน)?\s*(.+)$/.exec(
      plain,
    )?.[1]
  if (left) return { kind: 'left', unit: left }
  const nudged = /^(?:เตือน|ทวง)\s*(?:ไปที่|ไปยัง)?\s*(.+)$/.exec(plain)?.[1]
  if (nudged) return { kind: 'nudge', unit: nudged, all: false }
  return countsWith(plain)
}

function onPage(command: Command, page: number): Command | null {
  if (page < 1 || !PAGED.has(command.kind)) return null
  // A number after ยืนยัน is what is confirmed: a page of it is only ever looked at.
  if (command.kind === 'confirm' && command.count !== null) return null
  if (command.kind === 'mark-checked' && (command.count !== null || command.unit !== null)) return null
  if (command.kind === 'nudge' && (command.all || command.unit !== null)) return null
  if (command.kind === 'check-counts' && (command.count !== null || command.name !== null)) return null
  return { ...command, page } as Command
}

/** สังกัดอื่นไม่เปลี่ยนแปลง 12 / สังกัดอื่นไม่เปลี่ยนแปลง โรงเรียนวัดใหม่ */
function countsWith(plain: string): Command | null {
  const unchanged = /^(?:จำนวน)?สังกัดอื่น\s*ไม่(?:มีการ)?เปลี่ยนแปลง\s*(?:ทั้ง)?\s*(.+)$/.exec(plain)?.[1]
  if (!unchanged) return null
  const digits = /^([\d,]+)\s*(?:แห่ง)?$/.exec(unchanged)?.[1]
  const count = digits === undefined ? null : Number(digits.replaceAll(',', ''))
  return { kind: 'check-counts', count, name: count === null ? unchanged : null }
}
