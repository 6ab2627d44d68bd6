import type Database from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { preparedOn } from '../../db/prepared.ts'
import { sendingLanes } from '../../db/schema.ts'
import { backoffMs } from '../job-backoff.ts'

/** LINE counts each sending endpoint by itself. */
export const LANES = ['reply', 'push', 'multicast'] as const
export type LaneName = (typeof LANES)[number]

/** LINE's reference, "Rate limits", calls a second: 2,000 where nothing else is named. */
export const LINE_RATES: Readonly<Record<LaneName, number>> = { reply: 2000, push: 2000, multicast: 200 }

/** A burst and a second's refill together stay below what LINE counts in any second. */
const BURST = 0.05
/** Calls that leave evenly may arrive in a bunch. */
const SHARE_USED = 0.9
const FIRST_CALLS_AT_ONCE = 8
const FEWEST_CALLS_AT_ONCE = 2
const MOST_CALLS_AT_ONCE = 128
/** So many calls in a row without an answer are no accident of single messages. */
const SILENT_CALLS = 3
const RATE_PAUSE = { firstMs: 1000, mostMs: 60_000 }
const SILENCE_PAUSE = { firstMs: 1000, mostMs: 30_000 }
export const ACCOUNT_PAUSE_MS = 30_000

export type Lane = {
  name: LaneName
  rate: number
  tokens: number
  countedAt: number
  pausedUntil: number
  strikes: number
  /** In this process only: how many calls may be under way, how many are, and how many went without an answer in a row. */
  atOnce: number
  underWay: number
  silent: number
}

export const openLane = (name: LaneName, rate: number): Lane => ({
  name,
  rate,
  tokens: rate * BURST,
  countedAt: 0,
  pausedUntil: 0,
  strikes: 0,
  atOnce: FIRST_CALLS_AT_ONCE,
  underWay: 0,
  silent: 0,
})

/** Takes over what any process left of the lane's bucket and pause, and refills it until `now` (platform clock). */
export function loadLane(tx: Tx, lane: Lane, now: number): void {
  const kept = preparedOn(tx, laneStatements).kept.get({ name: lane.name })
  if (kept) Object.assign(lane, { tokens: kept.tokens, countedAt: kept.countedAt })
  if (kept) Object.assign(lane, { pausedUntil: kept.pausedUntil, strikes: kept.strikes })
  refill(lane, now)
}

export function saveLane(tx: Tx, lane: Lane): void {
  const { name, tokens, countedAt, pausedUntil, strikes } = lane
  preparedOn(tx, laneStatements).save.run({ name, tokens, countedAt, pausedUntil, strikes })
}

/** Some hundred times a second: see docs/decisions/0009. */
function laneStatements(raw: Database.Database, tx: Tx) {
  return {
    kept: tx
      .select()
      .from(sendingLanes)
      .where(eq(sendingLanes.lane, sql.placeholder('name')))
      .prepare(),
    save: raw.prepare<[Pick<Lane, 'name' | 'tokens' | 'countedAt' | 'pausedUntil' | 'strikes'>]>(
      `insert or replace into sending_lanes (lane, tokens, counted_at, paused_until, strikes)
       values (@name, @tokens, @countedAt, @pausedUntil, @strikes)`,
    ),
  }
}

/** A clock that was set back must not stop the bucket. */
export function refill(lane: Lane, now: number): void {
  const most = Math.max(1, lane.rate * BURST)
  const passed = Math.max(0, now - lane.countedAt) / 1000
  lane.tokens = Math.min(most, lane.tokens + passed * lane.rate * SHARE_USED)
  lane.countedAt = now
}

/** How many calls may start now. */
export function freeCalls(lane: Lane, now: number): number {
  if (now < lane.pausedUntil) return 0
  return Math.max(0, Math.min(Math.floor(lane.tokens), lane.atOnce - lane.underWay))
}

export function callStarted(lane: Lane): void {
  lane.tokens -= 1
  lane.underWay += 1
}

export type CallOutcome = 'answered' | 'rate-limited' | 'silent' | 'account-refused'

/** More at once while LINE answers, half as many when it does not; a pause for everybody when it asks for one or stays silent. */
export function callEnded(lane: Lane, outcome: CallOutcome, now: number): void {
  lane.underWay -= 1
  switch (outcome) {
    case 'answered':
      lane.silent = 0
      lane.strikes = 0
      lane.atOnce = Math.min(MOST_CALLS_AT_ONCE, lane.atOnce + 1)
      return
    case 'rate-limited':
      // Calls that were under way together are refused together: one refusal.
      if (now < lane.pausedUntil) return
      lane.pausedUntil = now + backoffMs(lane.strikes, RATE_PAUSE)
      lane.strikes += 1
      lane.atOnce = Math.max(FEWEST_CALLS_AT_ONCE, Math.floor(lane.atOnce / 2))
      return
    case 'silent':
      lane.silent += 1
      lane.atOnce = Math.max(FEWEST_CALLS_AT_ONCE, Math.floor(lane.atOnce / 2))
      if (lane.silent < SILENT_CALLS || now < lane.pausedUntil) return
      lane.pausedUntil = now + backoffMs(lane.strikes, SILENCE_PAUSE)
      lane.strikes += 1
      return
    case 'account-refused':
      lane.pausedUntil = now + ACCOUNT_PAUSE_MS
  }
}
