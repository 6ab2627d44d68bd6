import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'

/** Last words of politeness; several may follow each other. สถานะ ends like one, and so do ชนะ and ทันที. */
const POLITE =
  /(?:\s*(?:ครับผม|ครับ|คับผม|คับ|คร้าบ|ค้าบ|คร๊าบ|ครัช|ฮะ|งับ|นะคะ|ค่ะ|คะ|ค๊ะ|ค้ะ|คร่ะ|คร้า|(?<!ตั้ง|ตัง)ค่า|จ้ะ|จ้า|จ๊ะ|จร้า|จ๋า|(?<!ถา|ช)นะ|น่ะ|เด้อ|หน่อย|ด้วย|ให้|please|pls|(?<!นา|ทัน|เวลา)ที(?=\s|$)|555+|\^\^|!|\.|…|~|ๆ|\p{Extended_Pictographic}|\p{Emoji_Modifier}))+$/u

export const oneSpelling = (text: string): string => toArabicDigits(normaliseText(text)).toLowerCase()

/** A letter held down: three or more of the same are one. */
const held = /([ก-๎])\1{2,}/gu

/** A text as it is compared and cut: one spelling, Arabic digits, lower case, without politeness. */
export function plainText(text: string): string {
  const plain = oneSpelling(text).replace(held, '$1')
  const polite = plain.replace(POLITE, '').trim()
  return polite === '' ? plain : polite
}

/** Spaces and marks do not tell one command from another. */
export const squeeze = (text: string): string => text.replace(/[\s.,"'“”()!\-–_:]/g, '')
