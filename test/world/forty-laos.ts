import { eq } from 'drizzle-orm'
import type { AppointmentId, Instant, UnitId } from '../../src/db/ids.ts'
import type { Tx } from '../../src/db/open.ts'
import { people, sheetFiles, units } from '../../src/db/schema.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { type Actor, actorOf } from '../../src/workflow/actor.ts'
import { attest } from '../../src/workflow/attest.ts'
import { confirmOverview, overviewShown } from '../../src/workflow/confirm-overview.ts'
import { completeShow, openRuns, startConfirm, startShow } from '../../src/workflow/confirm-run.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { createInvitation, invitationOf } from '../../src/workflow/invitations.ts'
import { recordRoster } from '../../src/workflow/record-roster.ts'
import { judgeRoster } from '../../src/workflow/rules/roster/judge-roster.ts'
import { unitByCode, unitById } from '../../src/workflow/unit.ts'
import { type ChainWorld, must, mustBeDone } from './chain-world.ts'
import { hashOfRows, pupilRows } from './roster-rows.ts'

const FIRST = ['บ้าน', 'หนอง', 'โคก', 'ห้วย', 'ดอน', 'คลอง'] as const
const SECOND = ['แก้ว', 'ทอง', 'ไผ่', 'หว้า', 'บัว', 'ยาง'] as const
const GIVEN = ['กมล', 'ชูศรี', 'ดวงใจ', 'ธนา', 'นภา', 'ปรีดา', 'พิมพ์ใจ', 'มานพ', 'รัชนี', 'วีระ', 'ศิริพร', 'อารีย์'] as const
const PUPILS = 12
const TAKEN = 1_000_000

export type GeneratedLao = { laoId: UnitId; centreId: UnitId; officer: AppointmentId; teacher: AppointmentId | null }

/**
 * 36 more LAOs with one child centre each, so that the province has forty. `both`: one person answers for this LAO and its centre;
 * `vacant`: nobody is appointed at the centre; `unheard`: its teacher blocked the account and has a telephone.
 */
export function addLaos(
  world: ChainWorld,
  given: { at: Instant; both: number; vacant: number; unheard: number },
): GeneratedLao[] {
  const { at } = given
  const names = FIRST.flatMap((first) => SECOND.map((second) => `${first}${second}`))
  world.act((tx) => must(importUnits(tx, names.flatMap(unitRows), at)))
  return names.map((name, index): GeneratedLao => {
    const laoId = idOf(world, laoCode(index))
    const centreId = idOf(world, centreCode(index))
    const account = `Ub${index.toString(16).padStart(31, '0')}`
    const officer = appoint(world, { unitId: laoId, name: personName(index, name), account }, at)
    world.act((tx) => addFile(tx, { unitId: centreId, roundId: world.round().id, at }))
    if (index === given.vacant) return { laoId, centreId, officer, teacher: null }
    const own = index === given.both ? account : `Uc${index.toString(16).padStart(31, '0')}`
    const teacher = appoint(world, { unitId: centreId, name: personName(index + 5, name), account: own }, at)
    if (index === given.unheard) block(world, { appointmentId: teacher, telephone: '042-000-119' }, at)
    return { laoId, centreId, officer, teacher }
  })
}

const laoCode = (index: number): string => `${index % 3 === 0 ? '05' : '06'}9904${String(index + 1).padStart(2, '0')}`
const centreCode = (index: number): string =>
  `${index % 3 === 0 ? '30995' : '30993'}${String(index + 41).padStart(5, '0')}`
const personName = (index: number, place: string): string =>
  `${index % 2 === 0 ? 'นาง' : 'นาย'}${GIVEN[index % GIVEN.length]} ทดสอบ${place}`

function unitRows(name: string, index: number) {
  const kind = index % 3 === 0 ? 'subdistrict_municipality' : 'sao'
  const lao = { code: laoCode(index), kind, name_th: name, province_code: '99', province_th: 'ทุ่งตะวัน' }
  const centre = { code: centreCode(index), kind: 'child_centre', name_th: name, lao_code: laoCode(index) }
  return [
    { line: 100 + 2 * index, cells: lao },
    { line: 101 + 2 * index, cells: centre },
  ]
}

function idOf(world: ChainWorld, code: string): UnitId {
  const unit = world.act((tx) => unitByCode(tx, code))
  if (!unit) throw new Error(`no unit ${code}`)
  return unit.id
}

function appoint(
  world: ChainWorld,
  input: { unitId: UnitId; name: string; account: string },
  at: Instant,
): AppointmentId {
  const { unitId, name, account } = input
  return world.act((tx) => {
    const order = { orderNumber: '1/2567', orderDate: '2024-04-22' }
    const { code } = must(
      createInvitation(tx, { actor: null, unitId, role: 'officer', personName: name, ...order }, at),
    )
    const invitationId = invitationOf(tx, code, at)?.id ?? 0
    return must(acceptInvitation(tx, { invitationId, lineUserId: account, displayName: name }, at)).accepted
      .appointmentId
  })
}

