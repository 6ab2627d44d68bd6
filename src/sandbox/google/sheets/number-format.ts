import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { dateOfSerial } from './serial-date.ts'

const shortMonths = ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.']
const longMonths = [
  'มกราคม',
  'กุมภาพันธ์',
  'มีนาคม',
  'เมษายน',
  'พฤษภาคม',
  'มิถุนายน',
  'กรกฎาคม',
  'สิงหาคม',
  'กันยายน',
  'ตุลาคม',
  'พฤศจิกายน',
  'ธันวาคม',
]

/** A number as the cell shows it. Patterns: https://developers.google.com/workspace/sheets/api/guides/formats */
export function formatNumber(value: number, format: sheets_v4.Schema$NumberFormat | null | undefined): string {
  switch (format?.type) {
    case 'DATE':
      return formatDate(value, format.pattern || 'd/M/yyyy')
    case 'DATE_TIME':
      return formatDate(value, format.pattern || 'd/M/yyyy, H:mm:ss')
    case 'TIME':
      return formatDate(value, format.pattern || 'H:mm:ss')
    case 'NUMBER':
      return formatPattern(value, format.pattern || '#,##0.00')
    case 'CURRENCY':
      return formatPattern(value, format.pattern || '[$฿]#,##0.00')
    case 'PERCENT':
      return formatPattern(value, format.pattern || '0.00%')
    case 'SCIENTIFIC':
      return scientific(value, 2)
    default:
      return formatAutomatic(value)
  }
}

/** Without a format a number shows at most ten significant decimals, and 16 digits or more in scientific form. */
function formatAutomatic(value: number): string {
  if (Math.abs(value) >= 1e15) return scientific(value, 5)
  if (Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(10)))
}

function scientific(value: number, digits: number): string {
  const [mantissa = '0', exponent = '+0'] = value.toExponential(digits).split('e')
  const power = exponent.slice(1).padStart(2, '0')
  return `${digits > 2 ? String(Number(mantissa)) : mantissa}E${exponent.charAt(0)}${power}`
}

function formatPattern(value: number, pattern: string): string {
  const section = pattern.split(';')[0] ?? ''
  const body = /[#0][#0,]*(?:\.[#0]+)?%?/.exec(section)
  if (!body) return formatAutomatic(value)
  const digits = body[0]
  const percent = digits.endsWith('%')
  const [whole = '', fraction = ''] = digits.replace('%', '').split('.')
  const fixed = Math.abs(percent ? value * 100 : value).toFixed(fraction.length)
  const [left = '0', right = ''] = fixed.split('.')
  const padded = left.padStart((whole.match(/0/g) ?? []).length, '0')
  const grouped = whole.includes(',') ? padded.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : padded
  const keptRight = right.replace(new RegExp(`0{0,${(fraction.match(/#/g) ?? []).length}}$`), '')
  const number = `${value < 0 ? '-' : ''}${grouped}${keptRight === '' ? '' : `.${keptRight}`}${percent ? '%' : ''}`
  const unquote = (text: string) => text.replace(/\[\$([^\]]*)\]/g, '$1').replace(/["\\]/g, '')
  return unquote(section.slice(0, body.index)) + number + unquote(section.slice(body.index + digits.length))
}

function formatDate(serial: number, pattern: string): string {
  const date = dateOfSerial(serial)
  const two = (value: number) => String(value).padStart(2, '0')
  let afterHour = false
  return pattern.replace(/y+|M+|d+|h+|H+|m+|s+|"[^"]*"/g, (token) => {
    const word = token.charAt(0)
    const minutes = token.startsWith('m') && afterHour
    if (token.startsWith('"')) return token.slice(1, -1)
    if (word === 'h' || word === 'H') {
      afterHour = true
      return token.length > 1 ? two(date.getUTCHours()) : String(date.getUTCHours())
    }
    if (minutes) return token.length > 1 ? two(date.getUTCMinutes()) : String(date.getUTCMinutes())
    if (word === 's') return token.length > 1 ? two(date.getUTCSeconds()) : String(date.getUTCSeconds())
    if (word === 'y') return token.length > 2 ? String(date.getUTCFullYear()) : two(date.getUTCFullYear() % 100)
    if (word === 'd') return token.length > 1 ? two(date.getUTCDate()) : String(date.getUTCDate())
    return month(date.getUTCMonth(), token.length)
  })
}

function month(index: number, letters: number): string {
  if (letters > 3) return longMonths[index] ?? ''
  if (letters === 3) return shortMonths[index] ?? ''
  return letters === 2 ? String(index + 1).padStart(2, '0') : String(index + 1)
}
