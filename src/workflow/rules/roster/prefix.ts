import { onlyNear } from '../text/nearest-word.ts'
import { remember } from '../text/remember.ts'
import { wordKey } from '../text/thai-text.ts'

export type Sex = 'm' | 'f'
/** `child` goes with under 15 full years, `adult` with 15 and more, `any` with every age (novices, titles, ranks). */
export type Prefix = { name: string; sex: Sex | null; goesWith: 'child' | 'adult' | 'any' }

type PrefixWords = Prefix & { spellings: readonly string[] }

const prefixes: readonly PrefixWords[] = [
  { name: 'ด.ช.', sex: 'm', goesWith: 'child', spellings: ['เด็กชาย'] },
  { name: 'ด.ญ.', sex: 'f', goesWith: 'child', spellings: ['เด็กหญิง'] },
  { name: 'นาย', sex: 'm', goesWith: 'adult', spellings: [] },
  { name: 'นางสาว', sex: 'f', goesWith: 'adult', spellings: ['น.ส.'] },
  { name: 'นาง', sex: 'f', goesWith: 'adult', spellings: [] },
  { name: 'สามเณร', sex: 'm', goesWith: 'any', spellings: ['ส.ณ.'] },
  { name: 'พระ', sex: 'm', goesWith: 'any', spellings: ['พระภิกษุ'] },
  { name: 'แม่ชี', sex: 'f', goesWith: 'any', spellings: [] },
  { name: 'ม.ล.', sex: null, goesWith: 'any', spellings: ['หม่อมหลวง'] },
  { name: 'ม.ร.ว.', sex: null, goesWith: 'any', spellings: ['หม่อมราชวงศ์'] },
  { name: 'ม.จ.', sex: null, goesWith: 'any', spellings: ['หม่อมเจ้า'] },
  { name: 'พลทหาร', sex: 'm', goesWith: 'any', spellings: ['พลฯ'] },
  { name: 'ว่าที่ร้อยตรี', sex: 'm', goesWith: 'any', spellings: ['ว่าที่ ร.ต.'] },
  { name: 'ว่าที่ร้อยตรีหญิง', sex: 'f', goesWith: 'any', spellings: ['ว่าที่ ร.ต.หญิง'] },
]

const byKey = new Map<string, Prefix>(
  prefixes.flatMap(({ spellings, ...prefix }) =>
    [prefix.name, ...spellings].map((word) => [wordKey(word), prefix] as const),
  ),
)

/** Reads คำนำหน้า with or without dots and spaces; null when it is no prefix we know. */
export const readPrefix = remember((text): Prefix | null => byKey.get(wordKey(text)) ?? null)

const spokenPrefixes = new Map([['เณร', 'สามเณร']])

/** The prefix that a word which is none was meant to be, when it can be only one. */
export function prefixMeant(text: string): string | null {
  const key = wordKey(text)
  return spokenPrefixes.get(key) ?? onlyNear(key, byKey)?.name ?? null
}

/** The prefix of the same sex that goes with the other side of 15 years. */
export function otherAgePrefix(prefix: Prefix): string {
  if (prefix.goesWith === 'child') return prefix.sex === 'm' ? 'นาย' : 'นางสาว'
  return prefix.sex === 'm' ? 'ด.ช.' : 'ด.ญ.'
}

const sexWords = new Map<string, Sex>([
  ...['ช', 'ชาย', 'เพศชาย', 'm', 'male'].map((word) => [word, 'm'] as const),
  ...['ญ', 'หญิง', 'เพศหญิง', 'f', 'female'].map((word) => [word, 'f'] as const),
])

/** Reads เพศ, which matters only where the prefix does not tell; null when it is neither. */
export function readSex(text: string): Sex | null {
  return sexWords.get(wordKey(text)) ?? null
}
