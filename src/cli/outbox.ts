import { Command, InvalidArgumentError } from 'commander'
import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { exactMoment } from '../bot/words/exact-moment.ts'
import type { OutboxId } from '../db/ids.ts'
import { type Db, type Tx, transact } from '../db/open.ts'
import { readTogether } from '../db/read-together.ts'
import { people } from '../db/schema.ts'
import {
  dropLetters,
  type Letter,
  type LetterRefusal,
  type LetterState,
  lettersIn,
  retryLetters,
} from '../workflow/dead-letters.ts'
import { deliveryHealth } from '../workflow/delivery-health.ts'
import { sentById } from '../workflow/evidence-messages.ts'
import { type MessageQuota, messageQuota } from '../workflow/message-quota.ts'
import { kindOf, leastUrgentWithRoom } from '../workflow/rules/sending-order.ts'
import { fateWords, toldWords } from './evidence/message-words.ts'
import { withSession } from './session.ts'

const STATES = ['pending', 'unknown', 'dead', 'unreachable', 'dropped', 'accepted'] as const satisfies LetterState[]
const SHOWN = 200

type Options = {
  state?: LetterState
  dead?: boolean
  retry?: OutboxId[]
  drop?: OutboxId[]
  reason?: string
  most?: number
}

/** `lec outbox`: what is queued for LINE and what became of it; dead letters are sent again or dropped here. */
export function outboxCommand(): Command {
  return new Command('outbox')
    .description('ข้อความที่รอส่งและที่ส่งไม่สำเร็จ / messages waiting, dead, of unknown fate; send again or drop')
    .option('--state <state>', STATES.join(', '), oneState)
    .option('--dead', 'the same as --state dead')
    .option('--most <n>', 'how many of the newest are listed', wholeNumber, SHOWN)
    .option('--retry <ids...>', 'send these again: dead, or of unknown fate; what LINE took after all comes twice', ids)
    .option('--drop <ids...>', 'never send these; needs --reason', ids)
    .option('--reason <text>', 'why, kept with the message')
    .action((options: Options) =>
      withSession(({ database, clock }) => {
        const times = { platformNow: clock.platformNow(), now: clock.now() }
        console.log(outboxLines(database.db, options, times).join('\n'))
      }),
    )
}

type Times = { platformNow: number; now: number }

/** Does what the options ask for, and says it; a refusal is thrown and changes nothing. */
export function outboxLines(db: Db, options: Options, times: Times): string[] {
  const acts = options.retry !== undefined || options.drop !== undefined
  if (acts) return transact(db, (tx) => act(tx, options, times))
  return readTogether(db, (tx) => list(tx, options, times))
}

function act(tx: Tx, options: Options, times: Times): string[] {
  const { retry, drop, reason } = options
  if (retry && drop) throw new AppError('ใช้ --retry หรือ --drop อย่างใดอย่างหนึ่ง', { code: 'bad-input' })
  if (retry) {
    const result = retryLetters(tx, retry, times.now)
    if (!result.ok) throw new AppError(refusalOf(result), { code: 'bad-input' })
    return [`สั่งส่งอีกครั้ง ${result.n} ข้อความ ระบบที่ทำงานอยู่จะส่งเอง`]
  }
  if (!reason?.trim()) throw new AppError('--drop ต้องระบุ --reason', { code: 'bad-input' })
  const result = dropLetters(tx, { ids: drop ?? [], reason: reason.trim() }, times)
  if (!result.ok) throw new AppError(refusalOf(result), { code: 'bad-input' })
  return [`สั่งไม่ส่ง ${result.n} ข้อความ`]
}

