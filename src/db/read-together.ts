import type { Db, Tx } from './open.ts'
import { rememberConnection } from './prepared.ts'

/** Runs `work` on one unchanging picture of the database without keeping anybody from writing meanwhile (WAL). It must not write. */
export function readTogether<T>(db: Db, work: (tx: Tx) => T): T {
  const run = (tx: Tx): T => {
    rememberConnection(tx, db.$client)
    return work(tx)
  }
  return db.transaction(run, { behavior: 'deferred' })
}
