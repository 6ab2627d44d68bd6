import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../../../src/db/ids.ts'
import { type OpenDatabase, openDatabase, type Tx, transact } from '../../../src/db/open.ts'
import { type Component, type Role, sheetFiles, type UnitLevel } from '../../../src/db/schema.ts'
import { acceptInvitation } from '../../../src/workflow/accept-invitation.ts'
import { importOtherInstitutions } from '../../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../../src/workflow/import-units.ts'
import { createInvitation, invitationOf } from '../../../src/workflow/invitations.ts'
import { activeRound, addRound, type Round } from '../../../src/workflow/rounds.ts'
import type { InstitutionKind } from '../../../src/workflow/rules/roster/columns.ts'
import { judgeRoster } from '../../../src/workflow/rules/roster/judge-roster.ts'
import { SOURCE_ROUNDS, type SourceRound } from '../../../src/workflow/source-rounds.ts'
import { hashOfRows, pupilRows, type TypedPupil } from '../../world/roster-rows.ts'
import type { Meant } from './carry-out.ts'

const HOUR = 3_600_000
const FIRST = '2567/1'

/** The letter's round, with a week of recording before confirming opens, so that every boundary is there. */
export function firstRound(): SourceRound {
  const source = SOURCE_ROUNDS.find((round) => round.code === FIRST)
  if (!source) throw new Error('round is missing')
  return { ...source, confirmingOpensAt: source.recordingOpensAt + 7 * 24 * HOUR }
}

type UnitRow = {
  id: UnitId
  level: UnitLevel
  kind: string
  name: string
  parentId: UnitId | null
  closedAt: Instant | null
}
export type Duty = { id: AppointmentId; personId: PersonId; unitId: UnitId; role: Role; level: UnitLevel }
export type Button = { token: string; duty: Duty; meant: Meant; used: boolean }
export type SheetSays = ReturnType<typeof sheetSays>

const LAOS = [
  ['04990102', 'town_municipality', 'เมืองหนึ่ง', '99', 'ทุ่งตะวัน'],
  ['06990301', 'sao', 'บ้านสอง', '99', 'ทุ่งตะวัน'],
  ['06990302', 'sao', 'เขาสาม', '99', 'ทุ่งตะวัน'],
  ['05990201', 'subdistrict_municipality', 'ริมธารสี่', '99', 'ทุ่งตะวัน'],
  ['06980301', 'sao', 'ห้า', '98', 'แดนไกล'],
] as const
const INSTITUTIONS = [
  ['3099200001', '04990102', 'school', 'หนึ่งเอก'],
  ['3099200002', '04990102', 'school', 'หนึ่งโท'],
  ['3099500001', '04990102', 'child_centre', 'หนึ่งตรี'],
  ['3099300001', '06990301', 'child_centre', 'สองเอก'],
  ['3098300001', '06980301', 'school', 'ห้าเอก'],
] as const
const OTHERS = [
  ['04990102', '1099000011'],
  ['06990302', '1099000031'],
] as const

let template: string | null = null

/** A new copy of one filled database; everything outside of it (sheets, phones, the clock) lives in the returned value. */
export function openModelWorld(): ModelWorld {
  const dir = mkdtempSync(join(tmpdir(), 'lec-model-'))
  template ??= fillTemplate()
  cpSync(template, join(dir, 'lec.db'))
  const world: ModelWorld = {
    dir,
    database: open(join(dir, 'lec.db')),
    now: firstRound().confirmingOpensAt - HOUR / 2,
    sheets: new Map(),
    buttons: [],
    onTheWay: [],
    accounts: 0,
    round: null,
  }
  return world
}

export type ModelWorld = {
  dir: string
  database: OpenDatabase
  now: Instant
  /** Which of the contents stands in a unit's sheet. */
  sheets: Map<UnitId, number>
  buttons: Button[]
  /** Tapped, and not yet delivered to us. */
  onTheWay: { button: Button; tappedAt: Instant }[]
  accounts: number
  /** Whose sheets are being read. */
  round: Round | null
}

function open(path: string): OpenDatabase {
  const database = openDatabase(path)
  // The operating system outlives the simulated crashes: nothing need reach the disk.
  database.raw.pragma('synchronous = OFF')
  return database
}

/** The process dies and another one starts: only what was committed is there. */
export function restart(world: ModelWorld): void {
  world.database.close()
  world.database = open(join(world.dir, 'lec.db'))
}

export function closeModelWorld(world: ModelWorld): void {
  world.database.close()
  rmSync(world.dir, { recursive: true, force: true })
}

export const act = <T>(world: ModelWorld, work: (tx: Tx) => T): T => transact(world.database.db, work)

export function removeTemplate(): void {
  if (template) rmSync(join(template, '..'), { recursive: true, force: true })
  template = null
}

