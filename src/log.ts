import { type Logger, pino } from 'pino'

const THIRTEEN_DIGITS = /(?<!\d)(?:[0-9]{13}|[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9])(?!\d)/g

const THAI_DIGITS = /[๐-๙](?:[\s.-]?[๐-๙]){12}/g

const toStdout = (line: string): void => void process.stdout.write(line)

/** Log lines as JSON on stdout. Whatever passes for a national id is masked at the last moment, whoever wrote it. */
export function openLog(level: string, write: (line: string) => void = toStdout): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => write(line.replace(THIRTEEN_DIGITS, maskIfId).replace(THAI_DIGITS, 'x-xxxx-xxxxx-xx-x')),
    },
  )
}

/**
 * Epoch milliseconds have thirteen digits too: only a fitting check digit makes an id. Where the digits may be a number of the
 * JSON line, zeros take their place: anything else would end its being JSON.
 */
function maskIfId(found: string, at: number, line: string): string {
  const digits = found.replaceAll('-', '')
  const sum = [...digits.slice(0, 12)].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  const check = (11 - (sum % 11)) % 10
  if (check !== Number(digits[12])) return found
  const mayBeNumber = /[:,[]/.test(line[at - 1] ?? '') && /[,}\]]/.test(line[at + found.length] ?? '')
  if (mayBeNumber) return `${digits.slice(0, 5)}00000000`
  return `${digits[0]}-${digits.slice(1, 5)}-xxxxx-xx-${digits[12]}`
}
