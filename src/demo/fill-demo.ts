import { eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { installation, sheetFiles, units } from '../db/schema.ts'
import { provisionUnits } from '../jobs/provision-units.ts'
import { openSheetDeps } from '../product-sheets.ts'
import { unitsInNeed, unitsWithSheets } from '../sheets/units-in-need.ts'
import { importOtherInstitutions } from '../workflow/import-other-institutions.ts'
import { importUnits } from '../workflow/import-units.ts'
import { addRound, roundByCode } from '../workflow/rounds.ts'
import { rosterColumns } from '../workflow/rules/roster/columns.ts'
import { SOURCE_ROUNDS } from '../workflow/source-rounds.ts'
import { unitByCode } from '../workflow/unit.ts'
import { demoMoments } from './demo-moments.ts'
import { addNewcomer, type DemoPerson, type Fill, joinPeople, must, type PageEntry } from './demo-people.ts'
import { demoRoster } from './demo-roster.ts'
import { demoOtherRows, demoUnitRows } from './demo-rows.ts'
import { DEMO_APPOINTED, DEMO_INSTITUTIONS, DEMO_LAOS, DEMO_ROUND, DEMO_START } from './demo-units.ts'
import { openSandboxControl, type SandboxControl } from './sandbox-control.ts'

/** Marks a database that holds the demo province. */
export const DEMO_FILLED = 'demo-filled'

/**
 * Fills an empty sandbox and database with the demo province, through the ways that people and other programs use: import,
 * invitations, the platforms' own APIs, and typing into sheets. Safe to kill and to start again; done once.
 */
export async function fillDemo(fill: Fill): Promise<void> {
  const { database, say } = fill
  const done = transact(database.db, (tx) => isDone(tx) || hasForeignUnits(tx))
  if (done) return
  say('เตรียมข้อมูลตัวอย่าง / preparing the demo province …')
  const control = openSandboxControl(fill.sandbox.pageUrl)
  // People are appointed before the round opens, so that a clock moved about within the round never unseats them.
  await control.send('PUT', '/clock', { now: DEMO_APPOINTED })
  const now = fill.clock.now()
  const roundId = transact(database.db, (tx) => fillUnits(tx, now))
  const people = await joinPeople(fill, control)
  say(`  บุคคล ${people.length} คน หน่วยงาน ${DEMO_LAOS.length + DEMO_INSTITUTIONS.length + 2} แห่ง / people and units`)
  // The demo's people have long known their sheets: nobody is told that one is ready.
  const { onAddress: _told, ...deps } = openSheetDeps(fill)
  const quiet = { ...deps, log: fill.log.child({}, { level: 'warn' }) }
  const needs = transact(database.db, (tx) => unitsInNeed(tx, { roundId, among: unitsWithSheets(tx, now), now }))
  await provisionUnits(quiet, { roundId, needs })
  say(`  ตาราง ${needs.length} ไฟล์ / spreadsheets`)
  await control.send('PUT', '/clock', { now: DEMO_START })
  await fillRosters(fill, { control, people, roundId })
  const newcomer = await addNewcomer(control)
  await control.send('PUT', '/page-data', pageData(fill, { people, newcomer, roundId }))
  transact(database.db, (tx) =>
    tx.insert(installation).values({ name: DEMO_FILLED, value: '1' }).onConflictDoNothing().run(),
  )
}

const isDone = (tx: Tx): boolean =>
  tx.select().from(installation).where(eq(installation.name, DEMO_FILLED)).get() !== undefined

/** A database that somebody filled with units of his own gets no demo. */
function hasForeignUnits(tx: Tx): boolean {
  const own = new Set<string>(DEMO_LAOS.map((lao) => lao.code))
  const any = tx.select({ id: units.id }).from(units).where(eq(units.level, 'lao')).get()
  return any !== undefined && [...own].every((code) => unitByCode(tx, code) === null)
}

function fillUnits(tx: Tx, now: Instant): RoundId {
  must(importUnits(tx, demoUnitRows(), now))
  for (const round of SOURCE_ROUNDS) must(addRound(tx, { round, activate: round.code === DEMO_ROUND }, now))
  const round = roundByCode(tx, DEMO_ROUND)
  if (!round) throw new Error('demo round is missing')
  must(importOtherInstitutions(tx, { rows: demoOtherRows(), roundId: round.id }, now))
  return round.id
}

async function fillRosters(
  fill: Fill,
  input: { control: SandboxControl; people: DemoPerson[]; roundId: RoundId },
): Promise<void> {
  const { control, people, roundId } = input
  for (const institution of DEMO_INSTITUTIONS) {
    const person = people.find((candidate) => candidate.key === institution.code)
    const file = person ? fileOf(fill, { unitId: person.unitId, roundId }) : null
    if (!person || !file) continue
    const tsv = demoRoster(institution)
      .map((row) => rosterColumns.map((column) => row[column]).join('\t'))
      .join('\n')
    await control.send('POST', `/google/spreadsheets/${file.id}/paste`, {
      as: person.email,
      sheetId: file.tabId,
      row: 1,
      column: 0,
      tsv,
    })
  }
  fill.say(`  รายชื่อ ${DEMO_INSTITUTIONS.length} แห่ง / rosters`)
}

function fileOf(fill: Fill, input: { unitId: UnitId; roundId: RoundId }): { id: string; tabId: number } | null {
  const row = fill.database.db.select().from(sheetFiles).where(eq(sheetFiles.unitId, input.unitId)).get()
  return row?.spreadsheetId && row.roundId === input.roundId
    ? { id: row.spreadsheetId, tabId: row.dataTabId ?? 0 }
    : null
}

function pageData(fill: Fill, input: { people: DemoPerson[]; newcomer: PageEntry; roundId: RoundId }): unknown {
  const entries = input.people.map((person): PageEntry => {
    const file = fileOf(fill, { unitId: person.unitId, roundId: input.roundId })
    const { userId, group, unitName, name, email } = person
    return { userId, role: group, unitName, name, email, files: file ? [{ id: file.id, title: unitName }] : [] }
  })
  return {
    title: 'จังหวัดทุ่งตะวัน (ข้อมูลสมมติ)',
    moments: demoMoments(),
    people: [...entries, input.newcomer],
  }
}
