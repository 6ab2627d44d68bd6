import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/db/open.ts'
import { closeQuota, type QuotaLimits, takeQuota } from '../../src/sheets/quota.ts'
import { openTempDatabase } from './temp-database.ts'

const limits: QuotaLimits = {
  'sheets-read': { perProject: 15, perIdentity: 10 },
  'sheets-write': { perProject: 15, perIdentity: 10 },
  drive: { perProject: 100, perIdentity: 100 },
}
const one = { email: 'one@sa.example', project: 'p' }
const two = { email: 'two@sa.example', project: 'p' }
const MINUTE = 60_000
const NOON = 1_700_000_040_000

function takeAll(db: Db, ask: { urgent: boolean; identities?: (typeof one)[]; at?: number }) {
  const identities = ask.identities ?? [one]
  const taken: string[] = []
  for (;;) {
    const got = takeQuota(db, {
      bucket: 'sheets-read',
      urgent: ask.urgent,
      identities,
      limits,
      platformNow: ask.at ?? NOON,
    })
    if (!got.ok) return { taken, retryAt: got.retryAt }
    taken.push(got.identity.email)
  }
}

describe('the ledger of requests to Google', () => {
  it('leaves part of every minute to people who wait', () => {
    const { db } = openTempDatabase()
    expect(takeAll(db, { urgent: false }).taken).toHaveLength(7)
    expect(takeAll(db, { urgent: true }).taken).toHaveLength(3)
  })

  it('names the beginning of the next minute, and begins again there', () => {
    const { db } = openTempDatabase()
    const { retryAt } = takeAll(db, { urgent: true })
    expect(retryAt).toBe(Math.ceil((NOON + 1) / MINUTE) * MINUTE)
    expect(takeAll(db, { urgent: true, at: retryAt }).taken).toHaveLength(10)
  })

  it('spreads over identities and stops at what their project may', () => {
    const { db } = openTempDatabase()
    const { taken } = takeAll(db, { urgent: true, identities: [one, two] })
    expect(taken).toHaveLength(15)
    expect(Math.abs(taken.filter((email) => email === one.email).length - 7.5)).toBeLessThanOrEqual(1)
  })

  it('keeps reads and writes apart', () => {
    const { db } = openTempDatabase()
    takeAll(db, { urgent: true })
    const ask = { urgent: false, identities: [one], limits, platformNow: NOON }
    expect(takeQuota(db, { ...ask, bucket: 'sheets-write' }).ok).toBe(true)
  })

  it('after a 429 stops background work for the minute and lets a waiting person try', () => {
    const { db } = openTempDatabase()
    closeQuota(db, { bucket: 'sheets-read', identity: one, limits, platformNow: NOON })
    expect(takeAll(db, { urgent: false }).taken).toHaveLength(0)
    expect(takeAll(db, { urgent: true }).taken).toHaveLength(3)
  })
})
