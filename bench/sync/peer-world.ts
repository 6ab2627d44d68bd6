import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import type { RoundId, UnitId } from '../../src/db/ids.ts'
import { openDatabase, transact } from '../../src/db/open.ts'
import { sheetFiles, units } from '../../src/db/schema.ts'
import { openLog } from '../../src/log.ts'
import { openGoogleSandbox } from '../../src/sandbox/google/google-sandbox.ts'
import { ServiceAccountAuth, type ServiceAccountKey } from '../../src/sheets/google-auth.ts'
import { openGoogleClients } from '../../src/sheets/google-clients.ts'
import { meterGoogle } from '../../src/sheets/metered-google.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import type { SheetDeps, SheetFile } from '../../src/sheets/sheet-deps.ts'
import { addRound } from '../../src/workflow/rounds.ts'
import { rosterColumns } from '../../src/workflow/rules/roster/columns.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { putGoogleFarAway } from './far-away.ts'
import { sheetOf, type Typed } from './nation.ts'
import { openVirtualClock } from './virtual-clock.ts'

export type PeerWorld = Awaited<ReturnType<typeof openPeerWorld>>
export type PeerSheet = { file: SheetFile; spreadsheetId: string; ids: string[] }

const UNLIMITED = {
  readPerMinutePerUser: 1e9,
  readPerMinutePerProject: 1e9,
  writePerMinutePerUser: 1e9,
  writePerMinutePerProject: 1e9,
}
export const GOOGLES = {
  readPerMinutePerUser: 60,
  readPerMinutePerProject: 300,
  writePerMinutePerUser: 60,
  writePerMinutePerProject: 300,
}
/** Row of the sheet in which a teacher mistyped the grade; 0-based. */
export const MISTYPED_ROW = 4
const GRADE = rosterColumns.indexOf('grade')
const ROOM = rosterColumns.indexOf('room')
const STARTS = Date.UTC(2024, 5, 10, 1, 0, 0)

