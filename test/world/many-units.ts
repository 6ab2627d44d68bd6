import { and, eq } from 'drizzle-orm'
import type { AppointmentId, Instant, UnitId } from '../../src/db/ids.ts'
import type { Tx } from '../../src/db/open.ts'
import { people, type Role, sheetFiles, units } from '../../src/db/schema.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { attest } from '../../src/workflow/attest.ts'
import { confirmOverview, overviewShown } from '../../src/workflow/confirm-overview.ts'
import {
  advanceRun,
  commitRun,
  completeShow,
  type RunOutcome,
  runById,
  startConfirm,
  startShow,
} from '../../src/workflow/confirm-run.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { createInvitation, invitationOf } from '../../src/workflow/invitations.ts'
import { recordRoster } from '../../src/workflow/record-roster.ts'
import type { Round } from '../../src/workflow/rounds.ts'
import { judgeRoster } from '../../src/workflow/rules/roster/judge-roster.ts'
import { unitByCode } from '../../src/workflow/unit.ts'
import { must } from './chain-world.ts'
import { hashOfRows, pupilRows } from './roster-rows.ts'

export type PlacedInstitution = { id: UnitId; laoId: UnitId; number: number }
export type PlacedLao = { id: UnitId; provinceId: UnitId; institutions: PlacedInstitution[] }
export type PlacedProvince = { id: UnitId; laos: PlacedLao[] }
export type ManyUnits = { departmentId: UnitId; provinces: PlacedProvince[] }

const PROVINCES = ['97', '98', '99'] as const
const digits = (value: number, length: number): string => String(value).padStart(length, '0')

/** Three invented provinces, each with so many LAOs of so many child centres, through the import that everybody uses. */
export function placeManyUnits(tx: Tx, given: { laosEach: number; centresEach: number }, now: Instant): ManyUnits {
  const laoCodes = PROVINCES.map((province) =>
    Array.from({ length: given.laosEach }, (_, index) => `06${province}${digits(index + 101, 4)}`),
  )
  const centre = (place: number, lao: number, index: number): string =>
    `3${PROVINCES[place]}${digits(lao * given.centresEach + index + 1, 7)}`
  const rows = laoCodes.flatMap((codes, place) =>
    codes.flatMap((code, lao) => {
      const province_code = PROVINCES[place] ?? ''
      const province = { province_code, province_th: `ทดสอบ ${province_code}` }
      const centres = Array.from({ length: given.centresEach }, (_, index) => ({
        code: centre(place, lao, index),
        kind: 'child_centre',
        name_th: `${province_code}-${lao}-${index}`,
        lao_code: code,
      }))
      return [{ code, kind: 'sao', name_th: `ทดสอบ ${province_code}-${lao}`, ...province }, ...centres]
    }),
  )
  must(
    importUnits(
      tx,
      rows.map((cells, index) => ({ line: index + 2, cells })),
      now,
    ),
  )
  const idOf = (code: string): UnitId => {
    const unit = unitByCode(tx, code)
    if (!unit) throw new Error(`no unit ${code}`)
    return unit.id
  }
  let number = 0
  const provinces = laoCodes.map((codes, place): PlacedProvince => {
    const id = idOf(`P${PROVINCES[place]}`)
    const laos = codes.map((code, lao): PlacedLao => {
      const laoId = idOf(code)
      const institutions = Array.from({ length: given.centresEach }, (_, index) => {
        number += 1
        return { id: idOf(centre(place, lao, index)), laoId, number }
      })
      return { id: laoId, provinceId: id, institutions }
    })
    return { id, laos }
  })
  const department = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
  if (!department) throw new Error('no department')
  return { departmentId: department.id, provinces }
}

