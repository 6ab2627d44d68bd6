import type { Logger } from 'pino'
import { AppError } from '../app-error.ts'
import type { HandleDeps } from '../bot/handle-event.ts'
import type { LineClient, SendResult } from '../bot/line-client.ts'
import type { Clock } from '../clock.ts'
import { type Db, type Tx, transact } from '../db/open.ts'
import { reportDead } from '../workflow/dead-letters.ts'
import {
  CAMPAIGN,
  type MessageQuota,
  messageQuota,
  quotaIsStale,
  recordQuota,
  warnOfQuota,
} from '../workflow/message-quota.ts'
import { errorFacts } from './error-facts.ts'
import { withLease } from './lease.ts'
import { chooseCalls } from './outbox/choose-calls.ts'
import { pushesWaiting } from './outbox/due-rows.ts'
import {
  callEnded,
  callStarted,
  LANES,
  type Lane,
  type LaneName,
  LINE_RATES,
  loadLane,
  openLane,
  refill,
  saveLane,
} from './outbox/lanes.ts'
import type { PageInWork, RoutinePage } from './outbox/routine-page.ts'
import { type Call, outcomeOf, settleCall } from './outbox/settle-calls.ts'
import type { Job } from './runner.ts'

type Messages = Parameters<LineClient['push']>[0]['messages']

export type SendOutboxDeps = {
  db: Db
  clock: Clock
  log: Logger
  line: LineClient
  handleDeps: () => HandleDeps
  /** Calls a second on each of LINE's sending endpoints. */
  rates?: Partial<Record<LaneName, number>>
}

/** While calls are under way, what is queued meanwhile is looked for this often. */
const LOOK_AGAIN_MS = 25
/** With many calls under way, answers are gathered for so long: each writing costs a sync to the disk. */
const GATHER_MS = 4
const MANY = 16
const TOKEN_WAIT_MS = 5
const QUOTA_TRY_AGAIN_MS = 60_000

type Sender = {
  deps: SendOutboxDeps
  lanes: Record<LaneName, Lane>
  underWay: Set<Call>
  /** Answered, not yet written down. */
  answered: { call: Call; result: SendResult }[]
  page: RoutinePage | null
  work: PageInWork | null
  quotaAsked: boolean
  quotaSaid: Parameters<typeof recordQuota>[1] | null
  askQuotaFrom: number
  accountRefused: string | null
  nudge: () => void
}

/**
 * Sends what is queued: in order per person, urgent messages first, a reply by its token, everything else by push or multicast with
 * the retry key that it has had since before its first try and the bytes of that try. See docs/decisions/0018.
 */
export function sendOutboxJob(deps: SendOutboxDeps): Job {
  const rates = { ...LINE_RATES, ...deps.rates }
  const sender: Sender = {
    deps,
    lanes: {
      reply: openLane('reply', rates.reply),
      push: openLane('push', rates.push),
      multicast: openLane('multicast', rates.multicast),
    },
    underWay: new Set(),
    answered: [],
    page: null,
    work: null,
    quotaAsked: false,
    quotaSaid: null,
    askQuotaFrom: 0,
    accountRefused: null,
    nudge: () => {},
  }
  return {
    name: 'send-outbox',
    everyMs: 500,
    async run(signal) {
      await withLease(deps.db, 'send-outbox', 15_000, deps.clock.platformNow, () => sendAll(sender, signal))
      const refused = sender.accountRefused
      sender.accountRefused = null
      if (refused)
        throw new AppError(`LINE refuses this channel (${refused}): check its token, secret and plan`, {
          code: 'they-refused',
        })
    },
  }
}

async function sendAll(sender: Sender, signal: AbortSignal): Promise<void> {
  Object.assign(sender, { page: null, work: null })
  let waitedAt = Number.NaN
  let first = true
  try {
    for (;;) {
      const { begun, more } = turn(sender, { sends: !signal.aborted, first })
      first = false
      if (more) {
        await new Promise((resolve) => setImmediate(resolve))
        continue
      }
      const idle = sender.underWay.size === 0 && sender.answered.length === 0 && begun === 0 && !sender.quotaAsked
      const now = sender.deps.clock.platformNow()
      // Waiting for a clock that stands would never end.
      if (idle && (signal.aborted || !waitsForTokens(sender, now) || now === waitedAt)) return
      waitedAt = idle ? now : Number.NaN
      await pause(sender, idle ? TOKEN_WAIT_MS : LOOK_AGAIN_MS)
    }
  } finally {
    // Whoever takes the lease next must not meet our calls under way.
    while (sender.underWay.size > 0) await new Promise((resolve) => setTimeout(resolve, TOKEN_WAIT_MS))
  }
}

/** Several answers that come together are written down together. */
async function pause(sender: Sender, ms: number): Promise<void> {
  if (sender.answered.length === 0 && !sender.quotaSaid)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      sender.nudge = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const gathers = sender.underWay.size >= MANY
  await new Promise((resolve) => (gathers ? setTimeout(resolve, GATHER_MS) : setImmediate(resolve)))
}

const waitsForTokens = (sender: Sender, now: number): boolean =>
  LANES.some((name) => {
    const lane = sender.lanes[name]
    return lane.tokens < 1 && now >= lane.pausedUntil
  })

