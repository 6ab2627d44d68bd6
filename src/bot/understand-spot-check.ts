import type { Command } from './command.ts'
import { tailOf } from './typed-tail.ts'

const ONLY_NUMBERS = /^(?:ข้อ|รายที่|ที่)?\s*(\d{1,4}(?:\s*(?:-|ถึง|,|และ|\s)\s*\d{1,4}(?!\d))*)$/
/** A note may begin with a figure: before one, numbers are told apart by more than a space. */
const NUMBERS_AND_NOTE = /^(?:ข้อ|รายที่|ที่)?\s*(\d{1,4}(?:\s*(?:-|ถึง|,|และ)\s*\d{1,4}(?!\d))*)\s+(.+)$/

/** The numbers of a spot check's list, alone, listed or from-to, and what is said after them. */
export function spotCheckWith(plain: string, text: string): Command | null {
  const drawn = /^สุ่มตรวจ\s*(?:จำนวน)?\s*(\d{1,4})\s*(?:แห่ง)?$/.exec(plain)?.[1]
  if (drawn) return { kind: 'spot-check', institutions: Number(drawn) }
  const said = /^(ไม่พบ|พบ)(?:ตัว)?\s*(?:แล้ว)?\s*(.+)$/.exec(plain)
  const list = said ? (ONLY_NUMBERS.exec(said[2] ?? '') ?? NUMBERS_AND_NOTE.exec(said[2] ?? '')) : null
  if (said && list) return spotResult({ found: said[1] === 'พบ', numbers: list[1] ?? '', rest: list[2] ?? '', text })
  const noted = /^หมายเหตุ(?:สุ่มตรวจ)?\s*(?:ข้อ)?\s*(\d{1,4}(?!\d))?\s*(.+)$/.exec(plain)
  if (!noted) return null
  return {
    kind: 'spot-note',
    number: noted[1] === undefined ? null : Number(noted[1]),
    rest: tailOf(text, noted[2] ?? ''),
  }
}

function spotResult(said: { found: boolean; numbers: string; rest: string; text: string }): Command {
  // "พบ 3 คน" says how many, not who.
  const howMany = /^(?:คน|ราย)(?:$|\s)/.test(said.rest)
  const note = said.rest === '' || howMany ? null : tailOf(said.text, said.rest)
  const numbers = howMany ? [] : numbersIn(said.numbers)
  return { kind: 'spot-result', result: said.found ? 'found' : 'not_found', numbers, note }
}

const MOST_NUMBERS = 200

function numbersIn(listed: string): number[] {
  const numbers = [...listed.matchAll(/(\d{1,4})(?:\s*(?:-|ถึง)\s*(\d{1,4}))?/g)].flatMap(([, from, to]) => {
    const first = Number(from)
    const last = to === undefined ? first : Number(to)
    return Array.from({ length: Math.max(0, Math.min(last - first + 1, MOST_NUMBERS)) }, (_, index) => first + index)
  })
  return [...new Set(numbers)].slice(0, MOST_NUMBERS)
}