/** Appoints somebody whose LINE account is known, as an invitation that was accepted does. */
export function appointAccount(
  tx: Tx,
  given: { unitId: UnitId; account: string; role?: Role },
  at: Instant,
): AppointmentId {
  const { unitId, account, role = 'officer' } = given
  const known = tx.select({ name: people.name }).from(people).where(eq(people.lineUserId, account)).get()
  const personName = known?.name ?? `คนทดสอบ ${unitId} ${role}`
  const order = { orderNumber: '1/2567', orderDate: '2024-04-22' }
  const { code } = must(createInvitation(tx, { actor: null, unitId, role, personName, ...order }, at))
  const invitationId = invitationOf(tx, code, at)?.id ?? 0
  return must(acceptInvitation(tx, { invitationId, lineUserId: account, displayName: personName }, at)).accepted
    .appointmentId
}

export function addRosterFile(tx: Tx, given: { unitId: UnitId; round: Round }): void {
  const { unitId, round } = given
  const file = {
    kind: 'roster',
    spreadsheetId: `file-of-${unitId}`,
    dataTabId: 1,
    reportTabId: 2,
    state: 'ok',
  } as const
  tx.insert(sheetFiles)
    .values({ unitId, roundId: round.id, ...file, createdAt: round.recordingOpensAt })
    .run()
}

/** The whole sequence of an institution: read, shown, attested, locked, confirmed. */
export function confirmCentre(
  tx: Tx,
  given: { round: Round; centre: PlacedInstitution; appointmentId: AppointmentId },
  at: Instant,
): void {
  const { round, centre, appointmentId } = given
  const actor = mustBeActor(tx, appointmentId, at)
  const rows = pupilRows({ kind: 'child_centre', schoolYear: round.schoolYear, count: 2, from: centre.number * 10 })
  const [year = 0, month = 0, day = 0] = round.asOf.split('-').map(Number)
  const judged = judgeRoster(rows, { kind: 'child_centre', schoolYear: round.schoolYear, asOf: { year, month, day } })
  const contentHash = hashOfRows(rows)
  const ref = { round, actor, unitId: centre.id, component: 'roster' as const, inboxId: null }
  const tap = { tappedAt: at, receivedAt: at }
  const shown = must(startShow(tx, { ...ref, ...tap }, at))
  const read = { readAt: at, editedAt: at, lastEditor: null }
  const roster = { roundId: round.id, institutionId: centre.id, contentHash, judged, read }
  recordRoster(tx, roster, at)
  completeShow(tx, shown.runId, { contentHash }, at)
  const { counted } = judged.totals
  attest(tx, { actor, roundId: round.id, unitId: centre.id, component: 'roster', contentHash, counted }, at)
  const { runId } = must(startConfirm(tx, { ...ref, ...tap, seenHash: contentHash }, at))
  tx.update(sheetFiles)
    .set({ locked: true })
    .where(and(eq(sheetFiles.unitId, centre.id), eq(sheetFiles.roundId, round.id)))
    .run()
  advanceRun(tx, runId, 'verify')
  commitRun(tx, runId, { contentHash }, at)
  const { outcome } = runById(tx, runId)
  const done = outcome as RunOutcome | null
  if (done?.confirmationId === undefined) throw new Error(`not confirmed: ${JSON.stringify(outcome)}`)
}

export function confirmLaoOverview(tx: Tx, given: { round: Round; appointmentId: AppointmentId }, at: Instant): void {
  const { round, appointmentId } = given
  const actor = mustBeActor(tx, appointmentId, at)
  const { hash, counted } = overviewShown(tx, { round, laoId: actor.unitId }, at)
  const content = { contentHash: hash, counted }
  attest(tx, { actor, roundId: round.id, unitId: actor.unitId, component: 'overview', ...content }, at)
  must(confirmOverview(tx, { round, actor, tap: { tappedAt: at, receivedAt: at }, seenHash: hash }, at))
}

function mustBeActor(tx: Tx, appointmentId: AppointmentId, at: Instant) {
  const actor = actorOf(tx, appointmentId, at)
  if (!actor) throw new Error(`nobody in force: ${appointmentId}`)
  return actor
}