/** One transaction: writes down what LINE has answered and what is sent next; then the calls begin. */
function turn(sender: Sender, input: { sends: boolean; first: boolean }): { begun: number; more: boolean } {
  const { deps, lanes } = sender
  const now = deps.clock.platformNow()
  const answered = [...sender.answered]
  const said = sender.quotaSaid
  const chosen = attempt(sender, (tx) => {
    for (const name of LANES) {
      if (input.first) loadLane(tx, lanes[name], now)
      else refill(lanes[name], now)
    }
    for (const { call, result } of answered) settleCall(tx, call, result, now)
    if (said) {
      recordQuota(tx, said, now)
      warnOfQuota(tx, now, deps.clock.now())
    }
    if (input.first || answered.some(({ result }) => result.kind === 'refused')) reportDead(tx, now, deps.clock.now())
    const quota = quotaLeft(sender, messageQuota(tx, now))
    const asks = input.sends && wantsQuota(sender, tx, now) ? quota : null
    const chosen = input.sends
      ? chooseCalls(deps, tx, { ...choosing(sender, quota), quotaAsked: asks !== null || sender.quotaAsked }, now)
      : { calls: [], page: null, work: null, more: false }
    if (answered.length + chosen.calls.length > 0) for (const name of LANES) saveLane(tx, lanes[name])
    return { ...chosen, asks }
  })
  sender.answered.splice(0, answered.length)
  if (said) sender.quotaSaid = null
  sender.page = chosen.page
  sender.work = chosen.work
  if (chosen.asks) void askQuota(sender, chosen.asks.sentByUs)
  for (const call of chosen.calls) void begin(sender, call)
  return { begun: chosen.calls.length, more: chosen.more }
}

/** What was put into words in a transaction that failed offers buttons that do not exist. */
function attempt<T>(sender: Sender, work: (tx: Tx) => T): T {
  try {
    return transact(sender.deps.db, work)
  } catch (error) {
    Object.assign(sender, { page: null, work: null })
    throw error
  }
}

function choosing(sender: Sender, quota: MessageQuota) {
  const calls = [...sender.underWay]
  return {
    lanes: sender.lanes,
    busy: calls.flatMap((call) => (call.kind === 'multicast' ? [] : [call.row.lineUserId])),
    busyBatches: new Set(calls.flatMap((call) => (call.kind === 'multicast' ? [call.batch.id] : []))),
    quota,
    page: sender.page,
    work: sender.work,
  }
}

/** Calls under way may be accepted: what they cost is not free any more. */
function quotaLeft(sender: Sender, quota: MessageQuota): MessageQuota {
  if (quota.left === null) return quota
  const costs = {
    reply: () => 0,
    push: () => 1,
    multicast: (call: Call) => ('batch' in call ? call.batch.recipients : 0),
  }
  const spoken = [...sender.underWay].reduce((sum, call) => sum + costs[call.kind](call), 0)
  return { ...quota, left: Math.max(0, quota.left - spoken) }
}

function wantsQuota(sender: Sender, tx: Tx, now: number): boolean {
  if (sender.quotaAsked || sender.quotaSaid || now < sender.askQuotaFrom) return false
  const waiting = pushesWaiting(tx, { from: 0, most: CAMPAIGN })
  return waiting > 0 && quotaIsStale(tx, { waiting }, now)
}

/** Without an answer the figures stay as they are; LINE itself refuses what is too much. */
async function askQuota(sender: Sender, sentBefore: number): Promise<void> {
  sender.quotaAsked = true
  const askedAt = sender.deps.clock.platformNow()
  try {
    sender.quotaSaid = { ...(await sender.deps.line.quota()), sentBefore, askedAt }
  } catch (error) {
    sender.askQuotaFrom = sender.deps.clock.platformNow() + QUOTA_TRY_AGAIN_MS
    sender.deps.log.warn(errorFacts(error), 'LINE did not tell its message quota')
  } finally {
    sender.quotaAsked = false
    sender.nudge()
  }
}

async function begin(sender: Sender, call: Call): Promise<void> {
  const { deps, lanes } = sender
  callStarted(lanes[call.kind])
  sender.underWay.add(call)
  const result = await sent(deps.line, call)
  logOutcome(sender, call, result)
  callEnded(lanes[call.kind], outcomeOf(result), deps.clock.platformNow())
  sender.underWay.delete(call)
  sender.answered.push({ call, result })
  sender.nudge()
}

async function sent(line: LineClient, call: Call): Promise<SendResult> {
  const messages = JSON.parse(call.kind === 'multicast' ? call.batch.payload : call.row.payload) as Messages
  try {
    switch (call.kind) {
      case 'reply':
        return await line.reply({ replyToken: call.row.replyToken ?? '', messages })
      case 'push':
        return await line.push({ to: call.row.lineUserId, messages, retryKey: call.row.retryKey })
      case 'multicast':
        return await line.multicast({ to: call.to, messages, retryKey: call.batch.retryKey })
    }
  } catch (error) {
    return { kind: 'unreachable', words: errorFacts(error).name, nothingSent: false }
  }
}

function logOutcome(sender: Sender, call: Call, result: SendResult): void {
  const { log } = sender.deps
  const facts = call.kind === 'multicast' ? { batchId: call.batch.id } : { outboxId: call.row.id }
  if (result.kind === 'refused' && result.ofAccount) sender.accountRefused = `${result.status} ${result.words}`
  else if (result.kind === 'refused')
    log.error({ ...facts, status: result.status, words: result.words }, 'LINE refused a message')
  if (result.kind === 'monthly-limit') log.error(facts, "LINE's monthly message quota is used up")
}