/** The sandbox's Google with real sheets made from the product's template: the same server for the product and for its peer. */
export async function openPeerWorld(input: { rows: number }) {
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-peer-'))
  const clock = openVirtualClock(Math.max(STARTS, Date.now()))
  let origin = ''
  const sandbox = openGoogleSandbox({ dir: join(dir, 'google'), now: clock.now, apiBaseUrl: () => origin })
  const traffic = { requests: 0, bytes: 0, refused: 0, afterRead: null as (() => Promise<void>) | null }
  const listen = async (request: Request): Promise<Response> => {
    const sent = await request.arrayBuffer()
    const { method, headers, url } = request
    const response = await sandbox.api.fetch(
      new Request(url, { method, headers, ...(sent.byteLength > 0 ? { body: sent } : {}) }),
    )
    const body = await response.arrayBuffer()
    if (!url.endsWith('/token')) {
      traffic.requests += 1
      traffic.bytes += sent.byteLength + body.byteLength
      if (response.status === 429) traffic.refused += 1
    }
    const { afterRead } = traffic
    if (afterRead && method === 'GET' && url.includes('/v4/spreadsheets/')) {
      traffic.afterRead = null
      await afterRead()
    }
    return new Response(body, response)
  }
  const server = serve({ fetch: listen, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => (server.listening ? resolve() : server.once('listening', () => resolve())))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await sandbox.control.request(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return (await answer.json()) as T
  }
  type Setup = { serviceAccountFile: string; sharedDriveId: string; tokenUrl: string }
  const setup = await control<Setup>('GET', '/setup')
  await control('PUT', '/settings', { ...UNLIMITED, changeDelayMs: 0 })
  const key = JSON.parse(readFileSync(setup.serviceAccountFile, 'utf8')) as ServiceAccountKey
  const { tokenUrl } = setup
  const auth = new ServiceAccountAuth({ key, tokenUrl, timeoutMs: 20_000 })
  const { token } = await auth.getAccessToken()
  const realFetch = globalThis.fetch
  const far = putGoogleFarAway(clock)
  const clients = { sheetsRootUrl: `${origin}/`, driveRootUrl: `${origin}/`, tokenUrl, timeoutMs: 20_000 }
  const identities = openGoogleClients({ credentials: [key], ...clients })
  far.restore()
  // Its requests take no virtual time: the hands of people and of the bench itself.
  const [hands] = openGoogleClients({ credentials: [key], ...clients })
  if (!hands) throw new Error('no client')
  const database = openDatabase(join(dir, 'peer.db'))
  const { db } = database
  const { roundId, lao } = seed(db)
  const limits = (perMinute: number) => ({ perProject: perMinute, perIdentity: perMinute })
  const deps = (metered: boolean): SheetDeps => ({
    db,
    google: meterGoogle({
      identities: metered ? identities : [hands],
      db,
      platformNow: clock.now,
      ...(metered
        ? { wait: clock.wait }
        : { limits: { 'sheets-read': limits(1e9), 'sheets-write': limits(1e9), drive: limits(1e9) } }),
    }),
    driveId: setup.sharedDriveId,
    clock: { now: clock.now, platformNow: clock.now, toDomain: (ms) => ms },
    log: openLog('silent'),
  })
  const unmetered = deps(false)

  /** A sheet from the template with a teacher's rows; `pasted` ones have the formats of the file they came from. */
  const newSheet = async (index: number, pasted: boolean): Promise<PeerSheet> => {
    const unitId = transact(db, (tx) => {
      const name = `โรงเรียน ${index}`
      const values = { level: 'institution', kind: 'school', name, parentId: lao, openedAt: 0 } as const
      return tx.insert(units).values(values).returning({ id: units.id }).get().id
    })
    await provisionUnit(unmetered, { unitId, roundId })
    const file = db.select().from(sheetFiles).where(eq(sheetFiles.unitId, unitId)).get()
    if (!file?.spreadsheetId) throw new Error('no spreadsheet')
    const { spreadsheetId } = file
    const grid = withMistake(sheetOf(index, input.rows)).slice(1)
    const requests = fillRequests({ sheetId: file.dataTabId ?? 0, grid, pasted })
    await hands.sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } })
    return { file, spreadsheetId, ids: grid.map(([id]) => String(id)) }
  }

  return {
    db,
    clock,
    deps: deps(true),
    traffic,
    control,
    hands,
    newSheet,
    token,
    /** google-spreadsheet has the addresses of Google's servers written into it. */
    async asPeer<T>(work: () => Promise<T>): Promise<T> {
      globalThis.fetch = (given, init) => {
        const request = new Request(given, init)
        const { hostname, pathname, search } = new URL(request.url)
        if (!hostname.endsWith('googleapis.com')) return realFetch(request)
        return realFetch(new Request(origin + pathname + search, request))
      }
      return work().finally(() => {
        globalThis.fetch = realFetch
      })
    },
    async close() {
      globalThis.fetch = realFetch
      await new Promise((resolve) => server.close(resolve))
      await sandbox.close()
      database.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function seed(db: SheetDeps['db']): { roundId: RoundId; lao: UnitId } {
  return transact(db, (tx) => {
    const round = SOURCE_ROUNDS.find((one) => one.code === '2567/1')
    const added = round && addRound(tx, { round: { ...round, carries: null }, activate: true }, 0)
    if (!added?.ok) throw new Error('the round was refused')
    const add = (values: Omit<typeof units.$inferInsert, 'openedAt'>) =>
      tx
        .insert(units)
        .values({ ...values, openedAt: 0 })
        .returning({ id: units.id })
        .get().id
    const parentId = add({ level: 'province', kind: 'province', name: 'จังหวัดตัวอย่าง' })
    return { roundId: added.round.id, lao: add({ level: 'lao', kind: 'sao', name: 'อบต.ตัวอย่าง', parentId }) }
  })
}

function withMistake(grid: Typed[][]): Typed[][] {
  const row = grid[MISTYPED_ROW]
  if (row) row[GRADE] = 'ป.99'
  if (row) row[ROOM] = '1/2'
  return grid
}

function fillRequests(input: { sheetId: number; grid: Typed[][]; pasted: boolean }): sheets_v4.Schema$Request[] {
  const { sheetId, grid, pasted } = input
  const cell = (typed: Typed) =>
    typed === '' ? {} : { userEnteredValue: typeof typed === 'boolean' ? { boolValue: typed } : { stringValue: typed } }
  return [
    ...(pasted
      ? [{ repeatCell: { range: { sheetId, startRowIndex: 1 }, cell: {}, fields: 'userEnteredFormat.numberFormat' } }]
      : []),
    {
      updateCells: {
        start: { sheetId, rowIndex: 1, columnIndex: 0 },
        rows: grid.map((row) => ({ values: row.map(cell) })),
        fields: 'userEnteredValue',
      },
    },
  ]
}
