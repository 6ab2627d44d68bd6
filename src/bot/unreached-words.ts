import { inArray } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { people, units } from '../db/schema.ts'
import { takeUnreached } from '../workflow/unreached.ts'
import { ANSWERS } from './words/answers.ts'

/** Whom the act that was just done could not tell by chat (R38); null when everyone concerned will be told. */
export function unreachedWords(tx: Tx): string | null {
  const { unitIds, personIds } = takeUnreached(tx)
  const unitNames = tx.select({ name: units.name }).from(units).where(inArray(units.id, unitIds)).all()
  const personNames = tx.select({ name: people.name }).from(people).where(inArray(people.id, personIds)).all()
  if (unitNames.length + personNames.length === 0) return null
  const names = [...unitNames, ...personNames].map(({ name }) => name)
  return ANSWERS.unreached(names, unitNames[0]?.name ?? null)
}
