import type { Logger } from 'pino'
import type { Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Db, Tx } from '../db/open.ts'
import type { sheetFiles } from '../db/schema.ts'
import type { Google } from './metered-google.ts'

/** Domain clock for rounds, reads and receipts; platform clock for whatever Google times (house.md, Two clocks). */
export type Clock = {
  now(): Instant
  platformNow(): number /** What Google dated, on the domain clock. */
  toDomain(platformMs: number): Instant
}

/** Whether Google took an officer's address as an editor of the unit's sheet. */
export type AddressAnswer = {
  personId: PersonId
  unitId: UnitId
  roundId: RoundId
  email: string
  state: 'accepted' | 'refused'
}

export type SheetDeps = {
  db: Db
  google: Google
  driveId: string
  clock: Clock
  log: Logger
  /** Runs in the transaction that keeps the answer, so that telling the person is not lost. */
  onAddress?: (tx: Tx, answer: AddressAnswer) => void
}

export type SheetFile = typeof sheetFiles.$inferSelect
