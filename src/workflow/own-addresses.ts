import { eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { installation } from '../db/schema.ts'

const NAMES = { lineBasicId: 'line-basic-id', web: 'web-address' } as const

/** Where people find the product: its LINE account (@…) and its web server, as the running product last knew them. */
export type OwnAddresses = { lineBasicId: string | null; web: string | null }

/** Null forgets: a server that is no longer reachable from outside gives no addresses. */
export function keepOwnAddress(tx: Tx, which: keyof OwnAddresses, value: string | null): void {
  const name = NAMES[which]
  if (value === null) tx.delete(installation).where(eq(installation.name, name)).run()
  else
    tx.insert(installation)
      .values({ name, value })
      .onConflictDoUpdate({ target: installation.name, set: { value } })
      .run()
}

export function ownAddresses(tx: Tx): OwnAddresses {
  const of = (name: string): string | null =>
    tx.select().from(installation).where(eq(installation.name, name)).get()?.value ?? null
  return { lineBasicId: of(NAMES.lineBasicId), web: of(NAMES.web) }
}
