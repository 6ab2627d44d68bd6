import { buddhistOffset, type PartialDate } from '../workflow/rules/roster/calendar.ts'
import { type RosterColumn, rosterColumns } from '../workflow/rules/roster/columns.ts'
import { readPrefix } from '../workflow/rules/roster/prefix.ts'
import type { Pupil } from '../workflow/rules/roster/pupil.ts'
import { waitingStatus } from '../workflow/rules/roster/status.ts'
import { type Cell, textCell } from './cells.ts'
import { sexes } from './sheet-words.ts'

/**
 * A pupil of the round before as a row of the new sheet, in the template's order, all as text. Who counted is taken as
 * เรียนอยู่; whether the child exists and what was explained are asked anew in each round.
 */
export function carriedCells(pupil: Pupil): Cell[] {
  const status = pupil.status === waitingStatus ? waitingStatus : 'เรียนอยู่'
  return cellsInOrder({ ...textsOf(pupil), status })
}

/** A pupil of this round as a row of a sheet that takes the place of a lost one: as the row was read last. */
export function heldCells(pupil: Pupil): Cell[] {
  const { status, explanation, exists } = pupil
  const cells = cellsInOrder({ ...textsOf(pupil), status, explanation })
  if (exists) cells[rosterColumns.indexOf('exists')] = { userEnteredValue: { boolValue: true } }
  return cells
}

const cellsInOrder = (texts: Record<RosterColumn, string>): Cell[] =>
  rosterColumns.map((column) => textCell(texts[column]))

function textsOf(pupil: Pupil): Record<RosterColumn, string> {
  return {
    nationalId: pupil.number ?? '',
    pupilNumber: pupil.pupilNumber,
    prefix: pupil.prefix,
    firstName: pupil.firstName,
    lastName: pupil.lastName,
    sex: sexWord(pupil),
    birthDate: writtenDate(pupil.birthDate),
    nationality: pupil.nationality,
    grade: pupil.grade,
    room: pupil.room,
    enteredOn: pupil.enteredOn ? writtenDate(pupil.enteredOn) : '',
    status: '',
    exists: '',
    explanation: '',
  }
}

/** Said only where the prefix does not tell. */
function sexWord(pupil: Pupil): string {
  if (readPrefix(pupil.prefix)?.sex) return ''
  return pupil.sex === 'm' ? sexes[0] : sexes[1]
}

/** dd/mm/yyyy in BE; 00 for what is not known. */
function writtenDate({ year, month, day }: PartialDate): string {
  const two = (part: number | null) => String(part ?? 0).padStart(2, '0')
  return `${two(day)}/${two(month)}/${year + buddhistOffset}`
}
