import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { AppError } from '../app-error.ts'
import { transact } from '../db/open.ts'
import { openLog } from '../log.ts'
import { openSheetDeps } from '../product-sheets.ts'
import { runRosterImport, type ShownImport, showRosterImport } from '../sheets/import-roster.ts'
import { type FileOwner, ownerOfFile } from '../sheets/import-roster-owner.ts'
import { numberOf } from '../sheets/import-roster-values.ts'
import { type RosterFile, readRosterFileForImport } from '../sheets/rpt318-file.ts'
import { activeRound, type Round, roundByCode } from '../workflow/rounds.ts'
import { type Unit, unitByCode } from '../workflow/unit.ts'
import type { ImportRosterOptions } from './import-roster.ts'
import {
  doneWords,
  fileWords,
  ownerWords,
  planWords,
  progressWords,
  refusalWords,
  says,
} from './import-roster-words.ts'
import { type Session, withGoogleSession } from './session.ts'

/** Shows what the file would do to the sheet, then writes it when told: by --yes, or by a person at the terminal. */
export async function runImport(path: string, options: ImportRosterOptions): Promise<void> {
  const file = await readRoster(path, options)
  await withGoogleSession(async (session) => {
    const { config, clock, database } = session
    const { unit, round } = findTarget(session, options)
    const owner = whoseFile(session, { unit, round, file })
    if (owner.whose === 'another') throw new AppError(ownerWords.another(owner, unit.name), { code: 'bad-input' })
    const log = openLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
    const deps = openSheetDeps({ config, database, clock, log })
    const input = { unit, roundId: round.id, file, onlyGood: options.onlyGood ?? false }
    say(fileWords({ file, unit: unit.name, code: options.institution, round: round.code }))
    say(owner.whose === 'unknown' ? ownerWords.unknown(unit.name) : ownerWords.ours(owner.by))

    let seen: string | null = null
    for (;;) {
      const shown = await showRosterImport(deps, input)
      if (!shown.ok) throw new AppError(refusalWords(shown, unit.name), { code: 'bad-input' })
      if (isNothing(shown)) return say([...planWords(shown), says.nothing])
      const now = planKey(shown)
      if (now === seen) break
      if (seen !== null) say(says.sheetChanged)
      say(planWords(shown))
      // The sheet may change while a person reads: asked is about what is shown, so it is looked at once more afterwards.
      if (options.yes) break
      if (owner.whose === 'unknown') return say(says.onlyWithYes)
      if (!process.stdin.isTTY) return say(says.onlyShown)
      if (!(await agreed())) return say(says.left)
      seen = now
    }
    const done = await runRosterImport(deps, { ...input, onProgress: (progress) => complain(progressWords(progress)) })
    if (!done.ok) throw new AppError(refusalWords(done, unit.name), { code: 'bad-input' })
    say(doneWords(done))
    if (done.unknown.length > 0) process.exitCode = 1
  })
}

async function readRoster(path: string, options: ImportRosterOptions): Promise<RosterFile> {
  const fileName = basename(path)
  const refuse = (words: string, cause?: unknown) => new AppError(`${fileName}: ${words}`, { code: 'bad-input', cause })
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw refuse(says.cannotOpen, cause)
  }
  const reading = await readRosterFileForImport({ bytes, fileName, ...(options.tab ? { tab: options.tab } : {}) })
  if (reading.ok) return reading.file
  switch (reading.why) {
    case 'no-table':
      throw refuse(says.noTable(reading))
    case 'several-tables':
      throw refuse(says.severalTables(reading.tabs))
    case 'no-such-tab':
      throw refuse(says.noSuchTab(reading.tabs))
    default:
      throw refuse(says.fault(reading.why))
  }
}

function findTarget({ database }: Session, options: ImportRosterOptions): { unit: Unit; round: Round } {
  return transact(database.db, (tx) => {
    const unit = unitByCode(tx, options.institution)
    if (unit?.level !== 'institution')
      throw new AppError(says.noInstitution(options.institution), { code: 'not-found' })
    const round = options.round ? roundByCode(tx, options.round) : activeRound(tx)
    if (!round) throw new AppError(says.noRound, { code: 'not-found' })
    return { unit, round }
  })
}

function whoseFile({ database }: Session, input: { unit: Unit; round: Round; file: RosterFile }): FileOwner {
  const { unit, round, file } = input
  const numbers = file.rows.flatMap(({ cells }) => {
    const { kind, comparable } = numberOf(cells)
    return comparable !== null && kind !== 'bad' ? [comparable] : []
  })
  return transact(database.db, (tx) => ownerOfFile(tx, { unit, roundId: round.id, outside: file.outside, numbers }))
}

const isNothing = ({ plan }: ShownImport) => plan.added.length + plan.changed.length === 0

/** What is shown, without the places that rows have in the sheet: a sorted sheet is not another plan. */
function planKey({ plan }: ShownImport): string {
  const changed = plan.changed.map(({ fileRow, cells }) => ({ fileRow, cells }))
  return JSON.stringify([plan.added, changed])
}

async function agreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^\s*(?:y|yes|ใช่|ตกลง)\s*$/i.test(await terminal.question(says.question))
  } finally {
    terminal.close()
  }
}

function say(lines: string | readonly string[]): void {
  process.stdout.write(`${[lines].flat().join('\n')}\n`)
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}
