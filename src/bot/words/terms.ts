import type { Component, Role, UnitKind, UnitLevel } from '../../db/schema.ts'
import type { ReopeningCategory } from '../../workflow/reopening.ts'
import { maskId } from '../../workflow/rules/roster/mask-id.ts'
import { toArabicDigits } from '../../workflow/rules/text/thai-text.ts'

/** Who is counted, as the kind of institution calls them. */
export function pupils(kind: UnitKind): string {
  if (kind === 'child_centre') return 'เด็กเล็ก'
  if (kind === 'college') return 'นักศึกษา'
  if (kind === 'school') return 'นักเรียน'
  return 'ผู้เรียน'
}

export const ROLE: Record<Role, string> = { officer: 'เจ้าหน้าที่', executive: 'ผู้บริหาร', certifier: 'ผู้รับรอง' }

export const LEVEL: Record<UnitLevel, string> = {
  department: 'กรม',
  province: 'จังหวัด',
  lao: 'อปท.',
  institution: 'สถานศึกษา',
}

/** "เจ้าหน้าที่สถานศึกษา"; an abbreviation stands apart. */
export const dutyName = (duty: { role: Role; level: UnitLevel }): string =>
  `${ROLE[duty.role]}${duty.level === 'lao' ? ' ' : ''}${LEVEL[duty.level]}`

export const COMPONENT: Record<Component, string> = {
  roster: 'ข้อมูลรายชื่อ',
  overview: 'ภาพรวมของ อปท.',
  other_counts: 'จำนวนนักเรียนของสถานศึกษาสังกัดอื่น',
  province: 'ข้อมูลของจังหวัด',
}

/** The level that is asked to cancel a confirmation (R33, R34). */
export const ABOVE: Record<Component, string> = {
  roster: 'อปท. ต้นสังกัด',
  overview: 'จังหวัด',
  other_counts: 'จังหวัด',
  province: 'กรม',
}

/** Who is asked next by a level. */
export const ABOVE_LEVEL: Record<UnitLevel, string> = {
  institution: 'อปท. ต้นสังกัด',
  lao: 'จังหวัด',
  province: 'กรม',
  department: 'กรม',
}

/** A heading over who is in charge at the level above. */
export const AT_ABOVE: Record<UnitLevel, string> = {
  institution: 'อปท. ต้นสังกัด',
  lao: 'ระดับจังหวัด',
  province: 'ระดับกรม',
  department: 'ระดับกรม',
}

/** An abbreviation stands apart from the Thai that follows it. */
export const spaced = (words: string): string => (words.endsWith('.') ? `${words} ` : words)

/** The same for the Thai that comes before it. */
export const spacedBefore = (words: string): string => (words.startsWith('อปท.') ? ` ${words}` : words)

/** The same where nothing says which level speaks. */
export const ABOVE_ANY = 'หน่วยที่อยู่เหนือขึ้นไปหนึ่งระดับ (สถานศึกษาแจ้ง อปท. / อปท. แจ้งจังหวัด / จังหวัดแจ้งกรม)'

export const baselineAt = (date: string): string => `จำนวนเดิม ณ วันที่ ${date}`

export const CATEGORY: Record<ReopeningCategory, string> = {
  moved_in: 'มีผู้ย้ายเข้า',
  moved_out: 'มีผู้ย้ายออก',
  not_existing: 'พบผู้ไม่มีตัวตน',
  wrong_data: 'ข้อมูลผิด',
  other: 'เหตุอื่น',
}

export const round = (of: { schoolYear: number; term: number }): string => `ปีการศึกษา ${of.schoolYear} ครั้งที่ ${of.term}`

/** What is counted in a list: places, provinces, LAOs. */
export const PLACES = 'แห่ง'

export const more = (left: number, counted: string = PLACES): string => `และอีก ${left} ${counted}`

/** Thai and full-width digits are digits too: `\p{Nd}`, where `\d` knows 0-9 only. */
const ID_IN_TEXT =
  /(?<!\p{Nd})\p{Nd}(?:[\s\p{Cf}\p{Pd}./,_:|·]{0,3}\p{Nd}){12}(?!\p{Nd})|(?<![a-z\p{Nd}])g(?:[\s\p{Cf}\p{Pd}./]{0,3}\p{Nd}){12}(?!\p{Nd})/giu

/** Free text of a person without whole pupil numbers; telephone numbers stay. */
export const withoutIds = (text: string): string =>
  text.replace(ID_IN_TEXT, (found) => maskId(toArabicDigits(found).replace(/[^\dg]/gi, '')))