function fillTemplate(): string {
  const dir = mkdtempSync(join(tmpdir(), 'lec-model-template-'))
  const path = join(dir, 'lec.db')
  const database = open(path)
  const at = firstRound().recordingOpensAt
  transact(database.db, (tx) => {
    const laos = LAOS.map(([code, kind, name_th, province_code, province_th], index) => ({
      line: index + 2,
      cells: { code, kind, name_th, province_code, province_th },
    }))
    const institutions = INSTITUTIONS.map(([code, lao_code, kind, name_th], index) => ({
      line: index + 20,
      cells: { code, kind, name_th, lao_code },
    }))
    mustBe(importUnits(tx, [...laos, ...institutions], at))
    mustBe(addRound(tx, { round: firstRound(), activate: true }, at))
    const round = activeRound(tx)
    if (!round) throw new Error('no round')
    const rows = OTHERS.map(([lao_code, code], index) => ({
      line: index + 2,
      cells: {
        lao_code,
        code,
        name_th: `โรงเรียนอื่น ${code}`,
        affiliation: 'สพฐ.',
        baseline: '40',
        baseline_date: '2020-08-07',
      },
    }))
    mustBe(importOtherInstitutions(tx, { rows, roundId: round.id }, at))
    addSheets(tx, round)
  })
  const units = unitsOf(database)
  let account = 0
  const appoint = (unitId: UnitId, role: Role): void => {
    account += 1
    const lineUserId = `U${account.toString(16).padStart(32, '0')}`
    transact(database.db, (tx) => appointIn(tx, { unitId, role, lineUserId, name: `คนที่ ${account}` }, at))
  }
  for (const { id, level } of units) {
    appoint(id, 'officer')
    if (level !== 'institution') appoint(id, 'officer')
    if (level === 'lao') appoint(id, 'executive')
  }
  const certified = units.find((unit) => unit.name.includes('หนึ่งโท'))
  if (certified) {
    appoint(certified.id, 'certifier')
    appoint(certified.id, 'officer')
  }
  database.raw.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  template = path
  return path
}

function mustBe<T extends { ok: boolean }>(decision: T): void {
  if (!decision.ok) throw new Error(`refused: ${JSON.stringify(decision)}`)
}

export function appointIn(
  tx: Tx,
  input: { unitId: UnitId; role: Role; lineUserId: string; name: string },
  at: Instant,
): boolean {
  const { unitId, role, lineUserId, name } = input
  const order = { orderNumber: '1/2567', orderDate: '2024-04-22' }
  const created = createInvitation(tx, { actor: null, unitId, role, personName: name, ...order }, at)
  if (!created.ok) return false
  const invitation = invitationOf(tx, created.code, at)
  return acceptInvitation(tx, { invitationId: invitation?.id ?? 0, lineUserId, displayName: name }, at).ok
}

/** What provisioning would make: a roster for each institution, counts for each LAO. */
export function addSheets(tx: Tx, round: Round): void {
  const units = tx.query.units.findMany().sync()
  const known = new Set(
    tx.query.sheetFiles
      .findMany({ where: (t, { eq }) => eq(t.roundId, round.id) })
      .sync()
      .map((file) => file.unitId),
  )
  for (const { id, level, closedAt } of units) {
    if (known.has(id) || closedAt !== null || (level !== 'institution' && level !== 'lao')) continue
    tx.insert(sheetFiles)
      .values({
        unitId: id,
        roundId: round.id,
        kind: level === 'lao' ? 'counts' : 'roster',
        spreadsheetId: `file-of-${round.id}-${id}`,
        dataTabId: 1,
        reportTabId: 2,
        state: 'ok',
        createdAt: round.recordingOpensAt,
      })
      .run()
  }
}

export const unitsOf = ({ raw }: OpenDatabase): UnitRow[] =>
  raw
    .prepare<[], UnitRow>(
      'SELECT id, level, kind, name, parent_id AS parentId, closed_at AS closedAt FROM units ORDER BY id',
    )
    .all()

/** Every duty ever granted, those over too: people go on tapping. */
export const dutiesOf = ({ raw }: OpenDatabase): Duty[] =>
  raw
    .prepare<[], Duty>(
      `SELECT a.id, a.person_id AS personId, a.unit_id AS unitId, a.role, u.level FROM appointments a JOIN units u ON u.id = a.unit_id ORDER BY a.id`,
    )
    .all()

export const roundOf = (world: ModelWorld): Round => {
  const round = act(world, activeRound)
  if (!round) throw new Error('no active round')
  return round
}

const spoiltAt =
  (position: number, how: TypedPupil) =>
  (index: number): TypedPupil =>
    index === position ? how : {}

/** What people make of a roster: as it should be, grown, shrunk, half gone, empty, with errors, edited, with somebody else's pupil. */
const CONTENTS: { words: string; count: number; change?: (index: number) => TypedPupil; guest?: boolean }[] = [
  { words: '8 ราย', count: 8 },
  { words: '9 ราย', count: 9 },
  { words: '7 ราย', count: 7 },
  { words: '8 ราย แก้ชื่อ 1', count: 8, change: spoiltAt(0, { firstName: 'แก้แล้ว' }) },
  { words: '3 ราย', count: 3 },
  { words: 'ว่าง', count: 0 },
  { words: '8 ราย ไม่มีชื่อ 1', count: 8, change: spoiltAt(2, { firstName: null }) },
  { words: '8 ราย ยังไม่รับรอง 1', count: 8, change: spoiltAt(1, { exists: false }) },
  { words: '8 ราย และเด็กของที่อื่น 1', count: 8, guest: true },
]
export const CONTENT_COUNT = CONTENTS.length
/** So many rows are missing that a person is asked. */
export const HALF_GONE = 4

