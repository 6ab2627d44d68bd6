import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlayedRound, type PlayedRound } from './reminders/played-round.ts'

const MINUTE = 60_000
/** Keys begin with the instant that the moment leads to; of an opening and what was missed it is what came before. */
const LEADS_TO_ITS_KEY = /:(\d+d|\d+h|\d+m|\d\d\.\d\d|executive)$/
let played: PlayedRound
beforeAll(async () => {
  played = await openPlayedRound()
}, 120_000)
afterAll(() => played.close())

describe('a whole round of reminders, LINE failing in every way and the process killed again and again', () => {
  it('really failed: outages, all kinds of refusal, kills before and after LINE had done its part', () => {
    expect(played.units).toBeGreaterThan(200)
    expect(played.kills).toBeGreaterThan(20)
    expect(played.stillOwing.length).toBeGreaterThan(50)
    expect(played.finished.length).toBeGreaterThan(80)
    expect(new Set(played.rows.map(({ state }) => state))).toEqual(new Set(['accepted', 'dropped', 'unknown']))
    expect(played.rows.filter(({ batchId }) => batchId !== null).length).toBeGreaterThan(100)
    expect(played.rows.filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(20)
  })

  it('leaves nothing unsettled', () => {
    expect(played.rows.filter(({ state }) => state === 'pending' || state === 'dead')).toEqual([])
  })

  it('told each person exactly what the record says: every message that LINE took, and none besides', () => {
    for (const { person, heard, rows } of played.byPerson) {
      const taken = rows.filter(({ state }) => state === 'accepted').map(({ lineRequestId }) => lineRequestId)
      const unknown = rows.filter(({ state }) => state === 'unknown').length
      const bubbles = heard.map(({ requestId, message }) => `${requestId} ${JSON.stringify(message)}`)
      expect(new Set(bubbles).size, `${person}: no message twice`).toBe(bubbles.length)
      const got = [...new Set(heard.map(({ requestId }) => requestId))]
      for (const requestId of taken) expect(got, `${person}: taken`).toContain(requestId)
      const besides = got.filter((requestId) => !taken.includes(requestId ?? null))
      expect(besides.length, `${person}: heard without a record`).toBeLessThanOrEqual(unknown)
    }
  })

  it('told nobody of the same moment twice', () => {
    for (const { person, told } of played.byPerson) {
      const moments = told.map(({ unitId, moment }) => `${unitId} ${moment}`)
      expect(new Set(moments).size, person).toBe(moments.length)
    }
  })

  it('told everyone who owed at the close of every moment that the policy promises, or says whom it could not reach and why', () => {
    expect(played.lacking).toEqual([])
  })

  it('bothered nobody who had finished', () => {
    const bothered = played.byPerson.flatMap(({ person, heard, rows }) =>
      heard.flatMap((item) => {
        const row = rows.find(({ lineRequestId }) => lineRequestId === item.requestId)
        const units = row?.unitIds ?? []
        const owing = units.some((unitId) => played.owedAt(unitId, item.at - MINUTE))
        return row && !owing ? [`${person} at ${new Date(item.at).toISOString()} of ${units}`] : []
      }),
    )
    expect(bothered).toEqual([])
  })

  it('told nobody of a deadline that had passed', () => {
    const late = played.byPerson.flatMap(({ person, heard, rows, told }) =>
      heard.flatMap((item) => {
        const row = rows.find(({ lineRequestId }) => lineRequestId === item.requestId)
        const own = told.filter(({ outboxId }) => outboxId === row?.id).map(({ moment }) => moment)
        const over =
          own.length > 0 &&
          own.every((moment) => LEADS_TO_ITS_KEY.test(moment) && item.at > Number.parseInt(moment, 10) + MINUTE)
        return over ? [`${person} at ${new Date(item.at).toISOString()}: ${own}`] : []
      }),
    )
    expect(late).toEqual([])
  })

  it('put every reminder into the log once, and the log is whole', () => {
    expect(played.logProblems).toEqual([])
    expect(played.logged).toEqual(played.recorded)
  })
})
