import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { evidenceText } from '../../src/cli/evidence/evidence-report.ts'
import { gatherEvidence } from '../../src/cli/evidence.ts'
import type { OutboxId } from '../../src/db/ids.ts'
import { events, outbox } from '../../src/db/schema.ts'
import { deadCount, dropLetters, NOBODY_WAITS, reportDead, retryLetters } from '../../src/workflow/dead-letters.ts'
import { isLineId, queueAnswer, queueNotice } from '../../src/workflow/notice.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const TIMES = { platformNow: AT + 1000, now: AT + 1000 }
const HOUR = 3_600_000

function letter(world: ChainWorld, set: Partial<typeof outbox.$inferInsert> = {}): OutboxId {
  const { personId } = world.actor('school', AT)
  const notice = { type: 'sheet-ready', unitId: world.idOf('school'), roundId: world.round().id } as const
  const id = world.act((tx) => queueNotice(tx, { personId, notice, urgency: 4 }, AT))
  if (id === null) throw new Error('not queued')
  world.act((tx) => tx.update(outbox).set(set).where(eq(outbox.id, id)).run())
  return id
}
const rowOf = (world: ChainWorld, id: OutboxId) =>
  world.act((tx) => tx.select().from(outbox).where(eq(outbox.id, id)).get())
const news = (world: ChainWorld): number =>
  world.act((tx) => tx.select().from(outbox).all()).filter((row) => typeOf(row) === 'letters-dead').length
const typeOf = (row: { notice: unknown }): unknown => (row.notice as { type?: unknown }).type
const DEAD = { state: 'dead', endedAt: AT, payload: '[]', attempts: 3, firstTriedAt: AT, error: '400 bad' } as const

describe('sending a dead letter again', () => {
  it('puts it into words anew under a new key, as if it had never been tried, and records who did it', () => {
    const world = openChainWorld()
    const id = letter(world, DEAD)
    const key = rowOf(world, id)?.retryKey
    expect(world.act((tx) => retryLetters(tx, [id], TIMES.now))).toEqual({ ok: true, n: 1 })
    expect(rowOf(world, id)).toMatchObject({
      state: 'pending',
      payload: null,
      attempts: 0,
      firstTriedAt: null,
      error: null,
    })
    expect(rowOf(world, id)?.retryKey).not.toBe(key)
    const logged = world.act((tx) => tx.select().from(events).where(eq(events.type, 'letter-retried')).all())
    expect(logged.map(({ data }) => JSON.parse(data) as unknown)).toMatchObject([{ by: 'operator', letter: id }])
  })

  it('keeps the words of an answer, which has nothing else', () => {
    const world = openChainWorld()
    const id = letter(world, {
      ...DEAD,
      notice: { type: 'answer' },
      payload: '[{"type":"text","text":"x"}]',
      channel: 'reply',
    })
    world.act((tx) => retryLetters(tx, [id], TIMES.now))
    expect(rowOf(world, id)).toMatchObject({
      state: 'pending',
      channel: 'push',
      payload: '[{"type":"text","text":"x"}]',
    })
  })

  it('is refused as a whole when one of them is not dead or of unknown fate', () => {
    const world = openChainWorld()
    const [dead, sent] = [letter(world, DEAD), letter(world, { state: 'accepted' })]
    const retry = (ids: OutboxId[]) => world.act((tx) => retryLetters(tx, ids, TIMES.now))
    expect(retry([dead, sent])).toEqual({ ok: false, why: 'not-ended-badly', id: sent, state: 'accepted' })
    expect(retry([dead, 999 as OutboxId])).toEqual({ ok: false, why: 'no-such-letter', id: 999 })
    expect(rowOf(world, dead)?.state).toBe('dead')
  })
})

describe('dropping a letter', () => {
  it('ends it for a reason that evidence shows with who decided', () => {
    const world = openChainWorld()
    const id = letter(world, DEAD)
    world.act((tx) => dropLetters(tx, { ids: [id], reason: 'แจ้งทางโทรศัพท์แล้ว' }, TIMES))
    expect(rowOf(world, id)?.state).toBe('dropped')
    const person = String(world.actor('school', AT).personId)
    const words = evidenceText(world.act((tx) => gatherEvidence(tx, { person }, TIMES.now)))
    expect(words).toContain('สั่งไม่ส่งข้อความที่ค้างอยู่')
    expect(words).toContain('แจ้งทางโทรศัพท์แล้ว')
    expect(words).toContain('ผลการส่ง: ไม่ได้ส่ง ตามคำสั่งของผู้ดูแลระบบ')
  })

  it('is refused for one that LINE took, and for one that is on its way with others', () => {
    const world = openChainWorld()
    const [sent, batched] = [letter(world, { state: 'accepted' }), letter(world, { batchId: 1 })]
    const drop = (id: OutboxId) => world.act((tx) => dropLetters(tx, { ids: [id], reason: 'x' }, TIMES))
    expect(drop(sent)).toMatchObject({ ok: false, why: 'not-open' })
    expect(drop(batched)).toMatchObject({ ok: false, why: 'not-open' })
  })
})

it('an answer that nobody waited for any more says so in the evidence', () => {
  const world = openChainWorld()
  letter(world, { state: 'dropped', error: NOBODY_WAITS, endedAt: AT })
  const person = String(world.actor('school', AT).personId)
  const words = evidenceText(world.act((tx) => gatherEvidence(tx, { person }, TIMES.now)))
  expect(words).toContain('ผลการส่ง: ไม่ได้ส่ง เพราะตอบช้าเกินกว่าที่ผู้ถามจะรอ')
})

describe('telling the department that letters died', () => {
  it('happens once for all of them, and for later ones after an hour', () => {
    const world = openChainWorld()
    const report = (at: number) => world.act((tx) => reportDead(tx, at, at))
    expect(report(AT)).toBe(0)
    letter(world, DEAD)
    letter(world, DEAD)
    expect(report(AT)).toBe(1)
    letter(world, DEAD)
    expect(report(AT + HOUR - 1)).toBe(0)
    expect(report(AT + HOUR)).toBe(1)
    expect(report(AT + 3 * HOUR)).toBe(0)
    expect(news(world)).toBe(2)
  })

  it('is not done for such a message itself: it would go on for ever', () => {
    const world = openChainWorld()
    letter(world, { ...DEAD, notice: { type: 'letters-dead' } })
    expect(world.act((tx) => reportDead(tx, AT, AT))).toBe(0)
    expect(world.act((tx) => deadCount(tx))).toBe(0)
  })
})

describe('an address that LINE would refuse', () => {
  it.each([
    [`U${'a'.repeat(32)}`, true],
    [`C${'0'.repeat(32)}`, true],
    [`R${'9'.repeat(32)}`, true],
    [`U${'A'.repeat(32)}`, false],
    [`U${'a'.repeat(31)}`, false],
    [`X${'a'.repeat(32)}`, false],
    ['', false],
    [`U${'a'.repeat(32)}\n`, false],
  ])('%j is an address: %s', (id, is) => expect(isLineId(id)).toBe(is))

  it('is never queued for, although the event that names it was signed', () => {
    const world = openChainWorld()
    const about = {
      inboxId: null,
      lineUserId: 'U1',
      personId: null,
      notice: { type: 'answer' },
      payload: '[]',
    } as const
    expect(world.act((tx) => queueAnswer(tx, about, AT))).toBeNull()
    expect(world.act((tx) => tx.select().from(outbox).all())).toEqual([])
  })
})
