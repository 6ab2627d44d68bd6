import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { LineClient } from '../src/bot/line-client.ts'
import { type OpenDatabase, openDatabase, transact } from '../src/db/open.ts'
import { outbox } from '../src/db/schema.ts'
import { sendOutboxJob } from '../src/jobs/send-outbox.ts'
import { URGENCY } from '../src/workflow/notice.ts'
import { type LineProcess, startLineProcess } from './line-process.ts'
import { printLine, whole } from './sync/print-line.ts'

const MESSAGES = 10_000
const BARE = 3_000
const AT_ONCE = 64
/** Assumed: two officers to each unit, with the same duty and the same words. */
const OFFICERS = 2
const words = (n: number): string => `แจ้งเตือน ${n} ${'ก'.repeat(400)}`
const account = (n: number): string => `U${n.toString(16).padStart(32, '0')}`

/**
 * A campaign through the outbox to LINE's sandbox in a process of its own, every try and outcome on disk, beside the same client that
 * pushes and writes down nothing; and what sharing saves.
 */
export async function benchDelivery(): Promise<void> {
  console.log(`\n# Delivery: ${MESSAGES.toLocaleString('en')} messages to LINE's sandbox in a process of its own`)
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-delivery-'))
  const sandbox = await startLineProcess(dir)
  try {
    const bare = await barePushes(sandbox.client)
    printSpeed(`client alone, ${AT_ONCE} at once, nothing stored`, bare)
    const alone = await campaign(sandbox, join(dir, 'alone.db'), { urgency: URGENCY.result, shared: false })
    printSpeed('outbox, personal words', alone, bare)
    const shared = await campaign(sandbox, join(dir, 'shared.db'), { urgency: URGENCY.reminder, shared: true })
    printSpeed(`outbox, the same words for ${OFFICERS} people each`, shared, bare)
    const calls = shared.calls / MESSAGES
    printLine(
      'calls',
      `${whole(shared.calls)}`,
      `${calls.toFixed(2)} of one per message  (goal: 0.5${calls > 0.5 ? ', MISSED' : ''})`,
    )
    printLine('recipients counted against the quota', whole(shared.recipients), 'one per person')
  } finally {
    sandbox.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

type Speed = { perSecond: number; cpuEach: number }

/** Wall time is shared with the sandbox on this machine's cores; processor time of our process is ours alone. */
function printSpeed(name: string, speed: Speed, bare?: Speed): void {
  const ratio = bare ? `, ${(speed.perSecond / bare.perSecond).toFixed(2)} of bare` : ''
  printLine(name, `${whole(speed.perSecond)} /s`, `${speed.cpuEach.toFixed(2)} ms of processor each${ratio}`)
}

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

async function barePushes(client: LineClient): Promise<Speed> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < BARE) {
      const n = next
      next += 1
      const messages = [{ type: 'text' as const, text: words(n) }]
      await client.push({ to: account(n), messages, retryKey: randomUUID() })
    }
  }
  const began = performance.now()
  const cpu = process.cpuUsage()
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { perSecond: (BARE / (performance.now() - began)) * 1000, cpuEach: cpuMs(cpu) / BARE }
}

async function campaign(
  sandbox: LineProcess,
  path: string,
  given: { urgency: number; shared: boolean },
): Promise<Speed & { calls: number; recipients: number }> {
  const open = openDatabase(path)
  fill(open, given)
  const clock = { now: Date.now, platformNow: Date.now, toDomain: (at: number) => at }
  const handleDeps = () => ({ now: Date.now(), toDomain: (at: number) => at, webAddress: null, sheetUrl: () => '' })
  const job = sendOutboxJob({ db: open.db, clock, log: pino({ level: 'error' }), line: sandbox.client, handleDeps })
  const cpu = process.cpuUsage()
  const began = performance.now()
  for (let left = MESSAGES; left > 0; left = pending(open)) await job.run(new AbortController().signal)
  const seconds = (performance.now() - began) / 1000
  const cpuEach = cpuMs(cpu) / MESSAGES
  const batches = open.raw
    .prepare("select count(*) n, coalesce(sum(recipients), 0) r from outbox_batches where state = 'accepted'")
    .get() as {
    n: number
    r: number
  }
  open.close()
  return { perSecond: MESSAGES / seconds, cpuEach, calls: batches.n + MESSAGES - batches.r, recipients: MESSAGES }
}

const pending = ({ raw }: OpenDatabase): number =>
  raw.prepare("select count(*) from outbox where state = 'pending'").pluck().get() as number

/** A notice that renders without a round: the same for those who share it. */
function fill({ db }: OpenDatabase, given: { urgency: number; shared: boolean }): void {
  transact(db, (tx) => {
    for (let n = 0; n < MESSAGES; n += 1) {
      const text = Math.floor(n / OFFICERS)
      const notice = given.shared
        ? { type: 'quota-warning', percent: 80, month: '2024-06', used: text, limit: null }
        : { type: 'answer' }
      tx.insert(outbox)
        .values({
          lineUserId: account(n),
          notice,
          payload: given.shared ? null : JSON.stringify([{ type: 'text', text: words(n) }]),
          channel: 'push',
          retryKey: randomUUID(),
          urgency: given.urgency,
          createdAt: Date.now(),
          occurredAt: Date.now(),
        })
        .run()
    }
  })
}
