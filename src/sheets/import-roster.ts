import { setTimeout as wait } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { RoundId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import { type SheetFileState, sheetFiles } from '../db/schema.ts'
import { carriedKeys } from '../workflow/carry-forward.ts'
import { confirmationOf } from '../workflow/component-state.ts'
import { appendEvent } from '../workflow/event-log.ts'
import { roundById } from '../workflow/rounds.ts'
import { rosterColumns } from '../workflow/rules/roster/columns.ts'
import type { Unit } from '../workflow/unit.ts'
import { getFileFacts } from './file-facts.ts'
import { googleFailureOf } from './google-errors.ts'
import { nextBatch } from './import-roster-batch.ts'
import type { CellWrite, Snapshot } from './import-roster-cells.ts'
import { planRosterImport, type RosterImportPlan } from './import-roster-plan.ts'
import { type BatchWritten, repair, type Target, toSnapshot, writeImportBatch } from './import-roster-write.ts'
import { institutionKind } from './provision-unit.ts'
import { nextMinute } from './quota.ts'
import { currentFile, lostBy, readSheet, troubleOf } from './read-sheet.ts'
import { type ColumnPositions, toRawRows } from './roster-columns.ts'
import type { RosterFile } from './rpt318-file.ts'
import { type ImportedColumn, importedColumns } from './rpt318-header.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'

export type ImportRefusal =
  | { why: 'no-sheet' }
  | { why: 'confirmed'; receiptNumber: string }
  | { why: 'locked' }
  | { why: 'sheet-trouble'; state: SheetFileState; words: string }

export type ShownImport = {
  ok: true
  plan: RosterImportPlan
  /** Columns that the file has and the sheet has not. */
  notInSheet: readonly ImportedColumn[]
}

export type ImportProgress = { done: number; of: number; waitingForGoogle?: boolean }

export type ImportDone = {
  ok: true
  added: number
  changed: number
  /** Somebody edited meanwhile and values were put back. */
  moved: boolean
  unknown: BatchWritten['unknown']
}

type ImportInput = { unit: Unit; roundId: RoundId; file: RosterFile; onlyGood: boolean }
type Reading = { sheetFile: SheetFile; target: Target; snapshot: Snapshot; gridRows: number; shown: ShownImport }

/** What an import would do to the sheet as it is now; writes nothing. */
export async function showRosterImport(
  deps: SheetDeps,
  input: ImportInput,
): Promise<ShownImport | ({ ok: false } & ImportRefusal)> {
  const read = await readTarget(deps, input)
  return read.ok ? read.reading.shown : read
}

const MOST_PASSES = 60
const MOST_FAILURES = 4
const RETRY_MS = 1_500

/**
 * Brings the file into the sheet, batch by batch, each planned on a fresh read: what is in the sheet already is not written
 * again, so a lost answer, a kill and a second run are all the same. The sync judges the sheet afterwards.
 */
export async function runRosterImport(
  deps: SheetDeps,
  input: ImportInput & { onProgress?: (progress: ImportProgress) => void; retryMs?: number },
): Promise<ImportDone | ({ ok: false } & ImportRefusal)> {
  const done: ImportDone = { ok: true, added: 0, changed: 0, moved: false, unknown: [] }
  let of: number | null = null
  let failures = 0
  let lost: { writes: readonly CellWrite[]; before: Snapshot } | null = null
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    try {
      const read = await readTarget(deps, input)
      if (!read.ok) return read
      const { target, snapshot, gridRows, shown, sheetFile } = read.reading
      if (lost) {
        const settled = await repair(deps, { target, ...lost, after: snapshot })
        note(done, settled)
        lost = null
        if (settled.moved) continue
      }
      const left = shown.plan.added.length + shown.plan.changed.length
      if (left === 0) break
      if (of === null) begin(deps, { ...input, sheetFile, plan: shown.plan })
      of ??= left
      const batch = nextBatch({ plan: shown.plan, tabId: target.tabId, snapshot, gridRows })
      lost = { writes: batch.writes, before: snapshot }
      const written = await writeImportBatch(deps, { target, before: snapshot, ...batch })
      lost = null
      note(done, written)
      if (!written.moved) {
        done.added += batch.added
        done.changed += batch.changed
      }
      input.onProgress?.({ done: Math.min(of, done.added + done.changed), of })
      if (batch.whole && !written.moved) break
    } catch (error) {
      if (googleFailureOf(error)?.kind === 'locked') return { ok: false, why: 'locked' }
      failures += 1
      if (!mayPass(error) || failures > MOST_FAILURES) throw error
      input.onProgress?.({ done: done.added + done.changed, of: of ?? 0, waitingForGoogle: true })
      await wait(pauseFor(deps, { error, retryMs: input.retryMs ?? RETRY_MS }))
    }
  }
  if (of !== null) markDirty(deps, input)
  return done
}

function note(done: ImportDone, written: BatchWritten): void {
  done.moved ||= written.moved
  done.unknown.push(...written.unknown)
}

