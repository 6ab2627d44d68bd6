import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { and, eq } from 'drizzle-orm'
import { type Db, transact } from '../db/open.ts'
import { leases } from '../db/schema.ts'

const HOST = hostname()
const HOLDER = `${HOST}/${process.pid}/${randomBytes(4).toString('hex')}`

/**
 * Runs `work` while this process holds the lease `name`; null when another process holds it. The lease of a process that is
 * gone from this machine is taken over at once, any other after `ttlMs`. Renewed while `work` runs. `platformNow`: epoch ms.
 */
export async function withLease<T>(
  db: Db,
  name: string,
  ttlMs: number,
  platformNow: () => number,
  work: () => Promise<T>,
): Promise<T | null> {
  if (!takeLease(db, name, ttlMs, platformNow())) return null
  const renewal = setInterval(() => renew(db, name, ttlMs, platformNow()), Math.max(500, ttlMs / 3))
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    transact(db, (tx) =>
      tx
        .delete(leases)
        .where(and(eq(leases.name, name), eq(leases.holder, HOLDER)))
        .run(),
    )
  }
}

function takeLease(db: Db, name: string, ttlMs: number, now: number): boolean {
  return transact(db, (tx) => {
    const held = tx.select().from(leases).where(eq(leases.name, name)).get()
    if (held && held.holder !== HOLDER && held.until > now && !isGone(held.holder)) return false
    const values = { name, holder: HOLDER, until: now + ttlMs }
    tx.insert(leases).values(values).onConflictDoUpdate({ target: leases.name, set: values }).run()
    return true
  })
}

/** In a timer nobody would catch a busy database: the next renewal tries again, well before the lease ends. */
function renew(db: Db, name: string, ttlMs: number, now: number): void {
  try {
    takeLease(db, name, ttlMs, now)
  } catch {
    return
  }
}

function isGone(holder: string): boolean {
  const [host, pid] = holder.split('/')
  if (host !== HOST) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
