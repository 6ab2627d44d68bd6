import type { ChannelStore } from './channel.ts'
import type { Fault, Faults } from './faults.ts'
import type { ReplyTokens } from './reply-tokens.ts'
import type { RequestLog } from './request-log.ts'
import type { SettingsStore } from './sandbox-settings.ts'
import type { NewEvent, WaitingEvent, WebhookBacklog } from './webhook-backlog.ts'
import { nextBatch } from './webhook-batch.ts'
import type { WebhookEvent } from './webhook-events.ts'
import { type PostOutcome, postWebhook } from './webhook-post.ts'

const callsAtOnce = 10
const slowestRetry = 30
// LINE does not say for how long it redelivers; the sandbox gives up after an hour.
const redeliveryWindowMs = 3_600_000
const reorderHoldMs = 2_000

export type WebhookDelivery = {
  enqueue(entry: NewEvent): void
  wake(): void
  postEvents(options: { url: string; events: WebhookEvent[] }): Promise<PostOutcome>
  idle(timeoutMs: number): Promise<boolean>
  close(): Promise<void>
}

/** Sends waiting events to the bot, several calls at a time, and repeats what failed when redelivery is on. */
export function startWebhookDelivery(options: {
  backlog: WebhookBacklog
  channel: ChannelStore
  faults: Faults
  log: RequestLog
  now: () => number
  replyTokens: ReplyTokens
  settings: SettingsStore
}): WebhookDelivery {
  const { backlog, channel, faults, log, now, replyTokens, settings } = options
  const busy = new Set<string>()
  const inFlight = new Set<Promise<void>>()
  const closing = new AbortController()
  let idleWaiters: ((isIdle: boolean) => void)[] = []
  let timer: NodeJS.Timeout | undefined
  let scheduled = false

  const wake = () => {
    if (scheduled || closing.signal.aborted) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      pump()
    })
  }

  const pump = () => {
    if (closing.signal.aborted) return
    clearTimeout(timer)
    let more = !settings.read().deliveryPaused
    while (more && inFlight.size < callsAtOnce) more = startOneCall()
    sleepUntilNext()
    tellIdle()
  }

  const sleepUntilNext = () => {
    if (settings.read().deliveryPaused) return
    const later = backlog.waiting().filter((event) => event.nextAt > now())
    if (later.length === 0) return
    const soonest = Math.min(...later.map((event) => event.nextAt))
    timer = setTimeout(wake, Math.max(1, soonest - now()))
  }

  const tellIdle = () => {
    if (inFlight.size > 0 || !backlog.isEmpty()) return
    const waiters = idleWaiters
    idleWaiters = []
    for (const tell of waiters) tell(true)
  }

  /** Starts one call, or settles events that need none; false when nothing is due. */
  const startOneCall = (): boolean => {
    const batch = nextBatch({ waiting: backlog.waiting(), busy, now: now() })
    if (batch.length === 0) return false
    const { webhookUrl, webhookActive, redelivery } = settings.read()
    if (webhookUrl === null || !webhookActive) return settleAll(batch)
    const known = batch.filter((event) => event.attempts === 0 || redelivery)
    if (known.length < batch.length) return settleAll(batch.filter((event) => !known.includes(event)))

    const going: WaitingEvent[] = []
    for (const event of known) {
      // A fault that befalls a whole call waits until its event stands first: that call then goes alone.
      if (going.length > 0 && spoilsCall(faults.nextForWebhook())) break
      const fault = event.held === 1 ? undefined : faults.takeForWebhook()
      if (!fault) going.push(event)
      else if (fault.kind === 'drop') backlog.settle(event.seq, 'dropped')
      else if (fault.kind === 'reorder') backlog.hold(event.seq, now() + (fault.delayMs ?? reorderHoldMs))
      else {
        track(deliver({ batch: [event], url: webhookUrl, fault }), [event])
        return true
      }
    }
    if (going.length > 0) track(deliver({ batch: going, url: webhookUrl, fault: undefined }), going)
    return true
  }

  const settleAll = (events: readonly WaitingEvent[]): boolean => {
    for (const event of events) backlog.settle(event.seq, 'lost')
    return true
  }

  const track = (work: Promise<void>, batch: readonly WaitingEvent[]) => {
    const keys = batch.map((event) => event.chatKey)
    for (const key of keys) busy.add(key)
    const finish = () => {
      for (const key of keys) busy.delete(key)
      inFlight.delete(done)
      wake()
    }
    // A call that broke inside the sandbox leaves its events waiting: they count as tried.
    const done: Promise<void> = work.then(finish, finish)
    inFlight.add(done)
  }

  const deliver = async (call: { batch: WaitingEvent[]; url: string; fault: Fault | undefined }) => {
    const { batch, fault } = call
    const redelivery = batch.some((event) => event.attempts > 0)
    const events = batch.map((event) => asSent(event))
    for (const event of batch) {
      backlog.countAttempt(event.seq)
      if (event.replyToken !== null) replyTokens.renew(event.replyToken)
    }
    const attempts = Math.max(...batch.map((event) => event.attempts + 1))
    if (fault?.delayMs) await pause(fault.delayMs)
    const copies = fault?.kind === 'duplicate' ? 2 : 1
    let outcome: PostOutcome = { status: null, reason: 'CLOSED', detail: '' }
    for (let copy = 0; copy < copies && !closing.signal.aborted; copy += 1) {
      outcome = await post({ url: call.url, events, cut: fault?.kind === 'cut-before-accept' })
      if (closing.signal.aborted) return
      if (fault?.kind === 'timeout' || fault?.kind === 'cut-after-accept')
        outcome = { status: null, reason: 'REQUEST_TIMEOUT', detail: `answer lost on purpose (${outcome.detail})` }
      log.writeCall({
        attempts,
        status: outcome.status,
        reason: outcome.reason,
        eventIds: batch.map((event) => event.eventId),
        redelivery,
      })
    }
    for (const event of batch) settle(event, outcome)
  }

  const settle = (event: WaitingEvent, outcome: PostOutcome) => {
    if (outcome.status !== null && outcome.status >= 200 && outcome.status < 300) {
      backlog.settle(event.seq, 'delivered')
      backlog.releaseBefore(event)
      return
    }
    const { redelivery, redeliveryDelayMs } = settings.read()
    if (!redelivery || now() - event.createdAt > redeliveryWindowMs) {
      backlog.settle(event.seq, 'lost')
      return
    }
    const factor = Math.min(2 ** event.attempts, slowestRetry)
    backlog.retryAt(event.seq, now() + redeliveryDelayMs * factor)
  }

  const post = (call: { url: string; events: readonly unknown[]; cut?: boolean }) => {
    const { botUserId, channelSecret } = channel.read()
    const body = Buffer.from(JSON.stringify({ destination: botUserId, events: call.events }))
    return postWebhook({
      url: call.url,
      body,
      channelSecret,
      signal: closing.signal,
      ...(call.cut ? { cut: true } : {}),
    })
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(waiting)
        closing.signal.removeEventListener('abort', finish)
        resolve()
      }
      const waiting = setTimeout(finish, ms)
      closing.signal.addEventListener('abort', finish)
    })

  wake()
  return {
    enqueue: (entry) => {
      backlog.add(entry)
      wake()
    },
    wake,
    postEvents: ({ url, events }) => post({ url, events }),
    idle: (timeoutMs) =>
      new Promise((resolve) => {
        const tell = (isIdle: boolean) => {
          clearTimeout(limit)
          idleWaiters = idleWaiters.filter((waiter) => waiter !== tell)
          resolve(isIdle)
        }
        const limit = setTimeout(() => tell(false), timeoutMs)
        idleWaiters.push(tell)
        wake()
      }),
    close: async () => {
      closing.abort()
      clearTimeout(timer)
      for (const tell of idleWaiters) tell(false)
      await Promise.allSettled([...inFlight])
    },
  }
}

const spoilsCall = (fault: Fault | undefined) =>
  fault !== undefined && fault.kind !== 'drop' && fault.kind !== 'reorder'

function asSent(event: WaitingEvent): unknown {
  const body = JSON.parse(event.body) as Record<string, unknown>
  if (event.attempts === 0 || body['deliveryContext'] === undefined) return body
  return { ...body, deliveryContext: { isRedelivery: true } }
}
