import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { AppointmentId, PersonId, RoundId, UnitId } from '../../src/db/ids.ts'
import { type Db, openDatabase, transact } from '../../src/db/open.ts'
import {
  appointments,
  googleAddresses,
  otherCounts,
  otherInstitutions,
  people,
  sheetFiles,
  unitCodes,
  units,
} from '../../src/db/schema.ts'
import { openGoogleSandbox } from '../../src/sandbox/google/google-sandbox.ts'
import type { ServiceAccountKey } from '../../src/sheets/google-auth.ts'
import { openGoogleClients } from '../../src/sheets/google-clients.ts'
import { meterGoogle } from '../../src/sheets/metered-google.ts'
import type { SheetDeps, SheetFile } from '../../src/sheets/sheet-deps.ts'
import { addRound, roundByCode } from '../../src/workflow/rounds.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'

export const TEACHER = 'teacher@school.example'
export const LAO_OFFICER = 'officer@lao.example'
const ROUND = '2567/1'

type Officer = { personId: PersonId; appointmentId: AppointmentId }
export type PageCell = { v: string; note?: string; kind: string; checkbox?: boolean; list?: string[] }
export type PageSheet = {
  sheetId: number
  title: string
  frozenRowCount: number
  protected: unknown[]
  rows: PageCell[][]
}
export type Page = {
  locked: boolean
  reason?: string
  sheets: PageSheet[]
  permissions: { email: string; role: string }[]
}

export type SheetWorld = Awaited<ReturnType<typeof openSheetWorld>>

