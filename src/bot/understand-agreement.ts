import type { Command } from './command.ts'

/** นัดส่ง with a unit, a date, a time; what is what is found by the command. */
export function agreementWith(plain: string): Command | null {
  const accepted = /^ตกลง(?:ตาม)?นัด(?:ส่ง)?(?:ข้อมูล)?\s*(?:กับ|ของ)?\s*(.+)$/.exec(plain)?.[1]
  if (accepted) return { kind: 'accept-deadline', unit: accepted }
  const asked = /^(?:ขอ)?นัด(?:หมาย)?(?:วัน)?ส่ง(?:ข้อมูล)?\s*(?:กับ|วันที่)?\s*(.+)$/.exec(plain)?.[1]
  return asked ? { kind: 'agree-deadline', rest: asked } : null
}
