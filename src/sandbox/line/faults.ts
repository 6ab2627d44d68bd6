import type { LineDatabase } from './line-database.ts'

export const apiTargets = ['reply', 'push', 'multicast', 'profile', 'loading', 'token', 'quota', 'richmenu'] as const
export type ApiTarget = (typeof apiTargets)[number] | 'other'
export type FaultTarget = (typeof apiTargets)[number] | 'any' | 'webhook'

export const apiFaults = [
  '429-rate',
  '429-user',
  '429-monthly',
  '500',
  'timeout',
  'cut-after-accept',
  'cut-before-accept',
  'slow',
] as const
export const webhookFaults = [
  'timeout',
  'cut-after-accept',
  'cut-before-accept',
  'duplicate',
  'reorder',
  'drop',
] as const
export type ApiFaultKind = (typeof apiFaults)[number]
export type WebhookFaultKind = (typeof webhookFaults)[number]

export type Fault = { id: number; on: string; kind: string; times: number; delayMs: number | null }
type FaultRow = { id: number; target: string; kind: string; times: number; delay_ms: number | null }

const asFault = (row: FaultRow): Fault => ({
  id: row.id,
  on: row.target,
  kind: row.kind,
  times: row.times,
  delayMs: row.delay_ms,
})

/** Faults that were ordered, oldest first; each is spent as often as it was ordered. */
export function openFaults(db: LineDatabase) {
  const take = db.transaction((targets: readonly string[]): Fault | undefined => {
    const row = db
      .prepare<[string], FaultRow>(
        'select * from faults where target in (select value from json_each(?)) order by id limit 1',
      )
      .get(JSON.stringify(targets))
    if (!row) return undefined
    if (row.times <= 1) db.prepare('delete from faults where id = ?').run(row.id)
    else db.prepare('update faults set times = times - 1 where id = ?').run(row.id)
    return asFault(row)
  })
  return {
    add: (fault: { on: FaultTarget; kind: string; times: number; delayMs?: number | undefined }): number =>
      Number(
        db
          .prepare('insert into faults (target, kind, times, delay_ms) values (?, ?, ?, ?)')
          .run(fault.on, fault.kind, fault.times, fault.delayMs ?? null).lastInsertRowid,
      ),
    list: (): Fault[] => db.prepare<[], FaultRow>('select * from faults order by id').all().map(asFault),
    clear: (): void => {
      db.prepare('delete from faults').run()
    },
    takeForApi: (target: ApiTarget): Fault | undefined => take.immediate([target, 'any']),
    nextForWebhook: (): Fault | undefined => {
      const row = db.prepare<[], FaultRow>("select * from faults where target = 'webhook' order by id limit 1").get()
      return row && asFault(row)
    },
    takeForWebhook: (): Fault | undefined => take.immediate(['webhook']),
  }
}

export type Faults = ReturnType<typeof openFaults>
