import { describe, expect, it } from 'vitest'
import type { JobHealth } from '../../src/jobs/runner.ts'
import { healthRoute } from '../../src/web/health.ts'
import { bangkok, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const job = (change: Partial<JobHealth>): JobHealth => ({
  name: 'a',
  runs: 1,
  failures: 0,
  lastError: null,
  lastEndedAt: 1,
  ...change,
})
const ask = async (world: ReturnType<typeof openChainWorld>, jobs: JobHealth[] = []) => {
  const answer = await healthRoute({ db: world.db, mode: 'sandbox', jobs: () => jobs }).request('/healthz')
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
