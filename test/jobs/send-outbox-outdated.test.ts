import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { people } from '../../src/db/schema.ts'
import { leaveTry, outdatedTry } from '../../src/jobs/outbox/outdated-try.ts'
import { type Notice, URGENCY } from '../../src/workflow/notice.ts'
import { mustBeDone } from '../world/chain-world.ts'
import { AT, type OutboxRow, type OutboxWorld, openOutboxWorld } from './outbox-world.ts'

const DAY = 24 * 3_600_000
type Centre = 'school' | 'centre'

let sender: OutboxWorld
beforeEach(async () => {
  sender = await openOutboxWorld({ timeoutMs: 500 })
  for (const place of ['school', 'centre'] as const)
    await sender.line.control('POST', '/people', { displayName: 'คนทดสอบ', userId: accountOf(place), friend: true })
})
afterEach(() => sender.close())

function accountOf(place: Centre): string {
  const { personId } = sender.world.actor(place, AT)
  const person = sender.world.act((tx) => tx.select().from(people).where(eq(people.id, personId)).get())
  return person?.lineUserId ?? ''
}
function remind(place: Centre): void {
  const unitId = sender.world.idOf(place)
  const duties = [{ unitId, role: 'officer', kinds: ['before'] }]
  const notice = { type: 'reminder', roundId: sender.world.round().id, unitId, duties }
  sender.queue(accountOf(place), '', { urgency: URGENCY.reminder, notice, payload: null })
}
/** Who confirms is sent a receipt besides. */
const isReminder = ({ notice }: OutboxRow): boolean => (notice as Notice).type === 'reminder'
const stateOf = (place: Centre): string[] =>
  sender
    .rows()
    .filter((row) => row.lineUserId === accountOf(place) && isReminder(row))
    .map(({ state }) => state)
/** How many messages stand in the chat that are not known to be something else. */
async function heard(place: Centre): Promise<number> {
  const { items } = await sender.line.control<{ items: { requestId?: string }[] }>(
    'GET',
    `/people/${accountOf(place)}/chat`,
  )
  const others = sender.rows().flatMap((row) => (isReminder(row) ? [] : [row.lineRequestId]))
  return items.filter(({ requestId }) => !others.includes(requestId ?? null)).length
}

describe('a reminder of which nobody knows whether LINE took it', () => {
  it('is not sent once more to somebody who is done by then: its fate stays unknown', async () => {
    remind('school')
    await sender.fault('push', '500')
    await sender.run()
    mustBeDone(sender.world.confirmRoster('school', { at: AT }))
    sender.pass(60_000)
    await sender.run()
    expect(stateOf('school')).toEqual(['unknown'])
    expect(await heard('school')).toBe(0)
  })

  it('is left when a newer one says how things stand', async () => {
    remind('school')
    await sender.fault('push', '500')
    await sender.run()
    remind('school')
    sender.pass(60_000)
    await sender.run()
    await sender.run()
    expect(stateOf('school')).toEqual(['unknown', 'accepted'])
    expect(await heard('school')).toBe(1)
  })

  it('sent to many: who is done by then is spared, everybody else is told once', async () => {
    remind('school')
    remind('centre')
    await sender.fault('multicast', '500')
    await sender.run()
    expect(sender.batches()).toMatchObject([{ state: 'pending', recipients: 2 }])
    mustBeDone(sender.world.confirmRoster('school', { at: AT }))
    sender.pass(2 * 60_000)
    await sender.run()
    expect(sender.batches()).toMatchObject([{ state: 'dissolved' }])
    expect([stateOf('school'), stateOf('centre')]).toEqual([['unknown'], ['accepted']])
    expect([await heard('school'), await heard('centre')]).toEqual([0, 1])
  })

  it('sent to many who all still owe goes again as it was, under the same key', async () => {
    remind('school')
    remind('centre')
    await sender.fault('multicast', 'cut-after-accept')
    await sender.run()
    sender.pass(2 * 60_000)
    await sender.run()
    expect(sender.batches()).toMatchObject([{ state: 'accepted', attempts: 2 }])
    expect([await heard('school'), await heard('centre')]).toEqual([1, 1])
  })

  it('begins anew on another day, with the words of that day and another key', async () => {
    remind('school')
    await sender.fault('push', '500')
    await sender.run()
    const [row] = sender.rows()
    if (!row) throw new Error('nothing was queued')
    const handleDeps = () => ({ now: AT + DAY, toDomain: () => AT, webAddress: null, sheetUrl: () => '' })
    const deps = { db: sender.world.db, log: pino({ level: 'silent' }), handleDeps }
    expect(sender.world.act((tx) => outdatedTry(deps, tx, row))).toBe('of-another-day')
    sender.world.act((tx) => leaveTry(tx, row, 'of-another-day', sender.now()))
    const [anew] = sender.rows()
    expect(anew).toMatchObject({ state: 'pending', attempts: 0, firstTriedAt: null, payload: null })
    expect(anew?.retryKey).not.toBe(row.retryKey)
  })
})