function refusalOf({ why, id, state }: LetterRefusal): string {
  switch (why) {
    case 'no-such-letter':
      return `ไม่พบข้อความที่ ${id} ไม่มีข้อความใดถูกแก้ไข ดูเลขได้ด้วย lec outbox`
    case 'not-ended-badly':
      return `ข้อความที่ ${id} อยู่ในสถานะ ${state} สั่งส่งอีกครั้งได้เฉพาะ dead และ unknown ไม่มีข้อความใดถูกแก้ไข`
    case 'not-open':
      return `ข้อความที่ ${id} อยู่ในสถานะ ${state} หรือกำลังส่งอยู่ สั่งไม่ส่งไม่ได้ ไม่มีข้อความใดถูกแก้ไข`
  }
}

function list(tx: Tx, options: Options, { platformNow, now }: Times): string[] {
  const asked = options.dead ? 'dead' : options.state
  const states = asked ? [asked] : (['pending', 'unknown', 'dead'] as const)
  const { most = SHOWN } = options
  const letters = lettersIn(tx, { states, most })
  const { counts, oldestPendingAt } = deliveryHealth(tx)
  const waiting = oldestPendingAt === null ? '' : ` เก่าที่สุดรอมา ${minutes(now - oldestPendingAt)} นาที`
  return [
    `${STATES.map((state) => `${state} ${counts[state] ?? 0}`).join(' · ')}${waiting}`,
    quotaLine(messageQuota(tx, platformNow)),
    ...letters.map((letter) => lineOf(tx, letter)),
    ...(letters.length === most ? [`แสดงเพียง ${most} ข้อความล่าสุด ใช้ --most เพื่อดูมากขึ้น`] : []),
  ]
}

const minutes = (ms: number): number => Math.max(0, Math.round(ms / 60_000))

function quotaLine(quota: MessageQuota): string {
  const { month, limit, used, sentByUs, readAt, exhausted } = quota
  const said = readAt === null ? 'ยังไม่ได้ถาม LINE' : `ถาม LINE เมื่อ ${exactMoment(readAt)}`
  const of = limit === null ? '' : ` จาก ${limit}`
  const least = leastUrgentWithRoom(quota)
  const held = exhausted
    ? ' LINE แจ้งว่าโควตาหมด ส่งได้เฉพาะคำตอบ'
    : least < 99
      ? ` ขณะนี้ชะลอข้อความที่ด่วนน้อยกว่า ${kindOf(least)}`
      : ''
  return `โควตา ${month}: ใช้ ${used}${of} คน-ครั้ง (ระบบนี้ส่ง ${sentByUs}; ${said})${held}`
}

function lineOf(tx: Tx, letter: Letter): string {
  const sent = sentById(tx, letter.id)
  if (!sent) return `#${letter.id}`
  const who = letter.personId === null ? accountMasked(letter.lineUserId) : nameOf(tx, letter)
  const because = letter.state === 'pending' && letter.error !== null ? `: ${letter.error}` : ''
  return `#${letter.id}  ${letter.state}  ${exactMoment(letter.createdAt)}  ${toldWords(sent)} ถึง ${who} (${kindOf(letter.urgency)})  ${fateWords(sent)}${because}`
}

const nameOf = (tx: Tx, { personId, lineUserId }: Letter): string =>
  (personId === null
    ? undefined
    : tx.select({ name: people.name }).from(people).where(eq(people.id, personId)).get()?.name) ??
  accountMasked(lineUserId)

/** A LINE account stands for a person: enough of it to tell two apart. */
const accountMasked = (lineUserId: string): string => `${lineUserId.slice(0, 5)}…`

function ids(text: string, before: OutboxId[] | undefined): OutboxId[] {
  const id = Number(text.replace(/^#/, ''))
  if (!Number.isInteger(id) || id < 1) throw new InvalidArgumentError('ต้องเป็นเลขของข้อความ เช่น 12')
  return [...(before ?? []), id as OutboxId]
}

function oneState(text: string): LetterState {
  const state = STATES.find((one) => one === text)
  if (!state) throw new InvalidArgumentError(`must be one of ${STATES.join(', ')}`)
  return state
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be a whole number')
  return value
}
