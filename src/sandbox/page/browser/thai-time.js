const ZONE = 'Asia/Bangkok'
const longDate = new Intl.DateTimeFormat('th-TH', {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const shortDate = new Intl.DateTimeFormat('th-TH', { timeZone: ZONE, weekday: 'short', day: 'numeric', month: 'short' })
const momentDate = new Intl.DateTimeFormat('th-TH', {
  timeZone: ZONE,
  day: 'numeric',
  month: 'short',
  year: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
const clockTime = new Intl.DateTimeFormat('th-TH', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const shortTime = new Intl.DateTimeFormat('th-TH', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
const isoParts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

/** @param {number | string} at */
const instant = (at) => new Date(at)

/** @param {number} at */
export const thaiDate = (at) => longDate.format(instant(at))
/** @param {number | string} at */
export const thaiMoment = (at) => momentDate.format(instant(at))
/** @param {number} at */
export const thaiClock = (at) => clockTime.format(instant(at))
/** @param {number | string} at */
export const thaiTime = (at) => shortTime.format(instant(at))
/** @param {number | string} at */
export const thaiSeconds = (at) => clockTime.format(instant(at))

/**
 * A day as the chat's separator names it.
 * @param {number | string} at
 */
export function thaiDay(at) {
  const day = shortDate.format(instant(at))
  return day === shortDate.format(new Date()) ? 'วันนี้' : day
}

/**
 * Bangkok's wall clock in the form a datetime-local field takes.
 * @param {number} at
 */
export const fieldValue = (at) => isoParts.format(instant(at)).replace(' ', 'T')

/** @param {string} value of a datetime-local field, Bangkok time */
export const fieldInstant = (value) => Date.parse(`${value}:00+07:00`)
