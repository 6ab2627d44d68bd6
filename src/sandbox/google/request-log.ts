import type { World } from './world.ts'

export type LoggedRequest = {
  seq: number
  at: number
  method: string
  path: string
  status: number | null
  summary: string
  email: string | null
}

const keptRequests = 20_000

/** Keeps what was asked. `status` is null when the caller never got an answer. */
export function logRequest(world: World, request: Omit<LoggedRequest, 'seq' | 'at'>): void {
  // A request that a fault held may outlive the sandbox it came to.
  if (!world.db.open) return
  const { lastInsertRowid } = world
    .sql('INSERT INTO requests (at, method, path, status, summary, email) VALUES (?, ?, ?, ?, ?, ?)')
    .run(world.now(), request.method, request.path, request.status, request.summary, request.email)
  const seq = Number(lastInsertRowid)
  if (seq % 1000 === 0) world.sql('DELETE FROM requests WHERE seq <= ?').run(seq - keptRequests)
}

export function listRequests(world: World, options: { after: number; limit: number }): LoggedRequest[] {
  return world
    .sql('SELECT seq, at, method, path, status, summary, email FROM requests WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(options.after, options.limit) as LoggedRequest[]
}
