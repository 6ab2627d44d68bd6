import { actWords } from '../../bot/words/act-words.ts'
import { exactMoment } from '../../bot/words/exact-moment.ts'
import { ROLE, withoutIds } from '../../bot/words/terms.ts'
import type { EventType } from '../../workflow/event-log.ts'
import type { EvidenceAct, EvidenceEntry, EvidencePerson } from '../../workflow/evidence.ts'
import type { MessageSent } from '../../workflow/evidence-messages.ts'
import type { Evidence } from '../evidence.ts'
import { BYTE_ORDER_MARK, csvLine } from '../export/csv-text.ts'
import { fateWords, NOT_REACHED, toldWords } from './message-words.ts'

const HEADERS = ['วันเวลา', 'เรื่อง', 'หน่วย', 'ผู้ดำเนินการหรือผู้รับแจ้ง', 'ใบรับ', 'เหตุผลหรือข้อความ', 'ผลการส่ง', 'ลำดับในบันทึก']

type Line = {
  at: string
  what: string
  unit: string
  who: string
  receipt: string
  label: string
  typed: string
  fate: string
  seq: number | null
}

/** One entry as words; the same for text and CSV. */
function lineOf(entry: EvidenceEntry): Line {
  const at = exactMoment(entry.at)
  if (entry.kind === 'message') {
    const told = toldWords(entry)
    return {
      at,
      what: told,
      unit: '',
      who: entry.to,
      receipt: '',
      label: 'ข้อความ',
      typed: quoted(entry),
      fate: fateWords(entry),
      seq: null,
    }
  }
  return {
    at,
    what: withoutIds(actWords(entry.type, entry.data)) + datedWords(entry),
    unit: entry.unitName ?? '',
    who: whoActed(entry),
    receipt: entry.receiptNumber ?? '',
    ...typedOf(entry),
    fate: tellsOf(entry),
    seq: entry.seq,
  }
}

/** An act that was carried out later than it was made: by the job, or by the department's decision. */
function datedWords({ at, data }: EvidenceAct): string {
  const datedAt = data['datedAt']
  return typeof datedAt === 'number' && Math.abs(at - datedAt) >= 1000 ? ` (กดเมื่อ ${exactMoment(datedAt)})` : ''
}

/** What the system told somebody: the person named is the one who was told. */
const TOLD: readonly EventType[] = ['reminder-queued', 'vacancies-reported']

const isTold = (entry: EvidenceEntry): boolean => entry.kind === 'message' || TOLD.includes(entry.type)

const quoted = (sent: MessageSent): string => (sent.words === null ? '' : withoutIds(sent.words))

function typedOf({ typed, lastEditor }: EvidenceAct): { label: string; typed: string } {
  if (lastEditor !== null) return { label: 'ผู้แก้ไขตารางล่าสุดตามที่ Google แจ้ง', typed: lastEditor }
  return { label: 'เหตุผล', typed: typed === null ? '' : withoutIds(typed) }
}

function whoActed(entry: EvidenceAct): string {
  if (entry.person) return personWords(entry.person)
  // A unit that nobody is appointed to: nobody was told, and `what` says so.
  if (isTold(entry)) return ''
  return entry.data['by'] === 'operator' ? 'ผู้ดูแลระบบของกรม' : 'ระบบ'
}

function personWords({ name, duty }: EvidencePerson): string {
  return duty ? `${name} (${ROLE[duty.role]} ${duty.unitName})` : name
}

function tellsOf(entry: EvidenceAct): string {
  if (entry.sent) return fateWords(entry.sent)
  return entry.type === 'reminder-queued' ? NOT_REACHED : ''
}

/** Readable text, an entry to a paragraph, with the log's verification at the end. */
export function evidenceText(evidence: Evidence): string {
  const lines = evidence.entries.map((entry) => textOf(lineOf(entry), isTold(entry)))
  const body = lines.length > 0 ? lines.flat() : ['ไม่มีรายการในบันทึก']
  return `${[...evidence.heading, `ออกเมื่อ ${exactMoment(evidence.madeAt)}`, '', ...body, '', ...endOf(evidence)].join('\n')}\n`
}

function textOf(line: Line, told: boolean): string[] {
  const unit = line.unit === '' ? '' : ` · ${line.unit}`
  const who = line.who === '' ? '' : told ? ` ถึง ${line.who}` : ` · โดย ${line.who}`
  const receipt = line.receipt === '' ? '' : ` · ใบรับ ${line.receipt}`
  const seq = line.seq === null ? '' : ` · บันทึกที่ ${line.seq}`
  return [
    `${line.at}  ${line.what}${unit}${who}${receipt}${seq}`,
    ...(line.typed === '' ? [] : [`    ${line.label}: ${line.typed}`]),
    ...(line.fate === '' ? [] : [`    ผลการส่ง: ${line.fate}`]),
  ]
}

/** The same for a spreadsheet; the verification is the last rows. */
export function evidenceCsv(evidence: Evidence): string {
  const rows = evidence.entries
    .map(lineOf)
    .map((line) => [line.at, line.what, line.unit, line.who, line.receipt, line.typed, line.fate, line.seq])
  const end = endOf(evidence).map((words) => [words])
  return BYTE_ORDER_MARK + [HEADERS, ...rows, ...end].map(csvLine).join('')
}

const endOf = ({ verdict }: Evidence): string[] => [
  ...verdict.faults,
  `ตรวจบันทึกการดำเนินการทั้งระบบ: ${verdict.summary}`,
  '"LINE รับแล้ว" หมายถึง LINE รับข้อความไว้ส่งต่อ ระบบไม่ทราบว่าผู้รับเปิดอ่านหรือไม่',
]
