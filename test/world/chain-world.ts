import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq } from 'drizzle-orm'
import { onTestFinished } from 'vitest'
import type { AppointmentId, InboxId, Instant, RunId, UnitId } from '../../src/db/ids.ts'
import { openDatabase, type Tx, transact } from '../../src/db/open.ts'
import { type Component, confirmations, inbox, outbox, type Role, sheetFiles, units } from '../../src/db/schema.ts'
import { acceptInvitation } from '../../src/workflow/accept-invitation.ts'
import { type Actor, actorOf } from '../../src/workflow/actor.ts'
import { attest } from '../../src/workflow/attest.ts'
import { confirmationOf } from '../../src/workflow/component-state.ts'
import { confirmOverview, overviewShown } from '../../src/workflow/confirm-overview.ts'
import { confirmProvince, markLaos, provinceShown } from '../../src/workflow/confirm-province.ts'
import {
  advanceRun,
  commitRun,
  completeShow,
  finishUnlock,
  type RunOutcome,
  runById,
  startConfirm,
  startShow,
} from '../../src/workflow/confirm-run.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { createInvitation, invitationOf } from '../../src/workflow/invitations.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { type CountRow, otherInstitutionsOf, recordCounts } from '../../src/workflow/record-counts.ts'
import { recordRoster } from '../../src/workflow/record-roster.ts'
import { activeRound, addRound, type Round } from '../../src/workflow/rounds.ts'
import type { InstitutionKind } from '../../src/workflow/rules/roster/columns.ts'
import { judgeRoster } from '../../src/workflow/rules/roster/judge-roster.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import { refreshSharedPupils } from '../../src/workflow/shared-pupils-refresh.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { unitByCode } from '../../src/workflow/unit.ts'
import { hashOfRows, pupilRows, type TypedPupil } from './roster-rows.ts'

/** Local time in Bangkok, e.g. '2024-06-05T09:00'. */
export const bangkok = (local: string): Instant => Date.parse(`${local}+07:00`)

const LAOS = {
  town: { code: '04990102', kind: 'town_municipality', name: 'ทุ่งตะวัน' },
  sao: { code: '06990301', kind: 'sao', name: 'บ้านนา' },
  countsOnly: { code: '06990302', kind: 'sao', name: 'เขาเขียว' },
  bare: { code: '05990201', kind: 'subdistrict_municipality', name: 'ริมธาร' },
} as const
const INSTITUTIONS = {
  school: { code: '3099200001', lao: 'town', kind: 'school', name: 'เทศบาล 1' },
  centre: { code: '3099500001', lao: 'town', kind: 'child_centre', name: 'เมืองทุ่งตะวัน' },
  saoCentre: { code: '3099300001', lao: 'sao', kind: 'child_centre', name: 'บ้านนา' },
} as const
const OTHERS = [
  { lao: 'town', code: '1099000011', name: 'โรงเรียนอนุบาลทุ่งตะวัน', baseline: '412' },
  { lao: 'town', code: '1099000012', name: 'โรงเรียนบ้านคลองใส', baseline: '96' },
  { lao: 'countsOnly', code: '1099000031', name: 'โรงเรียนบ้านเขาเขียว', baseline: '57' },
] as const

export type LaoName = keyof typeof LAOS
export type InstitutionName = keyof typeof INSTITUTIONS
export type Place = 'department' | 'province' | LaoName | InstitutionName
export type Outcome = { step: 'done' | 'unlock'; outcome: RunOutcome }
export type ChainWorld = ReturnType<typeof openChainWorld>

/**
 * The real database with one invented province: a town with a school, a child centre and two institutions of other affiliations;
 * an SAO with one child centre; an SAO with other counts only; a municipality with neither. One officer everywhere.
 */
