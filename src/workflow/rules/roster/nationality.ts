import { remember } from '../text/remember.ts'

/** Reads สัญชาติ. There is no list to hold it against: a word it must be; null when it is none. */
export const readNationality = remember((text): string | null => {
  if (!/\p{L}/u.test(text)) return null
  return /^(?:สัญชาติ)?\s*(?:ไทย|thai)$/i.test(text) ? 'ไทย' : text
})
