import { type Logger, pino } from 'pino'

const THIRTEEN_DIGITS = /(?<!\d)[0-9]{13}(?!\d)/g

const toStdout = (line: string): void => void process.stdout.write(line)

/** Log lines as JSON on stdout. Whatever passes for a national id is masked at the last moment, whoever wrote it. */
export function openLog(level: string, write: (line: string) => void = toStdout): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(line.replace(THIRTEEN_DIGITS, maskIfId)) },
  )
}

/** Epoch milliseconds have thirteen digits too: only a fitting check digit makes an id. */
function maskIfId(digits: string): string {
  const sum = [...digits.slice(0, 12)].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  const check = (11 - (sum % 11)) % 10
  if (check !== Number(digits[12])) return digits
  return `${digits[0]}-${digits.slice(1, 5)}-xxxxx-xx-${digits[12]}`
}
