import type { RequestKind } from './quota.ts'
import type { World } from './world.ts'

export const faultKinds = [
  '429-read',
  '429-write',
  '403-rate',
  '403-sharing',
  '500',
  '503-before',
  '503-after',
  'timeout',
  'cut',
  'cut-before',
  'access-lost',
  'slow',
] as const
export type FaultKind = (typeof faultKinds)[number]
export type Fault = {
  on: 'sheets' | 'drive' | 'token' | 'any'
  method?: string
  path?: string
  kind: FaultKind
  delayMs?: number
}
type HeldFault = Fault & { id: number; left: number }

export function addFault(world: World, fault: Fault, times: number): number {
  const { lastInsertRowid } = world
    .sql('INSERT INTO faults (doc, left) VALUES (?, ?)')
    .run(JSON.stringify(fault), times)
  return Number(lastInsertRowid)
}

export function listFaults(world: World): HeldFault[] {
  const rows = world.sql('SELECT id, doc, left FROM faults ORDER BY id').all() as {
    id: number
    doc: string
    left: number
  }[]
  return rows.map((row) => ({ ...(JSON.parse(row.doc) as Fault), id: row.id, left: row.left }))
}

export function clearFaults(world: World): void {
  world.sql('DELETE FROM faults').run()
}

/** The oldest fault that fits the request; it is used up once by being taken. */
export function takeFault(
  world: World,
  request: { on: 'sheets' | 'drive' | 'token'; method: string; path: string; kind?: RequestKind },
): Fault | undefined {
  const fault = listFaults(world).find((held) => fits(held, request))
  if (!fault) return undefined
  if (fault.left <= 1) world.sql('DELETE FROM faults WHERE id = ?').run(fault.id)
  else world.sql('UPDATE faults SET left = left - 1 WHERE id = ?').run(fault.id)
  return fault
}

function fits(
  fault: Fault,
  request: { on: 'sheets' | 'drive' | 'token'; method: string; path: string; kind?: RequestKind },
): boolean {
  if (fault.on !== 'any' && fault.on !== request.on) return false
  if (fault.method && fault.method.toUpperCase() !== request.method) return false
  if (fault.path && !request.path.includes(fault.path)) return false
  if (fault.kind === '429-read') return request.kind?.access === 'read'
  if (fault.kind === '429-write') return request.kind?.access === 'write'
  return true
}
