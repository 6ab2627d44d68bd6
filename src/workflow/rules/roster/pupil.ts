import type { PartialDate } from './calendar.ts'
import type { Sex } from './prefix.ts'
import type { PupilStatus } from './status.ts'

/** A row that was read without errors. Dates in CE years; words in the roster's own spelling. */
export type Pupil = {
  row: number
  /** The normalised number; for a child waiting for a G-Code one made of name and birth date. Unique in a roster. */
  key: string
  numberKind: 'national_id' | 'g_code' | 'waiting'
  number: string | null
  pupilNumber: string
  prefix: string
  firstName: string
  lastName: string
  sex: Sex
  birthDate: PartialDate
  nationality: string
  grade: string
  room: string
  enteredOn: PartialDate | null
  status: PupilStatus
  /** Whether the pupil is part of the number that is confirmed. */
  counts: boolean
  /** Attested as existing (R28). */
  exists: boolean
  explanation: string
}

/** Who waits for a G-Code is known by name and birth date. */
export function waitingKey(pupil: Pick<Pupil, 'firstName' | 'lastName' | 'birthDate'>): string {
  const { firstName, lastName, birthDate } = pupil
  return `waiting:${firstName}:${lastName}:${birthDate.year}-${birthDate.month ?? 0}-${birthDate.day ?? 0}`
}