export function openChainWorld(options: { round?: '2567/1' | '2563/2'; began?: Instant } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'lec-chain-'))
  const database = openDatabase(join(dir, 'lec.db'))
  onTestFinished(() => {
    database.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const { db } = database
  const act = <T>(work: (tx: Tx) => T): T => transact(db, work)
  const source = SOURCE_ROUNDS.find((candidate) => candidate.code === (options.round ?? '2567/1'))
  if (!source) throw new Error('round is missing')
  /** When units, officers and the round came into the database. */
  const began = options.began ?? source.recordingOpensAt

  act((tx) => fill(tx, began))
  act((tx) => addRound(tx, { round: source, activate: true }, began))
  const round = (): Round => {
    const active = act(activeRound)
    if (!active) throw new Error('no active round')
    return active
  }
  const idOf = (place: Place): UnitId => act((tx) => unitOf(tx, place))
  act((tx) => fillOthers(tx, round()))
  for (const place of ['school', 'centre', 'saoCentre', 'town', 'countsOnly'] as const)
    addFile(act, { unitId: idOf(place), round: round() })

  const officers = new Map<Place, AppointmentId>()
  const appoint = (
    place: Place,
    given: { role?: Role; name?: string; account?: string; at?: Instant } = {},
  ): AppointmentId => act((tx) => invite(tx, { unitId: unitOf(tx, place), ...given }, given.at ?? began))
  for (const place of ['department', 'province', ...Object.keys(LAOS), ...Object.keys(INSTITUTIONS)] as Place[]) {
    officers.set(place, appoint(place, { name: `ผู้รับผิดชอบ ${place}` }))
  }
  const actor = (who: Place | AppointmentId, at: Instant): Actor => {
    const appointmentId = typeof who === 'number' ? who : officers.get(who)
    const found = appointmentId === undefined ? null : act((tx) => actorOf(tx, appointmentId, at))
    if (!found) throw new Error(`nobody in force: ${who}`)
    return found
  }

  const rows = (place: InstitutionName, count = 10, change?: (index: number) => TypedPupil, from = 0): RawRow[] => {
    const { kind } = INSTITUTIONS[place]
    const first = (1 + Object.keys(INSTITUTIONS).indexOf(place)) * 100_000 + from
    return pupilRows({ kind, schoolYear: source.schoolYear, count, from: first, ...(change ? { change } : {}) })
  }
  const judge = (place: InstitutionName, given: readonly RawRow[]) => {
    const [year = 0, month = 0, day = 0] = source.asOf.split('-').map(Number)
    const kind: InstitutionKind = INSTITUTIONS[place].kind
    return judgeRoster(given, { kind, schoolYear: source.schoolYear, asOf: { year, month, day } })
  }
  /** Records one read of an institution's roster, as the sync does, in the caller's transaction. */
  const recordIn = (
    tx: Tx,
    place: InstitutionName,
    given: readonly RawRow[],
    at: Instant,
    lastEditor: string | null = null,
  ) => {
    const ref = { roundId: round().id, institutionId: unitOf(tx, place) }
    const judged = judge(place, given)
    const read = { readAt: at, editedAt: at, lastEditor }
    const recorded = recordRoster(tx, { ...ref, contentHash: hashOfRows(given), judged, read }, at)
    if (recorded.changed) refreshSharedPupils(tx, { ...ref, keysInErrorRows: judged.keysInErrorRows }, at)
    return recorded
  }
  const read = (place: InstitutionName, given: readonly RawRow[], at: Instant, lastEditor?: string) =>
    act((tx) => recordIn(tx, place, given, at, lastEditor))

  const tapOf = (at: Instant, given?: { receivedAt?: Instant }) => ({
    tappedAt: at,
    receivedAt: given?.receivedAt ?? at,
  })

  /** The whole sequence of R25, R28, R29: read back, attest, confirm, each on a fresh read of `sheet`. */
  const confirmRoster = (
    place: InstitutionName,
    given: {
      at: Instant
      receivedAt?: Instant
      now?: Instant
      by?: Place | AppointmentId
      sheet?: readonly RawRow[]
      /** What stands in the sheet when it is locked; the same when left out. */
      sheetWhenLocked?: readonly RawRow[]
      attest?: boolean
      inboxId?: InboxId
    },
  ): Outcome => {
    const { at, by = place, sheet = rows(place) } = given
    const who = actor(by, at)
    const ref = {
      round: round(),
      actor: who,
      unitId: idOf(place),
      component: 'roster' as const,
      inboxId: given.inboxId ?? null,
    }
    const shown = act((tx) => startShow(tx, { ...ref, ...tapOf(at) }, at))
    if (!shown.ok) throw new Error(`show refused: ${shown.why}`)
    act((tx) => {
      recordIn(tx, place, sheet, at)
      completeShow(tx, shown.runId, { contentHash: hashOfRows(sheet) }, at)
    })
    const counted = judge(place, sheet).totals.counted
    const attested = {
      actor: who,
      roundId: round().id,
      unitId: idOf(place),
      component: 'roster' as const,
      contentHash: hashOfRows(sheet),
      counted,
    }
    if (given.attest !== false) act((tx) => attest(tx, attested, at))
    const started = act((tx) => startConfirm(tx, { ...ref, ...tapOf(at, given), seenHash: hashOfRows(sheet) }, at))
    if (!started.ok) throw new Error(`confirm refused: ${started.why}`)
    const locked = given.sheetWhenLocked ?? sheet
    return finish(started.runId, (tx, now) => recordIn(tx, place, locked, now), {
      hash: hashOfRows(locked),
      now: given.now ?? given.receivedAt ?? at,
    })
  }

  /** What the job does from the lock on: read, commit, give the sheet back when refused. */
  const finish = (
    runId: RunId,
    record: (tx: Tx, now: Instant) => void,
    given: { hash: string; now: Instant },
  ): Outcome => {
    act((tx) => {
      const run = runById(tx, runId)
      setLocked(tx, run.unitId, round(), true)
      advanceRun(tx, runId, 'verify')
    })
    const { step } = act((tx) => {
      record(tx, given.now)
      return commitRun(tx, runId, { contentHash: given.hash }, given.now)
    })
    if (step === 'unlock') {
      act((tx) => {
        setLocked(tx, runById(tx, runId).unitId, round(), false)
        finishUnlock(tx, runId, given.now)
      })
    }
    return { step, outcome: act((tx) => runById(tx, runId).outcome as RunOutcome) }
  }

  const countRows = (
    lao: 'town' | 'countsOnly',
    change: (row: CountRow) => Partial<CountRow> = () => ({}),
  ): CountRow[] =>
    act((tx) => otherInstitutionsOf(tx, { roundId: round().id, laoId: unitOf(tx, lao) })).map((other, index) => {
      const row = { row: index + 2, code: other.code, current: other.baseline, checked: true, reason: null }
      return { ...row, ...change(row) }
    })
  const hashOfCounts = (given: readonly CountRow[]): string => JSON.stringify(given)
  const recordCountsIn = (tx: Tx, lao: 'town' | 'countsOnly', given: CountRow[], at: Instant) =>
    recordCounts(
      tx,
      {
        roundId: round().id,
        laoId: unitOf(tx, lao),
        contentHash: hashOfCounts(given),
        rows: given,
        problems: [],
        read: { readAt: at, editedAt: at, lastEditor: null },
      },
      at,
    )

  /** R32: the LAO's second, separate confirmation. */
  const confirmCounts = (
    lao: 'town' | 'countsOnly',
    given: { at: Instant; by?: Place | AppointmentId; rows?: CountRow[] },
  ): Outcome => {
    const { at } = given
    const counts = given.rows ?? countRows(lao)
    const ref = {
      round: round(),
      actor: actor(given.by ?? lao, at),
      unitId: idOf(lao),
      component: 'other_counts' as const,
      inboxId: null,
    }
    const started = act((tx) => startConfirm(tx, { ...ref, ...tapOf(at), seenHash: hashOfCounts(counts) }, at))
    if (!started.ok) throw new Error(`confirm refused: ${started.why}`)
    return finish(started.runId, (tx, now) => recordCountsIn(tx, lao, counts, now), {
      hash: hashOfCounts(counts),
      now: at,
    })
  }

  /** R28, R30: the LAO looks, attests, confirms. */
  const confirmLao = (
    lao: LaoName,
    given: { at: Instant; receivedAt?: Instant; by?: Place | AppointmentId; attest?: boolean },
  ) => {
    const { at } = given
    const who = actor(given.by ?? lao, at)
    return act((tx) => {
      const shown = overviewShown(tx, { round: round(), laoId: who.unitId }, at)
      const content = { contentHash: shown.hash, counted: shown.counted }
      if (given.attest !== false)
        attest(tx, { actor: who, roundId: round().id, unitId: who.unitId, component: 'overview', ...content }, at)
      return confirmOverview(
        tx,
        { round: round(), actor: who, tap: tapOf(at, given), seenHash: shown.hash },
        given.receivedAt ?? at,
      )
    })
  }

  const markAll = (at: Instant, by: Place | AppointmentId = 'province') => {
    const who = actor(by, at)
    return act((tx) => {
      const { laos } = provinceShown(tx, { round: round(), provinceId: who.unitId }, at)
      return markLaos(
        tx,
        { round: round(), actor: who, laos: laos.map(({ id, shownHash }) => ({ id, shownHash })) },
        at,
      )
    })
  }
  const confirmTheProvince = (given: { at: Instant; receivedAt?: Instant; by?: Place | AppointmentId }) => {
    const { at } = given
    const who = actor(given.by ?? 'province', at)
    return act((tx) => {
      const shown = provinceShown(tx, { round: round(), provinceId: who.unitId }, at)
      return confirmProvince(
        tx,
        { round: round(), actor: who, tap: tapOf(at, given), seenHash: shown.hash },
        given.receivedAt ?? at,
      )
    })
  }

  const isConfirmed = (place: Place, component: Component): boolean =>
    act((tx) => confirmationOf(tx, { roundId: round().id, unitId: unitOf(tx, place), component })) !== null
  const fileOf = (place: Place) =>
    act((tx) =>
      tx
        .select()
        .from(sheetFiles)
        .where(and(eq(sheetFiles.unitId, unitOf(tx, place)), eq(sheetFiles.roundId, round().id)))
        .get(),
    )

  /** Everything queued for a person, as meanings, oldest first. */
  const told = (who: Place | AppointmentId, at: Instant): (Notice | { type: 'answer' })[] => {
    const { personId } = actor(who, at)
    return act((tx) =>
      tx.select({ notice: outbox.notice }).from(outbox).where(eq(outbox.personId, personId)).orderBy(outbox.id).all(),
    ).map((row) => row.notice as Notice)
  }
  const receipts = () => act((tx) => tx.select().from(confirmations).orderBy(confirmations.id).all())
  const storeEvent = (given: {
    webhookEventId: string
    orderKey: string
    at: number
    body: Record<string, unknown>
  }): InboxId => {
    const { at, ...rest } = given
    return act((tx) =>
      tx
        .insert(inbox)
        .values({ ...rest, eventAt: at, receivedAt: at })
        .returning({ id: inbox.id })
        .get(),
    ).id
  }

  /** Institutions, LAOs and counts up to (not including) the province. */
  const confirmUpToLaos = (at: Instant) => {
    for (const place of ['school', 'centre', 'saoCentre'] as const) mustBeDone(confirmRoster(place, { at }))
    for (const lao of ['town', 'countsOnly'] as const) mustBeDone(confirmCounts(lao, { at }))
    for (const lao of ['town', 'sao'] as const) must(confirmLao(lao, { at }))
  }

  return {
    database,
    db,
    dir,
    act,
    round,
    source,
    idOf,
    appoint,
    actor,
    rows,
    judge,
    recordIn,
    read,
    confirmRoster,
    countRows,
    hashOfCounts,
    recordCountsIn,
    confirmCounts,
    confirmLao,
    confirmUpToLaos,
    markAll,
    confirmProvince: confirmTheProvince,
    isConfirmed,
    fileOf,
    told,
    receipts,
    storeEvent,
    finish,
  }
}

/** Narrows an accepted decision; a refused one ends the test with its reason. */
export function must<T extends { ok: boolean }>(decision: T): Extract<T, { ok: true }> {
  if (!decision.ok) throw new Error(`refused: ${JSON.stringify(decision)}`)
  return decision as Extract<T, { ok: true }>
}

export function mustBeDone(result: Outcome): number {
  const { confirmationId } = result.outcome
  if (confirmationId === undefined) throw new Error(`not confirmed: ${JSON.stringify(result.outcome)}`)
  return confirmationId
}

function unitOf(tx: Tx, place: Place): UnitId {
  const code = { ...LAOS, ...INSTITUTIONS, province: { code: 'P99' } } as Record<string, { code: string }>
  const unit =
    place === 'department'
      ? tx.select().from(units).where(eq(units.level, 'department')).get()
      : unitByCode(tx, code[place]?.code ?? '')
  if (!unit) throw new Error(`no unit ${place}`)
  return unit.id
}

function fill(tx: Tx, now: Instant): void {
  const laos = Object.values(LAOS).map(({ code, kind, name }, index) => ({
    line: index + 2,
    cells: { code, kind, name_th: name, province_code: '99', province_th: 'ทุ่งตะวัน' },
  }))
  const institutions = Object.values(INSTITUTIONS).map(({ code, kind, name, lao }, index) => ({
    line: index + 20,
    cells: { code, kind, name_th: name, lao_code: LAOS[lao].code },
  }))
  must(importUnits(tx, [...laos, ...institutions], now))
}

function fillOthers(tx: Tx, round: Round): void {
  const rows = OTHERS.map(({ lao, code, name, baseline }, index) => ({
    line: index + 2,
    cells: {
      lao_code: LAOS[lao].code,
      code,
      name_th: name,
      affiliation: 'สพฐ.',
      baseline,
      baseline_date: '2020-08-07',
    },
  }))
  must(importOtherInstitutions(tx, { rows, roundId: round.id }, round.recordingOpensAt))
}

function addFile(act: (work: (tx: Tx) => void) => void, input: { unitId: UnitId; round: Round }): void {
  const { unitId, round } = input
  act((tx) => {
    const level = tx.select({ level: units.level }).from(units).where(eq(units.id, unitId)).get()?.level
    tx.insert(sheetFiles)
      .values({
        unitId,
        roundId: round.id,
        kind: level === 'lao' ? 'counts' : 'roster',
        spreadsheetId: `file-of-${unitId}`,
        dataTabId: 1,
        reportTabId: 2,
        state: 'ok',
        createdAt: round.recordingOpensAt,
      })
      .run()
  })
}

function setLocked(tx: Tx, unitId: UnitId, round: Round, locked: boolean): void {
  tx.update(sheetFiles)
    .set({ locked })
    .where(and(eq(sheetFiles.unitId, unitId), eq(sheetFiles.roundId, round.id)))
    .run()
}

let accounts = 0

function invite(
  tx: Tx,
  input: { unitId: UnitId; role?: Role; name?: string; account?: string },
  at: Instant,
): AppointmentId {
  const { unitId, role = 'officer', name = 'คนทดสอบ' } = input
  accounts += 1
  const lineUserId = input.account ?? `U${accounts.toString(16).padStart(32, '0')}`
  const order = { orderNumber: '1/2567', orderDate: '2024-04-22' }
  const { code } = must(createInvitation(tx, { actor: null, unitId, role, personName: name, ...order }, at))
  const invitation = invitationOf(tx, code, at)
  const accepted = acceptInvitation(tx, { invitationId: invitation?.id ?? 0, lineUserId, displayName: name }, at)
  return must(accepted).accepted.appointmentId
}