function block(world: ChainWorld, input: { appointmentId: AppointmentId; telephone: string }, at: Instant): void {
  const { appointmentId, telephone } = input
  const { personId } = world.actor(appointmentId, at)
  world.act((tx) => tx.update(people).set({ blockedAt: at, telephone }).where(eq(people.id, personId)).run())
}

function addFile(tx: Tx, input: { unitId: UnitId; roundId: ReturnType<ChainWorld['round']>['id']; at: Instant }): void {
  const { unitId, roundId, at } = input
  const file = { unitId, roundId, spreadsheetId: `file-of-${unitId}`, dataTabId: 1, reportTabId: 2, createdAt: at }
  tx.insert(sheetFiles)
    .values({ ...file, kind: 'roster', state: 'ok' })
    .run()
}

const rowsOf = (world: ChainWorld, centreId: UnitId) =>
  pupilRows({
    kind: 'child_centre',
    schoolYear: world.source.schoolYear,
    count: PUPILS,
    from: TAKEN + centreId * 100,
  })

function record(world: ChainWorld, tx: Tx, centreId: UnitId, at: Instant): void {
  const rows = rowsOf(world, centreId)
  const { schoolYear, asOf } = world.source
  const [year = 0, month = 0, day = 0] = asOf.split('-').map(Number)
  const judged = judgeRoster(rows, { kind: 'child_centre', schoolYear, asOf: { year, month, day } })
  const read = { readAt: at, editedAt: at, lastEditor: null }
  const about = { roundId: world.round().id, institutionId: centreId, contentHash: hashOfRows(rows) }
  recordRoster(tx, { ...about, judged, read }, at)
}

/** What the job does with open runs of these centres: reads their sheets, which are without a fault. */
export function readCentres(world: ChainWorld, laos: readonly GeneratedLao[], now: Instant): void {
  const centres = new Set(laos.map(({ centreId }) => centreId))
  for (const run of world.act((tx) => openRuns(tx, Number.MAX_SAFE_INTEGER))) {
    if (!centres.has(run.unitId)) continue
    const hash = hashOfRows(rowsOf(world, run.unitId))
    if (run.purpose === 'confirm') {
      world.finish(run.id, (tx, at) => record(world, tx, run.unitId, at), { hash, now })
      continue
    }
    world.act((tx) => {
      record(world, tx, run.unitId, now)
      completeShow(tx, run.id, { contentHash: hash }, now)
    })
  }
}

/** A centre read, attested and confirmed, by whoever answers for it. */
export function confirmCentre(world: ChainWorld, lao: GeneratedLao, at: Instant): void {
  const { centreId, teacher } = lao
  if (teacher === null) throw new Error(`nobody at ${centreId}`)
  const actor = world.actor(teacher, at)
  const hash = hashOfRows(rowsOf(world, centreId))
  const tap = { tappedAt: at, receivedAt: at }
  const run = { round: world.round(), actor, unitId: centreId, component: 'roster', inboxId: null, ...tap } as const
  must(world.act((tx) => startShow(tx, run, at)))
  readCentres(world, [lao], at)
  const content = { contentHash: hash, counted: PUPILS }
  world.act((tx) => attest(tx, { actor, roundId: run.round.id, unitId: centreId, component: 'roster', ...content }, at))
  const started = must(world.act((tx) => startConfirm(tx, { ...run, seenHash: hash }, at)))
  mustBeDone(world.finish(started.runId, (tx, now) => record(world, tx, centreId, now), { hash, now: at }))
}

/** The LAO's overview, which is all that such an LAO confirms. */
export function confirmLaoOf(world: ChainWorld, lao: GeneratedLao, at: Instant): void {
  const actor: Actor = world.actor(lao.officer, at)
  world.act((tx) => {
    const round = world.round()
    const shown = overviewShown(tx, { round, laoId: lao.laoId }, at)
    const content = { contentHash: shown.hash, counted: shown.counted }
    attest(tx, { actor, roundId: round.id, unitId: lao.laoId, component: 'overview', ...content }, at)
    must(confirmOverview(tx, { round, actor, tap: { tappedAt: at, receivedAt: at }, seenHash: shown.hash }, at))
  })
}

/** The names under which somebody serves, and those of the units directly below: all that two equal messages may differ in. */
export function ownNames(world: ChainWorld, appointmentIds: readonly AppointmentId[], at: Instant): string[] {
  return world.act((tx) =>
    appointmentIds.flatMap((id) => {
      const actor = actorOf(tx, id, at)
      if (!actor) return []
      const below = tx.select({ name: units.name }).from(units).where(eq(units.parentId, actor.unitId)).all()
      return [unitById(tx, actor.unitId).name, ...below.map(({ name }) => name)]
    }),
  )
}