/** The real database, the sandbox's Google over HTTP, and one LAO with a school, a child centre and two other institutions. */
export async function openSheetWorld() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-sheet-world-'))
  let origin = ''
  const sandbox = openGoogleSandbox({ dir: join(dir, 'google'), apiBaseUrl: () => origin })
  const exchanges: { method: string; path: string; body: unknown; status: number; answer: unknown }[] = []
  const between: { step: ((pathname: string) => Promise<void>) | null } = { step: null }
  const listen = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    if (pathname !== '/token') await between.step?.(pathname)
    const body =
      pathname === '/token'
        ? null
        : await request
            .clone()
            .json()
            .catch(() => null)
    const response = await sandbox.api.fetch(request)
    const answer =
      pathname === '/token'
        ? null
        : await response
            .clone()
            .json()
            .catch(() => null)
    exchanges.push({ method: request.method, path: pathname + search, body, status: response.status, answer })
    return response
  }
  const server = serve({ fetch: listen, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => {
    server.once('listening', () => resolve())
    if (server.listening) resolve()
  })
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const database = openDatabase(join(dir, 'lec.db'))
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
    await sandbox.close()
    database.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const control = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await sandbox.control.request(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const said = (await answer.json()) as T & { error?: string }
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said.error}`)
    return said
  }
  const setup = await control<{ serviceAccountFile: string; sharedDriveId: string; tokenUrl: string }>('GET', '/setup')
  await control('PUT', '/settings', { changeDelayMs: 0 })
  await control('POST', '/accounts', { email: TEACHER, name: 'ครูตัวอย่าง' })
  await control('POST', '/accounts', { email: LAO_OFFICER, name: 'เจ้าหน้าที่ตัวอย่าง' })

  const round = SOURCE_ROUNDS.find((one) => one.code === ROUND)
  if (!round) throw new Error('no round')
  const time = { now: round.confirmingOpensAt + 86_400_000, platformAhead: 0 }
  const clock = {
    now: () => time.now,
    platformNow: () => Date.now() + time.platformAhead,
    toDomain: (ms: number) => ms,
  }
  const key = JSON.parse(readFileSync(setup.serviceAccountFile, 'utf8')) as ServiceAccountKey
  const identities = openGoogleClients({
    credentials: [key],
    sheetsRootUrl: `${origin}/`,
    driveRootUrl: `${origin}/`,
    tokenUrl: setup.tokenUrl,
    timeoutMs: 3_000,
  })
  const { db } = database
  const deps: SheetDeps = {
    db,
    google: meterGoogle({ identities, db, platformNow: clock.platformNow }),
    driveId: setup.sharedDriveId,
    clock,
    log: pino({ level: 'silent' }),
  }
  const seeded = seed(db, time.now)
  /** `between.step` runs before each of the product's requests reaches Google: somebody edits at that very moment. */
  return { dir, deps, db, time, control, exchanges, between, worker: key.client_email, ...seeded }
}

function seed(db: Db, now: number) {
  const round = SOURCE_ROUNDS.find((one) => one.code === ROUND)
  return transact(db, (tx) => {
    if (round) addRound(tx, { round: { ...round, carries: null }, activate: true }, now)
    const roundId = roundByCode(tx, ROUND)?.id as RoundId
    const addUnit = (values: Omit<typeof units.$inferInsert, 'openedAt'>, code: string): UnitId => {
      const { id } = tx
        .insert(units)
        .values({ ...values, openedAt: 0 })
        .returning({ id: units.id })
        .get()
      tx.insert(unitCodes).values({ unitId: id, code, validFrom: 0 }).run()
      return id
    }
    const addOfficer = (unitId: UnitId, name: string, email: string): Officer => {
      const lineUserId = `U${String(unitId).padStart(32, '0')}`
      const personId = tx
        .insert(people)
        .values({ name, lineUserId, createdAt: 0 })
        .returning({ id: people.id })
        .get().id
      const appointmentId = tx
        .insert(appointments)
        .values({ personId, unitId, role: 'officer', validFrom: 0 })
        .returning({ id: appointments.id })
        .get().id
      tx.insert(googleAddresses).values({ personId, email, createdAt: 0 }).run()
      return { personId, appointmentId }
    }
    const province = addUnit({ level: 'province', kind: 'province', name: 'จังหวัดตัวอย่าง' }, '99')
    const lao = addUnit({ level: 'lao', kind: 'sao', name: 'อบต.ทุ่งตัวอย่าง', parentId: province }, '06990101')
    const school = addUnit(
      { level: 'institution', kind: 'school', name: 'โรงเรียนบ้านตัวอย่าง', parentId: lao },
      '3099300001',
    )
    const centre = addUnit(
      { level: 'institution', kind: 'child_centre', name: 'ศพด.บ้านตัวอย่าง', parentId: lao },
      '3099300002',
    )
    for (const [index, baseline] of [120, 40].entries()) {
      const { id } = tx
        .insert(otherInstitutions)
        .values({ laoId: lao, code: `109900000${index}`, name: `โรงเรียนอื่น ${index}`, affiliation: 'สพฐ.' })
        .returning({ id: otherInstitutions.id })
        .get()
      tx.insert(otherCounts).values({ roundId, otherInstitutionId: id, baseline, baselineDate: '2023-11-10' }).run()
    }
    const teacher = addOfficer(school, 'ครูตัวอย่าง', TEACHER)
    const laoOfficer = addOfficer(lao, 'เจ้าหน้าที่ตัวอย่าง', LAO_OFFICER)
    return { roundId, province, lao, school, centre, teacher, laoOfficer }
  })
}

export function fileOf(world: Pick<SheetWorld, 'db'>, unitId: UnitId): SheetFile {
  const row = world.db
    .select()
    .from(sheetFiles)
    .all()
    .find((one) => one.unitId === unitId)
  if (!row) throw new Error(`no sheet of unit ${unitId}`)
  return row
}

export async function pageOf(world: SheetWorld, unitId: UnitId): Promise<Page> {
  return world.control<Page>('GET', `/spreadsheets/${fileOf(world, unitId).spreadsheetId}`)
}

export async function tabOf(world: SheetWorld, unitId: UnitId, title: string): Promise<PageSheet> {
  const tab = (await pageOf(world, unitId)).sheets.find((sheet) => sheet.title === title)
  if (!tab) throw new Error(`no tab ${title}`)
  return tab
}

/** Acts in the sheet as a person does. */
export async function actAs(
  world: SheetWorld,
  input: { unitId: UnitId; as?: string; act: string; [rest: string]: unknown },
): Promise<void> {
  const { unitId, act, as = TEACHER, ...rest } = input
  await world.control('POST', `/spreadsheets/${fileOf(world, unitId).spreadsheetId}/${act}`, {
    as,
    sheetId: 0,
    ...rest,
  })
}

/** Types rows below the header as a person pastes them. */
export async function paste(world: SheetWorld, unitId: UnitId, rows: readonly string[][], row = 1): Promise<void> {
  await actAs(world, { unitId, act: 'paste', row, column: 0, tsv: rows.map((cells) => cells.join('\t')).join('\n') })
}
