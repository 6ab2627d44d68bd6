import { describe, expect, it } from 'vitest'
import { outbox, rounds } from '../../src/db/schema.ts'
import type { JobHealth } from '../../src/jobs/runner.ts'
import { healthRoute } from '../../src/web/health.ts'
import { markExhausted, recordQuota } from '../../src/workflow/message-quota.ts'
import { queueNotice, URGENCY } from '../../src/workflow/notice.ts'
import { bangkok, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const job = (change: Partial<JobHealth>): JobHealth => ({
  name: 'a',
  runs: 1,
  failures: 0,
  failuresInARow: 0,
  lastError: null,
  lastEndedAt: 1,
  ...change,
})
const ask = async (world: ReturnType<typeof openChainWorld>, jobs: JobHealth[] = []) => {
  const clock = { now: () => AT, platformNow: () => AT }
  const answer = await healthRoute({ db: world.db, mode: 'sandbox', jobs: () => jobs, clock }).request('/healthz')
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

describe('GET /healthz', () => {
  it('is 200 while the database answers, with the round and what waits', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    world.storeEvent({ webhookEventId: 'e', orderKey: 'U', at: AT, body: {} })
    const { status, body } = await ask(world)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ok: true,
      mode: 'sandbox',
      round: '2567/1',
      inbox: { new: 1 },
      outbox: { pending: 2 },
      sheets: { ok: 5 },
      failingJobs: [],
    })
  })

  it('names the jobs that fail', async () => {
    const { body } = await ask(openChainWorld(), [job({}), job({ name: 'b', lastError: 'Google is away' })])
    expect(body).toMatchObject({ failingJobs: [{ name: 'b' }] })
  })

  it('warns when the public holidays of the round are not known for certain: reminders rest on them', async () => {
    const world = openChainWorld()
    expect((await ask(world)).body).toMatchObject({ holidaysUnsure: {}, warnings: [] })
    const closesAt = bangkok('2028-01-10T00:00')
    world.act((tx) =>
      tx
        .update(rounds)
        .set({ recordingOpensAt: bangkok('2027-11-01T00:00'), closesAt })
        .run(),
    )
    expect((await ask(world)).body).toMatchObject({
      ok: true,
      holidaysUnsure: { 2570: 'provisional', 2571: 'unknown' },
      warnings: [expect.stringContaining('2570'), expect.stringContaining('2571')],
    })
  })

  it('tells no person, no id, no token', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const { body } = await ask(world)
    expect(JSON.stringify(body)).not.toMatch(/U[0-9a-f]{32}|[0-9]{13}|ผู้รับผิดชอบ|@/)
  })

  it('is 503 when the database does not answer', async () => {
    const world = openChainWorld()
    world.database.close()
    const { status, body } = await ask(world)
    expect([status, body['ok']]).toEqual([503, false])
  })
})

describe('GET /healthz when something is wrong that does not mend itself', () => {
  const NOW = AT
  const at = async (world: ReturnType<typeof openChainWorld>, now: number, jobs: JobHealth[] = []) => {
    const clock = { now: () => now, platformNow: () => now }
    const route = healthRoute({ db: world.db, mode: 'sandbox', jobs: () => jobs, clock })
    const answer = await route.request('/healthz')
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }

  it('is 503 with the job that fails again and again, and 200 while it failed a few times', async () => {
    const world = openChainWorld()
    const failing = (failuresInARow: number) => [job({ name: 'b', lastError: 'Google is away', failuresInARow })]
    expect((await at(world, NOW, failing(4))).status).toBe(200)
    const { status, body } = await at(world, NOW, failing(5))
    expect([status, body['ok'], body['problems']]).toEqual([503, false, ['the job b fails again and again']])
  })

  it('is 503 when an event waits for more than two minutes', async () => {
    const world = openChainWorld()
    world.storeEvent({ webhookEventId: 'e', orderKey: 'U', at: NOW, body: {} })
    expect((await at(world, NOW + 120_000)).status).toBe(200)
    expect(await at(world, NOW + 120_001)).toMatchObject({
      status: 503,
      body: { problems: ['events from LINE wait to be handled'], oldestSeconds: { inbox: 120 } },
    })
  })

  it('is 503 when a message waits for more than a quarter of an hour, unless the quota holds it back', async () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', NOW)
    const notice = { type: 'sheet-ready' as const, unitId: world.idOf('school'), roundId: world.round().id }
    world.act((tx) => queueNotice(tx, { personId, notice, urgency: URGENCY.digest }, NOW))
    expect((await at(world, NOW + 15 * 60_000)).status).toBe(200)
    const late = NOW + 15 * 60_000 + 1
    expect(await at(world, late)).toMatchObject({ status: 503, body: { problems: ['messages wait to be sent'] } })
    world.act((tx) => markExhausted(tx, late))
    expect(await at(world, late)).toMatchObject({
      status: 200,
      body: { warnings: ["LINE's monthly quota is used up: only replies go"], quota: { exhausted: true } },
    })
  })

  it('warns of dead messages and of a quota that runs short', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    world.act((tx) => {
      tx.update(outbox).set({ state: 'dead' }).run()
      recordQuota(tx, { limit: 100, used: 81, sentBefore: 0 }, NOW)
    })
    const { status, body } = await at(world, NOW)
    expect(status).toBe(200)
    expect(body['warnings']).toEqual(['2 messages are dead: lec outbox --dead', "81 % of LINE's monthly quota is used"])
  })

  it('is 503 when the database can be read and not written', async () => {
    const world = openChainWorld()
    world.database.raw.pragma('query_only = on')
    const { status, body } = await at(world, NOW)
    expect([status, body['problems']]).toEqual([503, ['the database cannot be written']])
  })
})
