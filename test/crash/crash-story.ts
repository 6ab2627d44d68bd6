import { SENT_AGAIN } from '../../src/bot/words/delivery-words.ts'
import { inventedId } from '../../src/demo/demo-roster.ts'
import type { Actor } from '../world/chat-actor.ts'
import { linesOf } from '../world/message-text.ts'
import type { CrashWorld } from './crash-world.ts'

const CENTRE = 'ศูนย์พัฒนาเด็กเล็กบ้านนา'
const TEMPLE = 'ศูนย์พัฒนาเด็กเล็กวัดบ้านนา'
const LAO = 'องค์การบริหารส่วนตำบลบ้านนา'
const PROVINCE = 'จังหวัดทุ่งตะวัน'

export type Act = { name: string; run: () => Promise<unknown> }

/** The story of the first paragraph in short: correct, confirm, confirm above, ask to reopen, endorse, carry out. */
export async function crashStory(world: CrashWorld): Promise<Act[]> {
  const centre = await world.actor(CENTRE)
  const temple = await world.actor(TEMPLE)
  const lao = await world.actor(LAO)
  const province = await world.actor(PROVINCE)
  const says = (who: Actor, text: string): Act => ({ name: `${who.name}: ${text}`, run: () => who.say(text) })
  const taps = (who: Actor, label: string): Act => ({ name: `${who.name}: [${label}]`, run: () => who.tap(label) })
  return [
    says(temple, 'ยืนยัน'),
    taps(temple, 'มีตัวตนจริง'),
    taps(temple, 'ยืนยัน '),
    {
      name: 'the teacher corrects two cells',
      run: () =>
        centre.type([
          { row: 4, column: 0, text: inventedId(300001003) },
          { row: 8, column: 6, text: '3/2/2564' },
        ]),
    },
    says(centre, 'ยืนยัน'),
    taps(centre, 'มีตัวตนจริง'),
    taps(centre, 'ยืนยัน '),
    says(lao, 'ยืนยันภาพรวม'),
    taps(lao, 'มีตัวตนจริง'),
    taps(lao, 'ยืนยัน '),
    says(centre, 'ขอยกเลิกการยืนยัน'),
    taps(centre, 'มีผู้ย้ายเข้า'),
    says(centre, 'เด็กย้ายเข้า 1 คน'),
    taps(lao, 'เห็นชอบและส่งต่อ'),
    taps(province, 'ยกเลิกการยืนยัน'),
    says(centre, 'สถานะ'),
  ]
}

export type EndState = {
  chain: unknown[]
  confirmations: unknown[]
  requests: unknown[]
  files: unknown[]
  told: Record<string, string[]>
}

/** What must be the same however often the process was killed: the chain's state and what people were told. */
export async function endState(world: CrashWorld): Promise<EndState> {
  const all = (sql: string) => world.raw().prepare(sql).all()
  const told: Record<string, string[]> = {}
  for (const person of await world.people()) {
    const { items } = await world.control.get<{ items: { from: string; message: Record<string, unknown> }[] }>(
      `/line/people/${person.userId}/chat?after=0`,
    )
    const words = items
      .filter((item) => item.from === 'bot')
      .map((item) => withoutTimes(linesOf(item.message).join('\n')))
    told[person.name] = withoutRepeats(words)
  }
  return {
    chain: all('SELECT unit_id, component, state, reopened_times FROM component_states ORDER BY unit_id, component'),
    confirmations: all(
      'SELECT receipt_number, unit_id, component, person_id, cancelled_at IS NOT NULL cancelled FROM confirmations ORDER BY id',
    ),
    requests: all('SELECT unit_id, component, state, reason FROM reopening_requests ORDER BY id'),
    files: all('SELECT unit_id, kind, locked, lock_wanted, state FROM sheet_files ORDER BY unit_id'),
    told,
  }
}

/** A receipt whose first sending was cut off by the kill may come twice, and says so the second time. */
function withoutRepeats(words: readonly string[]): string[] {
  const repeats = (at: number): boolean =>
    words[at - 1] === SENT_AGAIN && words.slice(0, at - 1).includes(words[at] ?? '')
  return words.filter((one, at) => !repeats(at) && !(one === SENT_AGAIN && repeats(at + 1)))
}

const withoutTimes = (words: string): string =>
  words
    .replace(/\d{1,2}\.\d{2} น\./g, '‹เวลา›')
    .replace(/\b[0-9a-f]{12}\b/g, '‹รหัส›')
    .replace(/เหลือ [^)]*\)/g, 'เหลือ ‹เวลา›)')
