import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { units } from '../db/schema.ts'
import type { Unit } from '../workflow/unit.ts'

/** The department, which has no code to ask for (R22). */
export function departmentUnit(tx: Tx): Unit | null {
  return tx.select().from(units).where(eq(units.level, 'department')).get() ?? null
}
