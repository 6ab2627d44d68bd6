import { Command, Option } from 'commander'
import { AppError } from '../app-error.ts'
import type { PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { readTogether } from '../db/read-together.ts'
import { type EvidenceEntry, evidenceOf, peopleNamed } from '../workflow/evidence.ts'
import type { EvidenceAbout } from '../workflow/evidence-messages.ts'
import { type Round, roundByCode } from '../workflow/rounds.ts'
import { unitByAnyCode } from '../workflow/unit.ts'
import { evidenceCsv, evidenceText } from './evidence/evidence-report.ts'
import { type LogVerdict, logVerdict } from './log-verdict.ts'
import { withSession } from './session.ts'

export type EvidenceOptions = { unit?: string; person?: string; round?: string }
export type Evidence = { heading: string[]; entries: EvidenceEntry[]; verdict: LogVerdict; madeAt: number }

/** `lec evidence`: who did, was told and was reminded of what, when; ends with the verification of the log it is taken from. */
export function evidenceCommand(): Command {
  return new Command('evidence')
    .description('หลักฐานการดำเนินการของหน่วยหรือบุคคล / who did, was told and was reminded of what, when')
    .addOption(new Option('--unit <code>', 'code of an institution or LAO; P and two digits for a province'))
    .addOption(
      new Option('--person <name or number>', 'part of a name, or the number in this system').conflicts('unit'),
    )
    .option('--round <code>', 'only this round, e.g. 2567/1 (default: all)')
    .addOption(new Option('--format <format>', 'output').choices(['text', 'csv']).default('text'))
    .action((options: EvidenceOptions & { format: 'text' | 'csv' }) =>
      withSession(({ database, clock }) => {
        const found = readTogether(database.db, (tx) => gatherEvidence(tx, options, clock.now()))
        process.stdout.write(options.format === 'csv' ? evidenceCsv(found) : evidenceText(found))
        if (!found.verdict.whole) process.exitCode = 1
      }),
    )
}

export function gatherEvidence(tx: Tx, options: EvidenceOptions, now: number): Evidence {
  const round = options.round ? roundOf(tx, options.round) : null
  const { about, heading } = subjectOf(tx, options)
  const which = round ? `ปีการศึกษา ${round.schoolYear} (ครั้งที่ ${round.term})` : 'ทุกรอบ'
  return {
    heading: [...heading, which],
    entries: evidenceOf(tx, { about, roundId: round?.id ?? null }),
    verdict: logVerdict(tx),
    madeAt: now,
  }
}

function roundOf(tx: Tx, code: string): Round {
  const round = roundByCode(tx, code)
  if (!round) throw new AppError(`ไม่รู้จักรอบ ${code}`, { code: 'not-found' })
  return round
}

function subjectOf(tx: Tx, options: EvidenceOptions): { about: EvidenceAbout; heading: string[] } {
  if (options.unit !== undefined) {
    const named = unitByAnyCode(tx, options.unit)
    if (!named) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${options.unit}`, { code: 'not-found' })
    const former = named.former ? ` (${options.unit} เป็นรหัสเดิม)` : ''
    return {
      about: { unitId: named.unit.id },
      heading: [`หลักฐานการดำเนินการของ ${named.unit.name} รหัส ${named.code ?? '-'}${former}`],
    }
  }
  if (options.person === undefined) throw new AppError('โปรดระบุ --unit หรือ --person', { code: 'bad-input' })
  const person = onePerson(tx, options.person)
  return {
    about: { personId: person.id },
    heading: [`หลักฐานการดำเนินการของ ${person.name} (บุคคลหมายเลข ${person.id}) ${person.units.join(', ')}`.trimEnd()],
  }
}

function onePerson(tx: Tx, asked: string): { id: PersonId; name: string; units: string[] } {
  const found = peopleNamed(tx, asked)
  const [only] = found
  if (!only) throw new AppError(`ไม่พบบุคคลชื่อหรือหมายเลข ${asked}`, { code: 'not-found' })
  if (found.length === 1) return only
  const list = found.map(({ id, name, units }) => `  ${id} ${name} ${units.join(', ')}`.trimEnd())
  throw new AppError(`พบ ${found.length} คน โปรดระบุหมายเลข:\n${list.join('\n')}`, { code: 'bad-input' })
}