async function readTarget(
  deps: SheetDeps,
  input: ImportInput,
): Promise<{ ok: true; reading: Reading } | ({ ok: false } & ImportRefusal)> {
  const { unit, roundId } = input
  const { row, confirmation, round, carried } = transact(deps.db, (tx) => ({
    row: tx.select().from(sheetFiles).where(fileKey(input)).get(),
    confirmation: confirmationOf(tx, { roundId, unitId: unit.id, component: 'roster' }),
    round: roundById(tx, roundId),
    carried: carriedKeys(tx, { roundId, institutionId: unit.id }),
  }))
  const sheetFile = row ? currentFile(deps, row.id) : null
  if (!sheetFile?.spreadsheetId || sheetFile.dataTabId === null) return { ok: false, why: 'no-sheet' }
  if (confirmation) return { ok: false, why: 'confirmed', receiptNumber: confirmation.receiptNumber }
  const { spreadsheetId, dataTabId } = sheetFile
  try {
    const facts = await getFileFacts(deps, { spreadsheetId, urgent: true })
    const lost = lostBy(facts)
    if (lost) return { ok: false, why: 'sheet-trouble', state: lost.state, words: lost.words }
    if (facts.locked || sheetFile.lockWanted) return { ok: false, why: 'locked' }
    const gridRows = await gridRowsOf(deps, { spreadsheetId, dataTabId })
    const read = await readSheet(deps, sheetFile, { urgent: true })
    if (!read.ok) return { ok: false, why: 'sheet-trouble', state: read.trouble.state, words: read.trouble.words }
    const { tab, judged } = read
    const columns: ColumnPositions = {}
    for (const column of rosterColumns) {
      const at = judged.report.positionOf(column)
      if (at !== null) columns[column] = at
    }
    const usable = input.file.columns.filter((column) => columns[column] !== undefined)
    const [year = 0, month = 1, day = 1] = round.asOf.split('-').map(Number)
    const plan = planRosterImport({
      current: toRawRows(tab.rows, columns),
      file: input.file.rows,
      columns: usable,
      context: {
        kind: institutionKind(unit),
        schoolYear: round.schoolYear,
        asOf: { year, month, day },
        ...(carried ? { carried } : {}),
      },
      onlyGood: input.onlyGood,
    })
    const target = { spreadsheetId, tabId: tab.tabId, title: tab.title }
    const notInSheet = importedColumns.filter((one) => input.file.columns.includes(one) && !usable.includes(one))
    const shown = { ok: true as const, plan, notInSheet }
    const snapshot = toSnapshot(tab.header, tab.rows, columns)
    return { ok: true, reading: { sheetFile, target, snapshot, gridRows, shown } }
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal) return refusal
    throw error
  }
}

function fileKey({ unit, roundId }: ImportInput) {
  return and(eq(sheetFiles.roundId, roundId), eq(sheetFiles.unitId, unit.id), eq(sheetFiles.kind, 'roster'))
}

async function gridRowsOf(
  deps: SheetDeps,
  { spreadsheetId, dataTabId }: { spreadsheetId: string; dataTabId: number },
): Promise<number> {
  const answer = await deps.google.ask(
    { bucket: 'sheets-read', urgent: true, what: 'ask how large a sheet is' },
    ({ sheets }) =>
      sheets.spreadsheets.get({ spreadsheetId, fields: 'sheets(properties(sheetId,gridProperties(rowCount)))' }),
  )
  const tab = answer.data.sheets?.find(({ properties }) => (properties?.sheetId ?? 0) === dataTabId)
  return tab?.properties?.gridProperties?.rowCount ?? 0
}

function refusalOf(error: unknown): ({ ok: false } & ImportRefusal) | null {
  if (googleFailureOf(error)?.kind === 'locked') return { ok: false, why: 'locked' }
  const trouble = troubleOf(error)
  return trouble ? { ok: false, why: 'sheet-trouble', state: trouble.state, words: trouble.words } : null
}

/**
 * Also a batch that no longer fits the grid or the tab's name: refused as a whole, and planned anew. And a lost right: Sheets
 * answers so when the file was locked meanwhile; the next read says which it is.
 */
function mayPass(error: unknown): boolean {
  if (!(error instanceof AppError)) return false
  const failure = googleFailureOf(error)
  if (failure?.kind === 'access-lost' || failure?.kind === 'not-found') return true
  return error.retry || (failure?.kind === 'refused' && failure.status === 400)
}

function pauseFor(deps: SheetDeps, { error, retryMs }: { error: unknown; retryMs: number }): number {
  if (!(error instanceof AppError) || error.code !== 'quota') return retryMs * (0.5 + Math.random())
  const now = deps.clock.platformNow()
  return nextMinute(now) - now
}

/** On record before the first cell is written (R38), and dirty, so that a kill leaves nothing unread. */
function begin(deps: SheetDeps, input: ImportInput & { sheetFile: SheetFile; plan: RosterImportPlan }): void {
  const { unit, roundId, plan } = input
  transact(deps.db, (tx) => {
    const data = { added: plan.added.length, changed: plan.changed.length, rows: input.file.rows.length }
    appendEvent(tx, { at: deps.clock.now(), type: 'roster-imported', roundId, unitId: unit.id, data })
  })
  markDirty(deps, input)
}

function markDirty(deps: SheetDeps, input: ImportInput): void {
  const dirtyAt = deps.clock.platformNow()
  transact(deps.db, (tx) => tx.update(sheetFiles).set({ dirtyAt, notBefore: 0 }).where(fileKey(input)).run())
}