const judgedContents = new Map<string, ReturnType<typeof judgeContent>>()

/** The sheet of an institution as it would be read now: judged rows and the hash of its content. */
export function sheetSays(world: ModelWorld, input: { round: Round; unitId: UnitId; kind: string }) {
  const content = world.sheets.get(input.unitId) ?? 0
  const key = `${input.round.id}/${input.unitId}/${content}`
  const known = judgedContents.get(key)
  if (known) return known
  const made = judgeContent(input, content)
  judgedContents.set(key, made)
  return made
}

function judgeContent(input: { round: Round; unitId: UnitId; kind: string }, content: number) {
  const { round, unitId } = input
  const kind = input.kind as InstitutionKind
  const chosen = CONTENTS[content] ?? { words: '', count: 0 }
  const typed = { kind, schoolYear: round.schoolYear }
  const { count, change } = chosen
  const own = pupilRows({ ...typed, count, from: unitId * 1000, ...(change ? { change } : {}) })
  const guests = chosen.guest ? pupilRows({ ...typed, count: 1, from: 999_000 }) : []
  const rows = [...own, ...guests.map((row) => ({ ...row, row: own.length + 2 }))]
  const [year = 0, month = 0, day = 0] = round.asOf.split('-').map(Number)
  const judged = judgeRoster(rows, { ...typed, asOf: { year, month, day } })
  return { words: chosen.words, judged, contentHash: hashOfRows(rows) }
}

type Extended = { unitId: UnitId | null; until: Instant; endedAt: Instant | null }

/**
 * When a component of a unit closes, read anew from section 7 of the domain page: its own close, or the longest extension for all, for it,
 * for what is above it, or (but for other counts) for what is below it; or what a late act below it opened.
 */
export function closesOf(
  world: ModelWorld,
  input: { roundId: RoundId; unitId: UnitId; component: Component },
): { opensAt: Instant; closesAt: Instant } {
  const { raw } = world.database
  const round = raw
    .prepare<[RoundId], { opens: Instant; recording: Instant; all: Instant; archived: Instant | null }>(
      'SELECT confirming_opens_at AS opens, recording_closes_at AS recording, closes_at AS "all", archived_at AS archived FROM rounds WHERE id = ?',
    )
    .get(input.roundId)
  if (!round) throw new Error('no such round')
  const parents = new Map(unitsOf(world.database).map(({ id, parentId }) => [id, parentId]))
  const lineOf = (unitId: UnitId): UnitId[] => {
    const line: UnitId[] = []
    for (let at: UnitId | null = unitId; at !== null; at = parents.get(at) ?? null) line.push(at)
    return line
  }
  let closesAt = input.component === 'province' ? round.all : round.recording
  const given = raw
    .prepare<[RoundId], Extended>(
      `SELECT e.unit_id AS unitId, e.until, x.at AS endedAt FROM extensions e LEFT JOIN extension_endings x ON x.extension_id = e.id WHERE e.round_id = ?`,
    )
    .all(input.roundId)
  for (const { unitId, until, endedAt } of given) {
    const above = unitId === null || lineOf(input.unitId).includes(unitId)
    const below = unitId !== null && input.component !== 'other_counts' && lineOf(unitId).includes(input.unitId)
    if (above || below) closesAt = Math.max(closesAt, Math.min(until, endedAt ?? until))
  }
  // An accepted late act opens what is above it, and nothing else.
  const late = raw
    .prepare<[RoundId], { unitId: UnitId; until: Instant }>(
      `SELECT unit_id AS unitId, above_until AS until FROM held_acts WHERE round_id = ? AND state = 'accepted' AND above_until IS NOT NULL`,
    )
    .all(input.roundId)
  for (const { unitId, until } of input.component === 'other_counts' ? [] : late)
    if (lineOf(unitId).slice(1).includes(input.unitId)) closesAt = Math.max(closesAt, until)
  return { opensAt: round.opens, closesAt: Math.min(closesAt, round.archived ?? closesAt) }
}

/** Everything that the chain decided, as one text: what a refused act leaves as it was. */
export function chainNow({ raw }: OpenDatabase): string {
  const tables = [
    'SELECT round_id, unit_id, component, state, version, confirmation_id, reported_confirmation_id FROM component_states ORDER BY 1, 2, 3',
    'SELECT id, state, version, waiting_at_unit_id FROM reopening_requests ORDER BY 1',
    'SELECT * FROM lao_marks ORDER BY 1, 2',
    'SELECT id, cancelled_at FROM confirmations ORDER BY 1',
  ]
  return tables.map((sql) => JSON.stringify(raw.prepare(sql).raw().all())).join('\n')
}
