import { type ChatWorld, openChatWorld } from './chat/chat-world.ts'
import { pacedLoad } from './chat/paced-load.ts'
import { type SaidEvent, signedCall } from './chat/signed-call.ts'
import { seeded } from './nation/seeded.ts'
import { percentile, printLine, whole } from './sync/print-line.ts'

const BURST = { people: 2_000, distinct: 2_500, calls: 5_000 }
const ASKS = { count: 300, perSecond: 10 }
const GOAL_MS = { acknowledged: 200, replied: 150 }

/** A second in which 2,000 people write, every event delivered twice; then provinces that ask for their สถานะ. On a nation's database. */
export async function benchChat(): Promise<void> {
  console.log(
    '\n# Chat: webhook, inbox, answers and replies, with LINE’s emulator over HTTP, on a nation in full swing',
  )
  const world = await openChatWorld()
  try {
    await warmUp(world)
    await burst(world)
    await provinces(world)
  } finally {
    world.close()
  }
}

async function warmUp(world: ChatWorld): Promise<void> {
  const events = accounts(world, 'institution', 300).map((userId, at) => said(`w-${at}`, userId, 'สถานะ'))
  await deliver(world, { events, perSecond: 100 })
}

async function burst(world: ChatWorld): Promise<void> {
  const people = accounts(world, 'institution', BURST.people)
  const random = seeded(8)
  const events = Array.from({ length: BURST.distinct }, (_, at) =>
    said(
      `b-${String(at).padStart(6, '0')}`,
      people[at % people.length] ?? '',
      at < people.length ? 'สถานะ' : 'กำหนดเวลา',
    ),
  )
  // LINE delivers again what it has not seen acknowledged: any time later, among the first deliveries of others.
  const twice = events
    .flatMap((event, at) => [
      { event, at },
      { event: { ...event, redelivered: true }, at: at + 1 + random.below(BURST.distinct / 2) },
    ])
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event)
  const before = world.line.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM chat').pluck().get() ?? 0
  const began = performance.now()
  const times = await deliver(world, { events: twice, perSecond: BURST.calls })
  const seconds = (performance.now() - began) / 1_000
  const p99 = percentile(times, 0.99)
  const said5000 = `${whole(twice.length)} events of ${whole(people.length)} people in a second`
  printLine(`${said5000}: acknowledged`, `p99 ${p99.toFixed(0)} ms`, verdict(p99, GOAL_MS.acknowledged))
  printLine(
    '  all worked off and answered after',
    `${seconds.toFixed(1)} s`,
    `${whole(events.length / seconds)} answers/s`,
  )
  printAnswers(world, { events, before })
}

/** What LINE took from us since `before`: one answer to every distinct event, and of each person in the order of asking. */
function printAnswers({ line, nation }: ChatWorld, input: { events: readonly SaidEvent[]; before: number }): void {
  const { events, before } = input
  const rows = nation.raw
    .prepare<[], { token: string; userId: string; requestId: string | null }>(
      `SELECT reply_token AS token, line_user_id AS userId, line_request_id AS requestId FROM outbox
       WHERE reply_token GLOB 'b-*' AND state = 'accepted' ORDER BY id`,
    )
    .all()
  const seen = line
    .prepare<[number], { requestId: string; seq: number }>(
      `SELECT request_id AS requestId, min(seq) AS seq FROM chat WHERE sender = 'bot' AND seq > ? GROUP BY request_id`,
    )
    .all(before)
  const seqOf = new Map(seen.map(({ requestId, seq }) => [requestId, seq]))
  const last = new Map<string, number>()
  let disordered = 0
  for (const { userId, requestId } of rows) {
    const seq = seqOf.get(requestId ?? '') ?? 0
    if (seq <= (last.get(userId) ?? 0)) disordered += 1
    last.set(userId, seq)
  }
  const answered = new Set(rows.map(({ token }) => token)).size
  const once = [rows.length, answered, seen.length].every((count) => count === events.length)
  const counted = `${whole(answered)} of ${whole(events.length)} events, ${whole(seen.length)} messages, ${disordered} out of order`
  printLine('  answered exactly once, in order per person', once && disordered === 0 ? 'yes' : 'NO', counted)
}

async function provinces(world: ChatWorld): Promise<void> {
  const everywhere = accounts(world, 'province', ASKS.count)
  const [largest = ''] = world.nation.raw
    .prepare<[], string>(
      `SELECT p.line_user_id FROM units u JOIN appointments a ON a.unit_id = u.parent_id JOIN people p ON p.id = a.person_id
       WHERE u.level = 'lao' GROUP BY u.parent_id ORDER BY count(*) DESC LIMIT 1`,
    )
    .pluck()
    .all()
  for (const [name, mark, of] of [
    ['สถานะ of provinces', 'p', (at: number) => everywhere[at % everywhere.length] ?? ''],
    ['สถานะ of the largest province', 'l', () => largest],
  ] as const) {
    const events = Array.from({ length: ASKS.count }, (_, at) => said(`${mark}-${at}`, of(at), 'สถานะ'))
    await deliver(world, { events, perSecond: ASKS.perSecond })
    const times = world.nation.raw
      .prepare<[string], number>(
        `SELECT o.first_tried_at - i.received_at FROM inbox i JOIN outbox o ON o.reply_token = i.webhook_event_id
         WHERE i.webhook_event_id GLOB ? || '-*' AND o.first_tried_at IS NOT NULL`,
      )
      .pluck()
      .all(mark)
    if (times.length !== events.length) throw new Error(`${times.length} of ${events.length} answers left`)
    const p99 = percentile(times, 0.99)
    const rest = `p50 ${percentile(times, 0.5)} ms, ${verdict(p99, GOAL_MS.replied)}`
    printLine(`${name}: arrived to reply leaving`, `p99 ${p99} ms`, rest)
  }
}

async function deliver(
  world: ChatWorld,
  input: { events: readonly SaidEvent[]; perSecond: number },
): Promise<number[]> {
  const { events, perSecond } = input
  world.expect(events)
  const calls = events.map((event) => signedCall(event, world))
  const times = await pacedLoad({ port: world.port, calls, perSecond })
  await world.rest()
  return times
}

/** The reply token is the event's own id: that is how the two are found again. */
const said = (id: string, userId: string, text: string): SaidEvent => ({
  id,
  userId,
  text,
  replyToken: id,
  at: Date.now(),
})

const verdict = (ms: number, goal: number): string => `(goal: ${goal} ms${ms > goal ? ', MISSED' : ''})`

function accounts({ nation }: ChatWorld, level: string, limit: number): string[] {
  return nation.raw
    .prepare<[string, number], string>(
      `SELECT p.line_user_id FROM units u JOIN appointments a ON a.unit_id = u.id AND a.role = 'officer'
       JOIN people p ON p.id = a.person_id WHERE u.level = ? ORDER BY u.id LIMIT ?`,
    )
    .pluck()
    .all(level, limit)
}
