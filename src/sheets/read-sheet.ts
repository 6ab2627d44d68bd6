import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { transact } from '../db/open.ts'
import { type SheetFileState, sheetFiles } from '../db/schema.ts'
import { carriedKeys } from '../workflow/carry-forward.ts'
import { otherInstitutionsOf } from '../workflow/record-counts.ts'
import { roundById } from '../workflow/rounds.ts'
import { columnNamed } from '../workflow/rules/roster/columns.ts'
import { unitById } from '../workflow/unit.ts'
import type { FileFacts } from './file-facts.ts'
import { googleFailureOf } from './google-errors.ts'
import { type BrokenSheet, brokenSheet, type JudgedSheet } from './judged-sheet.ts'
import { institutionKind } from './provision-unit.ts'
import { countColumnNamed, judgeCountsTab } from './read-counts.ts'
import { judgeRosterTab } from './read-roster.ts'
import { type ReadTab, readTab } from './read-tab.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'
import { tabTitles, troubleWords } from './sheet-words.ts'

export type SheetTrouble = {
  why: 'sheet-unreadable' | 'sheet-missing' | 'access-lost' | 'header-broken'
  state: SheetFileState
  words: string
}

export type SheetRead =
  | { ok: true; tab: ReadTab; judged: JudgedSheet & { ok: true } }
  | { ok: false; trouble: SheetTrouble; tab?: ReadTab; judged?: BrokenSheet }

/**
 * Reads and judges one sheet as it is now. A sheet that cannot be taken as a whole comes back with the words that say why;
 * what may pass by itself (Google not reached, quota) is thrown.
 */
export async function readSheet(deps: SheetDeps, file: SheetFile, options: { urgent: boolean }): Promise<SheetRead> {
  const { spreadsheetId, dataTabId, reportTabId } = file
  const title = file.kind === 'roster' ? tabTitles.roster : tabTitles.counts
  if (spreadsheetId === null || dataTabId === null || reportTabId === null) {
    return { ok: false, trouble: { why: 'sheet-missing', state: file.state, words: troubleWords.unreadable } }
  }
  let tab: ReadTab
  try {
    const names = file.kind === 'roster' ? columnNamed : countColumnNamed
    tab = await readTab(deps.google, { spreadsheetId, dataTabId, reportTabId, title, names, urgent: options.urgent })
  } catch (error) {
    const trouble = troubleOf(error)
    if (!trouble) throw error
    return { ok: false, trouble }
  }
  if (tab.missing) {
    const words = troubleWords['tab-missing'](title)
    const judged = brokenSheet(tab, { row: 1, message: words })
    return { ok: false, trouble: { why: 'sheet-missing', state: 'tab_missing', words }, tab, judged }
  }
  // Parsing a large answer and judging it are two turns of the loop, so that a webhook gets in between.
  await turnOfTheLoop()
  const judged = judgeTab(deps, file, tab)
  if (judged.ok) return { ok: true, tab, judged }
  return { ok: false, trouble: { why: 'header-broken', state: 'header_broken', words: judged.words }, tab, judged }
}

/** What Google's refusal means for the sheet; null for what may pass by itself and for our own bugs. */
export function troubleOf(error: unknown): SheetTrouble | null {
  const kind = googleFailureOf(error)?.kind
  if (kind === 'not-found' || kind === 'access-lost') {
    return { why: 'access-lost', state: 'access_lost', words: troubleWords['access-lost'] }
  }
  return null
}

/** What Drive's word on a file means for it; null when it is where it belongs. */
export function lostBy(facts: Pick<FileFacts, 'trashed' | 'elsewhere'>): SheetTrouble | null {
  if (facts.trashed) return { why: 'access-lost', state: 'trashed', words: troubleWords.trashed }
  if (facts.elsewhere) return { why: 'access-lost', state: 'access_lost', words: troubleWords.moved }
  return null
}

function judgeTab(deps: SheetDeps, file: SheetFile, tab: ReadTab): JudgedSheet {
  const { roundId, unitId } = file
  if (file.kind === 'counts') {
    const own = transact(deps.db, (tx) => otherInstitutionsOf(tx, { roundId, laoId: unitId }))
    return judgeCountsTab(tab, { roundId, laoId: unitId, own })
  }
  const { unit, round, carried } = transact(deps.db, (tx) => ({
    unit: unitById(tx, unitId),
    round: roundById(tx, roundId),
    carried: carriedKeys(tx, { roundId, institutionId: unitId }),
  }))
  const [year = 0, month = 1, day = 1] = round.asOf.split('-').map(Number)
  const asOf = { year, month, day }
  const context = { kind: institutionKind(unit), schoolYear: round.schoolYear, asOf, ...(carried ? { carried } : {}) }
  return judgeRosterTab(tab, { roundId, institutionId: unitId, context })
}

/** The row as it is now; null when it is gone. */
export function currentFile(deps: SheetDeps, id: SheetFile['id']): SheetFile | null {
  return deps.db.select().from(sheetFiles).where(eq(sheetFiles.id, id)).get() ?? null
}
