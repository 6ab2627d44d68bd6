import { eq } from 'drizzle-orm'
import { closingReport } from '../../src/cli/closing-report.ts'
import { evidenceText } from '../../src/cli/evidence/evidence-report.ts'
import { gatherEvidence } from '../../src/cli/evidence.ts'
import { logVerdict } from '../../src/cli/log-verdict.ts'
import { inbox, people } from '../../src/db/schema.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { nextTelling, tellOfExtension } from '../../src/workflow/extension-tellings.ts'
import type { CountRow } from '../../src/workflow/record-counts.ts'
import { remindOwing } from '../../src/workflow/remind-tick.ts'
import { lapseRequests } from '../../src/workflow/reopening.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import { type Heard, openChat } from '../bot/chat.ts'
import { bangkok, type InstitutionName, type Place } from './chain-world.ts'
import { settledLine } from './chat-actor.ts'
import { linesOf } from './message-text.ts'

/** Invented people, one at each place. */
const NAMES: Record<Place, string> = {
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
const PLACES = Object.keys(NAMES) as Place[]

/** Before each round opens: everybody is appointed already. */
const BEGAN = { '2563/2': '2020-11-02T09:00', '2567/1': '2024-04-22T09:00' } as const

export type Story = ReturnType<typeof openStory>

/**
 * A round of the source documents told day by day in chat, on the chain's world: what each person types and taps, what everybody is
 * told, and what the clock brings about by itself, kept as a readable transcript.
 */
export function openStory(round: '2567/1' | '2563/2') {
  const began = bangkok(BEGAN[round])
  const chat = openChat({ round, at: began, began })
  const { world } = chat
  const transcript: string[] = []
  for (const place of PLACES) {
    const { personId } = world.actor(place, chat.now())
    world.act((tx) => tx.update(people).set({ name: NAMES[place] }).where(eq(people.id, personId)).run())
  }
  const persons = new Map(PLACES.map((place) => [place, chat.officer(place)]))
  const personOf = (place: Place) => {
    const person = persons.get(place)
    if (!person) throw new Error(`nobody at ${place}`)
    return person
  }
  const unitName = (place: Place): string => world.actor(place, chat.now()).unitName

  /** What the jobs do: requests lapse, those who owe are reminded, extensions are told. */
  const letTimeWork = (): void => {
    const now = chat.now()
    world.act((tx) => lapseRequests(tx, now))
    world.act((tx) => remindOwing(tx, { departmentId: world.idOf('department') }, now))
    for (let told = true; told; ) {
      told = world.act((tx) => {
        const telling = nextTelling(tx)
        if (telling !== null) tellOfExtension(tx, telling, now)
        return telling !== null
      })
    }
  }
  const writeTold = (except: Place | null): void => {
    for (const place of PLACES) {
      if (place === except) continue
      const { messages } = personOf(place).heard()
      if (messages.length === 0) continue
      transcript.push(`  (แจ้ง ${NAMES[place]}, ${unitName(place)})`)
      transcript.push(...messages.flatMap(linesOf).map((line) => `      | ${line}`))
    }
  }
  const spoken = (place: Place, words: string, answer: () => Heard): string => {
    transcript.push('', `${NAMES[place]} (${unitName(place)}): ${words}`)
    const heard = answer()
    const own = [...heard.messages, ...personOf(place).heard().messages].flatMap(linesOf)
    transcript.push(...own.map((line) => `    ${line}`))
    writeTold(place)
    return own.join('\n')
  }
  const say = (place: Place, text: string): string => spoken(place, text, () => personOf(place).say(text))
  const tap = (place: Place, label: string): string =>
    spoken(place, `[${labelOf(place, label)}]`, () => personOf(place).tap(label))
  /** The whole label of the button that part of it names. */
  const labelOf = (place: Place, part: string): string => {
    const action: { label?: string; text?: string } = personOf(place).dataOf(part)
    return action.label ?? part
  }
  /** An act whose answer needs the sheet: the job reads it, then the person hears. */
  const reading = (place: Place, of: { words: string; act: () => Heard; read: () => void }): string =>
    spoken(place, of.words, () => {
      const first = of.act()
      of.read()
      return { ...first, messages: [...first.messages, ...personOf(place).heard().messages] }
    })

  return {
    world,
    chat,
    say,
    tap,
    at(local: string, note?: string): void {
      chat.at(bangkok(local))
      transcript.push('', `== ${local.replace('T', ' ')} น. ==`)
      if (note !== undefined) transcript.push(`-- ${note} --`)
      letTimeWork()
      writeTold(null)
    },
    /** ยืนยัน: read back and attest, up to the last button. */
    prepareRoster(place: InstitutionName, sheet: readonly RawRow[] = world.rows(place)): string {
      const read = () => chat.readSheet(place, sheet)
      reading(place, { words: 'ยืนยัน', act: () => personOf(place).say('ยืนยัน'), read })
      return tap(place, 'มีตัวตนจริง')
    },
    confirmRoster(place: InstitutionName, sheet: readonly RawRow[] = world.rows(place)): string {
      this.prepareRoster(place, sheet)
      return this.finishRoster(place, sheet)
    },
    finishRoster(place: InstitutionName, sheet: readonly RawRow[] = world.rows(place)): string {
      const read = () => chat.readSheet(place, sheet)
      const words = `ยืนยัน ${sheet.length} คน`
      return reading(place, { words: `[${words}]`, act: () => personOf(place).tap(words), read })
    },
    confirmOverview(place: Place): string {
      say(place, 'ยืนยันภาพรวม')
      tap(place, 'มีตัวตนจริง')
      return tap(place, 'ยืนยัน ')
    },
    confirmCounts(place: 'town' | 'countsOnly', rows: CountRow[] = world.countRows(place)): string {
      const read = () => chat.readCounts(place, rows)
      reading(place, { words: 'ยืนยันสังกัดอื่น', act: () => personOf(place).say('ยืนยันสังกัดอื่น'), read })
      return reading(place, {
        words: `[${labelOf(place, 'ยืนยัน ')}]`,
        act: () => personOf(place).tap('ยืนยัน '),
        read,
      })
    },
    /** The last tap of a confirmation that LINE brought late: made at `tapped`, received now. */
    finishLate(place: InstitutionName, sheet: readonly RawRow[], tapped: string): string {
      const label = `ยืนยัน ${sheet.length} คน`
      const { data = '' } = personOf(place).dataOf(label)
      return spoken(place, `[${label}] (กดเมื่อ ${tapped.replace('T', ' ')} น.)`, () => {
        const { lineUserId } = personOf(place)
        const id = chat.store(lineUserId, { type: 'postback', postback: { data }, timestamp: bangkok(tapped) })
        world.act((tx) =>
          tx
            .update(inbox)
            .set({ eventAt: bangkok(tapped) })
            .where(eq(inbox.id, id))
            .run(),
        )
        chat.handle(id)
        chat.readSheet(place, sheet)
        return personOf(place).heard()
      })
    },
    /** What has been told since the last act, e.g. by a job. */
    writeNews: (): void => writeTold(null),
    /** The list that the department wants of a round, as `lec status --closing` prints it. */
    closingList(): ReturnType<typeof closingReport> {
      const report = world.act((tx) => closingReport(tx, { round: world.round(), province: null }, chat.now()))
      transcript.push('', '-- lec status --closing --', ...report.text)
      return report
    },
    /** What `lec evidence` proves about a unit. */
    evidenceOf(code: string): string {
      const words = world.act((tx) => evidenceText(gatherEvidence(tx, { unit: code, round }, chat.now())))
      transcript.push('', `-- lec evidence --unit ${code} --`, ...words.trimEnd().split('\n'))
      return words
    },
    /** Nothing of the story was lost: hashes, receipts, and the states that the log alone gives. */
    proof: () => ({
      log: world.act((tx) => logVerdict(tx)).faults,
      replay: world.act((tx) => replayDifferences(tx)),
    }),
    transcript: (): string => `${transcript.map(settledLine).join('\n').trim()}\n`,
  }
}
