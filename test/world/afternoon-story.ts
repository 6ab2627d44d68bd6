import { eq } from 'drizzle-orm'
import { closingReport } from '../../src/cli/closing-report.ts'
import { evidenceText } from '../../src/cli/evidence/evidence-report.ts'
import { gatherEvidence } from '../../src/cli/evidence.ts'
import { logVerdict } from '../../src/cli/log-verdict.ts'
import type { AppointmentId } from '../../src/db/ids.ts'
import { inbox, people } from '../../src/db/schema.ts'
import { keepFiguresJob } from '../../src/jobs/keep-figures.ts'
import { lockAtCloseJob } from '../../src/jobs/lock-at-close.ts'
import { remindOwingJob } from '../../src/jobs/remind-owing.ts'
import { reportVacanciesJob } from '../../src/jobs/report-vacancies.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { type Chat, type Heard, openChat } from '../bot/chat.ts'
import { bangkok, type Place } from './chain-world.ts'
import { settledLine } from './chat-actor.ts'
import { addLaos, type GeneratedLao, ownNames, readCentres } from './forty-laos.ts'
import { linesOf } from './message-text.ts'

const BEGAN = bangkok('2024-04-22T09:00')
/** Invented people at the places of the chain's world. */
const NAMES: Partial<Record<Place, string>> = {
  department: 'นายวิชัย ทดสอบกรม',
  province: 'นางสาวพรทิพย์ ทดสอบจังหวัด',
  town: 'นางกาญจนา ทดสอบเมือง',
  sao: 'นายสมบัติ ทดสอบนา',
  countsOnly: 'นายอำนาจ ทดสอบเขา',
  bare: 'นางประไพ ทดสอบธาร',
  school: 'นางสาวมาลี ทดสอบสอน',
  centre: 'นางจันทร์ ทดสอบเล็ก',
  saoCentre: 'นางสาวบัว ทดสอบนา',
}
const LEVEL_WORDS = { institution: 'แห่ง', lao: 'อปท.', province: 'จังหวัด', department: 'กรม' } as const
type Level = keyof typeof LEVEL_WORDS
type Listener = {
  name: string
  unitName: string
  level: Level
  names: string[]
  at: ReturnType<Chat['person']>
}
type Told = { listener: Listener; lines: string[] }

const MOST_LINES = 4

/** A part of the list with more lines than one wants to read here is cut, and says so. */
function shortened(lines: readonly string[]): string[] {
  const parts: string[][] = []
  for (const line of lines) {
    if (!line.startsWith(' ')) parts.push([])
    parts.at(-1)?.push(line)
  }
  return parts.flatMap(([heading = '', ...rows]) => {
    const shown = rows.slice(0, MOST_LINES)
    return [
      heading,
      ...shown,
      ...(rows.length > shown.length ? [`  … และอีก ${rows.length - shown.length} รายการ`] : []),
    ]
  })
}

export type AfternoonStory = ReturnType<typeof openAfternoon>

/**
 * A province with forty LAOs and everybody in it, told moment by moment: people type and tap, the product's own jobs do the rest. Who
 * is told the same as another, but for the names of their units, is counted instead of written out.
 */
