import { eq } from 'drizzle-orm'
import { OAuth2Client } from 'google-auth-library'
import { GoogleSpreadsheet } from 'google-spreadsheet'
import { pupils, sheetFiles } from '../../src/db/schema.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { columnHeader } from '../../src/workflow/rules/roster/columns.ts'
import { loopJob } from './bench-world.ts'
import { DATA_TAB } from './nation.ts'
import { GOOGLES, openPeerWorld, type PeerSheet, type PeerWorld } from './peer-world.ts'
import { whole } from './print-line.ts'

const ID = columnHeader('nationalId')
const EXPLANATION = columnHeader('explanation')
const MOST_MINUTES = 30
const PACE_MS = 3_000
const QUOTA_FORGOTTEN_MS = 120_000

type Side = { requests: number; bytes: number; overwritten: number; shifted: number; lost: number }

/**
 * The same job on the same server: read every row of a sheet and tell the teacher about the one mistake in it. Beside us the
 * npm package google-spreadsheet in the way its manual shows. Then a column is inserted while both work, and then the
 * project's quota is used up while many sheets wait.
 */
export async function benchPeer(input: { sheets: number; rows: number }): Promise<void> {
  const { sheets, rows } = input
  console.log(`\n# Side by side with google-spreadsheet: ${sheets} sheets of ${rows} rows each, the sandbox’s Google`)
  const world = await openPeerWorld({ rows })
  try {
    const set = (from: number) => eachOf(sheets, (index) => world.newSheet(from + index, index % 2 === 1))
    const [theirs, ours] = [await set(0), await set(sheets)]
    const [theirsMoved, oursMoved] = [await set(2 * sheets), await set(3 * sheets)]
    // What provisioning used of the quota is forgotten by then.
    await world.clock.run(world.clock.wait(QUOTA_FORGOTTEN_MS))
    const peer = { ...(await peerJob(world, theirs)), shifted: await peerShifted(world, theirsMoved) }
    const own = { ...(await ownJob(world, ours)), shifted: await ownShifted(world, oursMoved) }
    const storm = [...theirs, ...theirsMoved]
    await world.control('PUT', '/settings', GOOGLES)
    await world.clock.run(world.clock.wait(QUOTA_FORGOTTEN_MS))
    const lost = await peerStorm(world, storm)
    const ownLost = await ownStorm(world, [...ours, ...oursMoved])
    print({ sheets, rows, storm: storm.length, peer: { ...peer, lost }, own: { ...own, lost: ownLost } })
  } finally {
    await world.close()
  }
}

function print(told: { sheets: number; rows: number; storm: number; peer: Side; own: Side }): void {
  const { sheets, rows, storm, peer, own } = told
  const line = (name: string, of: (side: Side) => string) =>
    console.log(`${name.padEnd(52)} ${of(own).padStart(12)} ${of(peer).padStart(20)}`)
  console.log(`${''.padEnd(52)} ${'LEC Confirm'.padStart(12)} ${'google-spreadsheet'.padStart(20)}`)
  line('requests a sheet', ({ requests }) => (requests / sheets).toFixed(2))
  line('KiB a sheet, both ways, before compression', ({ bytes }) => (bytes / sheets / 1024).toFixed(0))
  line(`people’s cells changed (of ${sheets} sheets)`, ({ overwritten }) => whole(overwritten))
  line(`rows wrong after an inserted column (of ${whole(sheets * rows)})`, ({ shifted }) => whole(shifted))
  line(`rows lost in a 429 storm (of ${whole(storm * rows)})`, ({ lost }) => whole(lost))
}

async function eachOf<T, R>(of: number | readonly T[], work: (one: number & T) => Promise<R>): Promise<R[]> {
  const all = typeof of === 'number' ? Array.from({ length: of }, (_, index) => index) : of
  const done: R[] = []
  for (const one of all) done.push(await work(one as number & T))
  return done
}

/** What people typed, cell by cell, without the one the job is to write. */
async function typedCells(world: PeerWorld, { spreadsheetId }: PeerSheet): Promise<string[]> {
  const answer = await world.hands.sheets.spreadsheets.get({
    spreadsheetId,
    ranges: [DATA_TAB.title],
    fields: 'sheets(data(rowData(values(userEnteredValue))))',
  })
  const grid = answer.data.sheets?.[0]?.data?.[0]?.rowData ?? []
  const header = (grid[0]?.values ?? []).map((cell) => cell.userEnteredValue?.stringValue)
  const remark = header.indexOf(EXPLANATION)
  return grid.flatMap(({ values }, row) =>
    header.flatMap((_, column) =>
      column === remark ? [] : [`${row}:${column} ${JSON.stringify(values?.[column]?.userEnteredValue ?? null)}`],
    ),
  )
}

async function measured(
  world: PeerWorld,
  sheets: readonly PeerSheet[],
  work: (sheet: PeerSheet) => Promise<unknown>,
): Promise<Omit<Side, 'shifted' | 'lost'>> {
  const side = { requests: 0, bytes: 0, overwritten: 0 }
  for (const sheet of sheets) {
    const before = await typedCells(world, sheet)
    const { requests, bytes } = world.traffic
    await work(sheet)
    side.requests += world.traffic.requests - requests
    side.bytes += world.traffic.bytes - bytes
    const after = new Set(await typedCells(world, sheet))
    side.overwritten += before.filter((cell) => !after.has(cell)).length
  }
  return side
}

