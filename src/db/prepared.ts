import type Database from 'better-sqlite3'
import type { Db, Tx } from './open.ts'

const connections = new WeakMap<Tx, Database.Database>()
const prepared = new WeakMap<Database.Database, Map<unknown, unknown>>()

/** Tells on which connection a transaction runs; `transact` does. */
export function rememberConnection(tx: Tx, raw: Database.Database): void {
  connections.set(tx, raw)
}

/**
 * What `make` prepares, made once per connection and used in every later transaction: building a statement costs ten times
 * its execution. `make` must be a named function of a module, since it is the key; what it prepares with drizzle on `tx` outlives
 * that transaction too, since drizzle keeps the statement and not the transaction. See docs/decisions/0009.
 */
export function preparedOn<T>(tx: Tx, make: (raw: Database.Database, tx: Tx) => T): T {
  const raw = connections.get(tx) ?? ownConnection(tx)
  if (!raw) throw new Error('prepared statements need a transaction that transact() opened')
  const known = prepared.get(raw) ?? new Map<unknown, unknown>()
  prepared.set(raw, known)
  const made = (known.get(make) as T | undefined) ?? make(raw, tx)
  known.set(make, made)
  return made
}

/** The database itself, asked outside a transaction. */
function ownConnection(tx: Tx | Db): Database.Database | null {
  return '$client' in tx ? tx.$client : null
}
