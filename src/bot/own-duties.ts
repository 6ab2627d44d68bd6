import type { Tx } from '../db/open.ts'
import type { Actor } from '../workflow/actor.ts'
import { unitKey } from '../workflow/find-unit.ts'
import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'
import { unitByAnyCode } from '../workflow/unit.ts'

/** Of somebody's duties, those at the unit that a text names: by its name, a short form of it, part of it, or its code. */
export function ownDuties(tx: Tx, duties: readonly Actor[], asked: string): Actor[] {
  const key = unitKey(asked)
  if (key.length < 2) return []
  const same = duties.filter((duty) => unitKey(duty.unitName) === key)
  if (same.length > 0) return onePerUnit(same)
  if (/^\d{8,10}$/.test(key)) {
    const bearer = unitByAnyCode(tx, key)?.unit.id
    return onePerUnit(duties.filter((duty) => duty.unitId === bearer))
  }
  return onePerUnit(duties.filter((duty) => unitKey(duty.unitName).includes(key)))
}

/** Two duties at one unit are one place; the officer's comes first, because it may do more. */
function onePerUnit(duties: readonly Actor[]): Actor[] {
  const officersFirst = [...duties].sort((a, b) => Number(b.role === 'officer') - Number(a.role === 'officer'))
  return officersFirst.filter(
    (duty, index) => officersFirst.findIndex(({ unitId }) => unitId === duty.unitId) === index,
  )
}

/** How the kinds are written besides their full form. */
const KINDS: readonly [RegExp, string][] = [
  [/^ศูนย์พัฒนาเด็กเล็ก/, '(?:ศูนย์(?:พัฒนา)?เด็กเล็ก|ศูนย์ฯ?|ศพด\\.?)'],
  [/^โรงเรียน/, '(?:โรงเรียน|ร\\.?ร\\.?)'],
  [/^วิทยาลัย/, '(?:วิทยาลัย|วท\\.?)'],
  [/^องค์การบริหารส่วนตำบล/, '(?:องค์การบริหารส่วนตำบล|อบต\\.?)'],
  [/^องค์การบริหารส่วนจังหวัด/, '(?:องค์การบริหารส่วนจังหวัด|อบจ\\.?)'],
  [/^เทศบาลนคร/, '(?:เทศบาลนคร|ทน\\.?)'],
  [/^เทศบาลเมือง/, '(?:เทศบาลเมือง|ทม\\.?)'],
  [/^เทศบาลตำบล/, '(?:เทศบาลตำบล|ทต\\.?)'],
  [/^จังหวัด/, '(?:จังหวัด|จ\\.)'],
]

const spelled = (name: string): string =>
  [...name.replace(/\s+/g, '')].map((char) => char.replace(/[.*+?^${}()|[\]\\]/, '\\$&')).join('\\s*')

function written(unitName: string): RegExp {
  const kind = KINDS.find(([full]) => full.test(unitName))
  const name = kind
    ? `${kind[1]}\\s*${spelled(toArabicDigits(normaliseText(unitName)).replace(kind[0], ''))}`
    : spelled(toArabicDigits(normaliseText(unitName)))
  // A name that goes on is another unit's: บ้านนา in บ้านนาดี, 1 in 12.
  return new RegExp(`(?:ของ|ที่)?\\s*${name}(?=\\s|$)(?!\\s*\\d)`, 'iu')
}

/** The one duty whose unit stands in a sentence by its whole name, and the sentence without it; null when none or two fit. */
export function dutyInSentence(typed: string, duties: readonly Actor[]): { actor: Actor; said: string } | null {
  const text = toArabicDigits(normaliseText(typed))
  const found = onePerUnit(duties).flatMap((actor) => {
    const match = written(actor.unitName).exec(text)
    return match ? [{ actor, match: match[0], at: match.index }] : []
  })
  const longest = found.filter(({ match }) => match.length === Math.max(...found.map((one) => one.match.length)))
  const [only, other] = longest
  if (!only || other) return null
  const said = `${text.slice(0, only.at)} ${text.slice(only.at + only.match.length)}`.trim()
  return said === '' ? null : { actor: only.actor, said }
}