function openDocument(world: PeerWorld, { spreadsheetId }: PeerSheet): GoogleSpreadsheet {
  const auth = new OAuth2Client()
  auth.setCredentials({ access_token: world.token, expiry_date: Date.now() + 3_600_000 })
  return new GoogleSpreadsheet(spreadsheetId, auth)
}

async function openTab(world: PeerWorld, sheet: PeerSheet) {
  const document = openDocument(world, sheet)
  await document.loadInfo()
  const tab = document.sheetsByTitle[DATA_TAB.title]
  if (!tab) throw new Error('the tab is missing')
  return tab
}

const peerJob = (world: PeerWorld, sheets: readonly PeerSheet[]) =>
  world.asPeer(() =>
    measured(world, sheets, async (sheet) => {
      const tab = await openTab(world, sheet)
      for (const row of await tab.getRows()) {
        if (row.get(columnHeader('grade')) !== 'ป.99') continue
        row.set(EXPLANATION, 'ระดับชั้นไม่ถูกต้อง')
        await row.save()
      }
    }),
  )

const ownJob = (world: PeerWorld, sheets: readonly PeerSheet[]) =>
  measured(world, sheets, ({ file }) => world.clock.run(syncAtLeisure(world, file.id)))

/** At a pace that one service account’s quota allows. */
async function syncAtLeisure({ clock, deps }: PeerWorld, id: PeerSheet['file']['id']) {
  await clock.wait(PACE_MS)
  return syncFile(deps, id)
}

/** A teacher puts a column before all others. */
async function insertColumn(world: PeerWorld, { spreadsheetId, file }: PeerSheet): Promise<void> {
  const range = { sheetId: file.dataTabId ?? 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 }
  const requests = [{ insertDimension: { range } }]
  await world.hands.sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } })
}

const peerShifted = (world: PeerWorld, sheets: readonly PeerSheet[]) =>
  world.asPeer(async () => {
    let wrong = 0
    for (const sheet of sheets) {
      const tab = await openTab(world, sheet)
      await tab.loadHeaderRow()
      await insertColumn(world, sheet)
      const rows = await tab.getRows()
      wrong += sheet.ids.filter((id, index) => rows[index]?.get(ID) !== id).length
    }
    return wrong
  })

/** The column comes right after our read, before we record and write. */
async function ownShifted(world: PeerWorld, sheets: readonly PeerSheet[]): Promise<number> {
  let wrong = 0
  for (const sheet of sheets) {
    world.traffic.afterRead = () => insertColumn(world, sheet)
    for (let outcome = ''; outcome !== 'recorded'; ) {
      outcome = (await world.clock.run(syncAtLeisure(world, sheet.file.id))).outcome
    }
    wrong += lostRows(world, sheet)
  }
  return wrong
}

/** Rows of the sheet that stand in the database neither as a pupil of this number nor as the one with the mistake. */
function lostRows(world: PeerWorld, { file, ids }: PeerSheet): number {
  const rows = world.db.select().from(pupils).where(eq(pupils.institutionId, file.unitId)).all()
  const known = new Set(rows.map(({ key }) => key))
  const withErrors = world.db.query.rosters
    .findFirst({ where: (roster, { eq }) => eq(roster.institutionId, file.unitId) })
    .sync()?.errors
  return ids.filter((id) => !known.has(id)).length - (withErrors ?? 0)
}

/** All sheets at once, more than a minute's quota allows; what throws after the package's own retries is not tried again. */
const peerStorm = (world: PeerWorld, sheets: readonly PeerSheet[]) =>
  world.asPeer(async () => {
    const rowsOf = async (sheet: PeerSheet) => (await (await openTab(world, sheet)).getRows()).length
    const read = await Promise.allSettled(sheets.map(rowsOf))
    return sheets.reduce((lost, { ids }, index) => lost + (read[index]?.status === 'fulfilled' ? 0 : ids.length), 0)
  })

/** The same quota, used up by the storm before us: every sheet is marked, and the job has as long as it needs. */
async function ownStorm(world: PeerWorld, sheets: readonly PeerSheet[]): Promise<number> {
  const { clock, db, deps } = world
  const due = sheets.map(({ file }) => file.id)
  const ends = clock.now() + MOST_MINUTES * 60_000
  const readBefore = new Map(sheets.map((sheet) => [sheet.file.id, readAtOf(world, sheet)]))
  for (const id of due) db.update(sheetFiles).set({ dirtyAt: clock.now() }).where(eq(sheetFiles.id, id)).run()
  const left = () => sheets.filter((sheet) => readAtOf(world, sheet) === readBefore.get(sheet.file.id))
  await clock.run(loopJob(clock, syncSheetsJob(deps), () => left().length === 0 || clock.now() > ends))
  return left().reduce((lost, { ids }) => lost + ids.length, 0)
}

function readAtOf({ db }: PeerWorld, { file }: PeerSheet): number | null {
  return db.select().from(sheetFiles).where(eq(sheetFiles.id, file.id)).get()?.readAt ?? null
}
