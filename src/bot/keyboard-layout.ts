/** The keys of a US keyboard and what they type in the Thai Kedmanee layout (TIS 820-2538), row by row, plain then shifted. */
const KEYS: readonly [string, string][] = [
  ['1234567890-=', 'ๅ/-ภถุึคตจขช'],
  ['qwertyuiop[]\\', 'ๆไำพะัีรนยบลฃ'],
  ["asdfghjkl;'", 'ฟหกดเ้่าสวง'],
  ['zxcvbnm,./', 'ผปแอิืทมใฝ'],
  ['!@#$%^&*()_+', '+๑๒๓๔ู฿๕๖๗๘๙'],
  ['QWERTYUIOP{}|', '๐"ฎฑธํ๊ณฯญฐ,ฅ'],
  ['ASDFGHJKL:"', 'ฤฆฏโฌ็๋ษศซ.'],
  ['ZXCVBNM<>?', '()ฉฮฺ์?ฒฬฦ'],
]

const pairs = KEYS.flatMap(([latin, thai]) => [...latin].map((key, index) => [key, [...thai][index] ?? key] as const))
const THAI = new Map(pairs)
const LATIN = new Map(pairs.map(([latin, thai]) => [thai, latin] as const))

const through = (text: string, keys: ReadonlyMap<string, string>): string =>
  [...text].map((char) => keys.get(char) ?? char).join('')

/**
 * What the same keys would have typed in the other layout: "l5kot" is สถานะ, "หะฟะีห" is status. Null for a text in both scripts,
 * where nobody forgot to switch.
 */
export function inOtherLayout(text: string): string | null {
  const thai = /[ก-๎]/.test(text)
  const latin = /[a-z]/i.test(text)
  if (thai && !latin) return through(text, LATIN)
  if (latin && !thai) return through(text, THAI)
  return null
}