export function openAfternoon(given: { both: number; vacant: number; unheard: number }) {
  const chat = openChat({ round: '2567/1', at: BEGAN, began: BEGAN })
  const { world } = chat
  for (const [place, name] of Object.entries(NAMES) as [Place, string][]) {
    const { personId } = world.actor(place, BEGAN)
    world.act((tx) => tx.update(people).set({ name }).where(eq(people.id, personId)).run())
  }
  const laos = addLaos(world, { at: BEGAN, ...given })
  const clock = { now: chat.now, platformNow: chat.now, toDomain: (ms: number) => ms }
  const deps = { db: world.db, clock, wakeOutbox: () => {} }
  const jobs = [keepFiguresJob(deps), lockAtCloseJob(deps), reportVacanciesJob(deps), remindOwingJob(deps)]
  const transcript: string[] = []
  const listeners = listenersOf()
  const listener = (who: Place | AppointmentId): Listener => {
    const account = world.actor(who, BEGAN).lineUserId
    const found = listeners.find(({ at }) => at.lineUserId === account)
    if (!found) throw new Error(`nobody at ${who}`)
    return found
  }

  function listenersOf(): Listener[] {
    const appointments: (Place | AppointmentId)[] = [
      ...(Object.keys(NAMES) as Place[]),
      ...laos.flatMap(({ officer, teacher }) => (teacher === null ? [officer] : [officer, teacher])),
    ]
    const actors = appointments.map((who) => world.actor(who, BEGAN))
    return [...Map.groupBy(actors, ({ lineUserId }) => lineUserId ?? '').entries()].flatMap(([account, own]) => {
      const [first] = own
      if (!first) return []
      const ids = own.map(({ appointmentId }) => appointmentId)
      const names = ownNames(world, ids, BEGAN).sort((a, b) => b.length - a.length)
      const about = {
        name: first.name,
        unitName: own.map(({ unitName }) => unitName).join(' และ '),
        level: first.level,
      }
      return [{ ...about, names, at: chat.person(account) }]
    })
  }

  /** What somebody has been told, but for the names of his units. */
  const sameButNames = ({ listener, lines }: Told): string =>
    listener.names.reduce((text, name) => text.replaceAll(name, '‹หน่วย›'), [listener.level, ...lines].join('\n'))

  function hear(except: Listener | null): Told[] {
    return listeners.flatMap((listener) => {
      if (listener === except) return []
      const lines = listener.at.heard().messages.flatMap(linesOf)
      return lines.length === 0 ? [] : [{ listener, lines }]
    })
  }

  /** Of each level what most of them are told and what `also` are told; the rest is counted. */
  function writeTold(told: readonly Told[], also: readonly Listener[] = []): void {
    for (const [level, ofLevel] of Map.groupBy(told, (one) => one.listener.level)) {
      const groups = [...Map.groupBy(ofLevel, sameButNames).values()]
      const sorted = groups.toSorted((a, b) => b.length - a.length)
      const shown = sorted.filter((group, index) => index === 0 || group.some((one) => also.includes(one.listener)))
      for (const [first, ...others] of shown) {
        if (!first) continue
        transcript.push(`  (แจ้ง ${first.listener.name}, ${first.listener.unitName})`)
        transcript.push(...first.lines.map((line) => `      | ${line}`))
        if (others.length > 0)
          transcript.push(`  และอีก ${others.length} ${LEVEL_WORDS[level]} ได้รับข้อความเดียวกัน ต่างกันเฉพาะชื่อหน่วย`)
      }
      const left = sorted.filter((group) => !shown.includes(group)).reduce((sum, group) => sum + group.length, 0)
      if (left > 0) transcript.push(`  และอีก ${left} ${LEVEL_WORDS[level]} ได้รับข้อความอย่างเดียวกันตามที่ตนยังค้าง`)
    }
  }

  const readSheets = (): void => {
    for (const place of ['school', 'centre', 'saoCentre'] as const) chat.readSheet(place)
    for (const lao of ['town', 'countsOnly'] as const) chat.readCounts(lao)
    readCentres(world, laos, chat.now())
  }

  function spoken(who: Place | AppointmentId, words: string, act: (at: Listener['at']) => Heard): string {
    const speaker = listener(who)
    transcript.push('', `${speaker.name} (${speaker.unitName}): ${words}`)
    const first = act(speaker.at)
    readSheets()
    const own = [...first.messages, ...speaker.at.heard().messages].flatMap(linesOf)
    transcript.push(...own.map((line) => `    ${line}`))
    writeTold(hear(speaker))
    return own.join('\n')
  }

  const letTimeWork = async (): Promise<void> => {
    for (const job of jobs) await job.run(new AbortController().signal)
  }
  const labelOf = (who: Place | AppointmentId, part: string): string => {
    const action: { label?: string; text?: string } = listener(who).at.dataOf(part)
    return action.label ?? part
  }

  return {
    world,
    laos: laos as readonly GeneratedLao[],
    now: chat.now,
    nameOf: (who: Place | AppointmentId): string => listener(who).unitName,
    /** Moves the clock; the jobs look, and who is told of it is written down. Returns what was told, by level. */
    async at(
      local: string,
      note?: string,
      how: { also?: readonly AppointmentId[]; only?: Level } = {},
    ): Promise<Told[]> {
      chat.at(bangkok(local))
      transcript.push('', `== ${local.replace('T', ' ')} น. ==`)
      if (note !== undefined) transcript.push(`-- ${note} --`)
      await letTimeWork()
      const told = hear(null)
      const shown = how.only ? told.filter((one) => one.listener.level === how.only) : told
      writeTold(shown, how.also?.map(listener))
      const left = told.length - shown.length
      if (left > 0) transcript.push(`  และอีก ${left} คนได้รับข้อความตามที่หน่วยของตนยังค้าง`)
      return told
    },
    /** Plays what has to happen without writing it down. */
    offStage(play: () => void): void {
      const kept = transcript.length
      play()
      transcript.length = kept
    },
    /** Moves the clock and lets the jobs work; what people are told is heard, and not written down. */
    async quietlyAt(local: string, play: () => void = () => {}): Promise<Told[]> {
      chat.at(bangkok(local))
      play()
      await letTimeWork()
      return hear(null)
    },
    note: (words: string): void => void transcript.push('', `-- ${words} --`),
    say: (who: Place | AppointmentId, text: string): string => spoken(who, text, (at) => at.say(text)),
    tap: (who: Place | AppointmentId, label: string): string =>
      spoken(who, `[${labelOf(who, label)}]`, (at) => at.tap(label)),
    /** A tap that LINE brings later than it was made. */
    tapBrought(who: Place | AppointmentId, label: string, tapped: string): string {
      const { data = '' } = listener(who).at.dataOf(label)
      const words = `[${labelOf(who, label)}] (กดเมื่อ ${tapped.slice(11).replaceAll(':', '.')} น.)`
      return spoken(who, words, (at) => {
        const timestamp = bangkok(tapped)
        const id = chat.store(at.lineUserId, { type: 'postback', postback: { data }, timestamp })
        world.act((tx) => tx.update(inbox).set({ eventAt: timestamp }).where(eq(inbox.id, id)).run())
        chat.handle(id)
        return at.heard()
      })
    },
    /** What people did one after the other, as a line; what they were told is heard and not written down. */
    meanwhile(words: string, play: () => void): void {
      transcript.push('', `-- ${words} --`)
      play()
      hear(null)
    },
    closingList(): ReturnType<typeof closingReport> {
      const report = world.act((tx) => closingReport(tx, { round: world.round(), province: null }, chat.now()))
      transcript.push('', '-- lec status --closing --', ...shortened(report.text))
      return report
    },
    /** What `lec evidence` proves about a unit; the transcript has its last day. */
    evidenceOf(code: string): string {
      const words = world.act((tx) =>
        evidenceText(gatherEvidence(tx, { unit: code, round: world.round().code }, chat.now())),
      )
      const lines = words.trimEnd().split('\n')
      const from = lines.findIndex((line) => line.startsWith('11 มิ.ย.'))
      transcript.push('', `-- lec evidence --unit ${code} (ตั้งแต่วันปิดระบบ) --`, ...lines.slice(from))
      return words
    },
    proof: () => ({
      log: world.act((tx) => logVerdict(tx)).faults,
      replay: world.act((tx) => replayDifferences(tx)),
    }),
    transcript: (): string => `${transcript.map(settledLine).join('\n').trim()}\n`,
  }
}
