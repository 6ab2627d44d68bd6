import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { laoMarks } from '../db/schema.ts'
import { dateAct, type Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { alreadyConfirmed, type Confirmation, confirmationOf, setState, stateOf } from './component-state.ts'
import { reportedFigure } from './confirm-overview.ts'
import { appendEvent } from './event-log.ts'
import { tellProvinceWhenAllComplete } from './level-above.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardProvince, guardWindow } from './rules/confirm-guards.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { type LaoLine, laoLines } from './structure.ts'
import { type Unit, unitById } from './unit.ts'
import { laosOf } from './units-at.ts'
import { hashOfShown, writeConfirmation } from './write-confirmation.ts'

export type ProvinceShown = { hash: string; counted: number; otherCounted: number; laos: LaoLine[] }

const required = (line: LaoLine): boolean => !(line.overview === 'not_required' && line.otherCounts === 'not_required')

/** What the province looks at: every LAO with own institutions and other-affiliation counts (R35). */
export function provinceShown(tx: Tx, input: { round: Round; provinceId: UnitId }, now: Instant): ProvinceShown {
  const roundId = input.round.id
  const laos = laoLines(tx, { roundId, laos: laosOf(tx, { roundId, provinceId: input.provinceId }, now) }, now)
  const counted = reportedFigure(laos.flatMap((lao) => lao.institutions))
  return {
    hash: hashOfShown(laos.map((lao) => [lao.id, lao.shownHash, lao.marked ? 1 : 0])),
    counted,
    otherCounted: laos.reduce((sum, lao) => sum + (lao.otherCounted ?? 0), 0),
    laos,
  }
}

/** The province marks LAOs as checked (ตรวจสอบแล้ว), each for exactly what was shown of it; what changed since is named. */
export function markLaos(
  tx: Tx,
  input: { round: Round; actor: Actor; laos: { id: UnitId; shownHash: string }[]; tap?: Tap | undefined },
  now: Instant,
): Decision<{ marked: number; changed: { id: UnitId; name: string }[] }> {
  const { round, actor } = input
  if (actor.level !== 'province') return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const meant = { kind: 'mark', laos: input.laos } as const
  const dated = dateAct(tx, { round, actor, unitId: actor.unitId, component: 'province', meant, tap: input.tap }, now)
  if (!dated.ok) return dated
  const lines = new Map(provinceShown(tx, { round, provinceId: actor.unitId }, now).laos.map((line) => [line.id, line]))
  const changed: { id: UnitId; name: string }[] = []
  let marked = 0
  for (const asked of input.laos) {
    const line = lines.get(asked.id)
    if (!line) continue
    if (!line.complete || line.shownHash !== asked.shownHash) {
      changed.push({ id: line.id, name: line.name })
      continue
    }
    const values = { shownHash: line.shownHash, appointmentId: actor.appointmentId, at: now }
    tx.insert(laoMarks)
      .values({ roundId: round.id, laoId: line.id, ...values })
      .onConflictDoUpdate({ target: [laoMarks.roundId, laoMarks.laoId], set: values })
      .run()
    appendEvent(tx, {
      at: now,
      type: 'lao-marked',
      roundId: round.id,
      unitId: line.id,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      data: { shownHash: line.shownHash },
    })
    marked += 1
  }
  return { ok: true, marked, changed }
}

/** `shown`: what the actor's province looks at now, where the caller knows it already. */
export function provinceRefusal(
  tx: Tx,
  input: { round: Round; actor: Actor; shown?: ProvinceShown | undefined },
  at: Instant,
): Refusal | null {
  const { round, actor } = input
  if (actor.level !== 'province') return { why: 'not-yours' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  const confirmation = confirmationOf(tx, { roundId: round.id, unitId: actor.unitId, component: 'province' })
  if (confirmation) return alreadyConfirmed(tx, confirmation)
  const late = guardWindow(windowOf(tx, { round, unitId: actor.unitId, component: 'province' }, at))
  if (late) return late
  const { laos } = input.shown ?? provinceShown(tx, { round, provinceId: actor.unitId }, at)
  return guardProvince(
    laos
      .filter(required)
      .map((line) => ({ unit: { id: line.id, name: line.name }, complete: line.complete, marked: line.marked })),
  )
}

/** The province confirms when all is complete everywhere, marked, and nothing changed since shown (R36). */
export function confirmProvince(
  tx: Tx,
  input: { round: Round; actor: Actor; tap: Tap; seenHash: string },
  now: Instant,
): Decision<{ confirmation: Confirmation }> {
  const { round, actor, tap } = input
  const meant = { kind: 'confirm', component: 'province', seenHash: input.seenHash } as const
  const dated = dateAct(tx, { round, actor, unitId: actor.unitId, component: 'province', meant, tap }, now)
  if (!dated.ok) return dated
  const refusal = provinceRefusal(tx, { round, actor }, dated.at)
  if (refusal) return refuse(refusal)
  const shown = provinceShown(tx, { round, provinceId: actor.unitId }, now)
  if (shown.hash !== input.seenHash) return refuse({ why: 'changed-since-shown' })
  const confirmation = writeConfirmation(
    tx,
    {
      round,
      actor,
      unitId: actor.unitId,
      component: 'province',
      tap,
      datedAt: dated.at,
      hash: shown.hash,
      counted: shown.counted,
      totals: { counted: shown.counted, laos: shown.laos.length },
      rows: shown.laos.map((lao) => ({
        unitId: lao.id,
        overviewConfirmationId: lao.overviewConfirmationId,
        otherCountsConfirmationId: lao.otherCountsConfirmationId,
      })),
    },
    now,
  )
  const notice = { type: 'province-confirmed', confirmationId: confirmation.id } as const
  for (const lao of shown.laos) noticeUnit(tx, { unitId: lao.id, notice, urgency: URGENCY.result }, now)
  const departmentId = unitById(tx, actor.unitId).parentId
  if (departmentId) noticeUnit(tx, { unitId: departmentId, notice, urgency: URGENCY.result }, now)
  return { ok: true, confirmation }
}

/** An LAO with neither institutions nor other-affiliation counts: not required, by a recorded act of the province (section 7). */
export function setNotRequired(
  tx: Tx,
  input: { round: Round; actor: Actor; laoId: UnitId; reason: string; tap?: Tap | undefined },
  now: Instant,
): Decision {
  const { round, actor, laoId } = input
  const lao = unitById(tx, laoId)
  if (actor.level !== 'province' || lao.parentId !== actor.unitId) return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const unreasoned = reasonRefusal(input.reason)
  if (unreasoned) return refuse(unreasoned)
  const meant = { kind: 'not-required', unitId: laoId, reason: input.reason } as const
  const dated = dateAct(tx, { round, actor, unitId: actor.unitId, component: 'province', meant, tap: input.tap }, now)
  if (!dated.ok) return dated
  const unfit = hasSomething(tx, { round, lao }, now)
  if (unfit) return refuse(unfit)
  for (const component of ['overview', 'other_counts'] as const) {
    setState(
      tx,
      { roundId: round.id, unitId: laoId, component },
      { state: 'not_required', notRequiredReason: input.reason },
      now,
    )
  }
  appendEvent(tx, {
    at: now,
    type: 'not-required-set',
    roundId: round.id,
    unitId: laoId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    // The reason is what a person typed: it stands in the state, where it can be erased.
    data: {},
  })
  tellProvinceWhenAllComplete(tx, { roundId: round.id, laoId }, now)
  return { ok: true }
}

/** Why an LAO cannot be declared not required: it has something to confirm, or it was declared so before. */
function hasSomething(tx: Tx, input: { round: Round; lao: Unit }, now: Instant): Refusal | null {
  const line = laoLines(tx, { roundId: input.round.id, laos: [input.lao] }, now)[0]
  if (!line) return { why: 'unknown-unit' }
  if (line.overview === 'not_required' && line.otherCounts === 'not_required') {
    const { notRequiredReason } = stateOf(tx, {
      roundId: input.round.id,
      unitId: input.lao.id,
      component: 'overview',
    })
    return { why: 'not-required', reason: notRequiredReason ?? '' }
  }
  const institutions = line.institutions.filter((child) => child.state !== 'not_required').length
  const others = line.otherInstitutionCount
  const bare = line.overview === 'not_applicable' && line.otherCounts === 'not_applicable'
  return bare ? null : { why: 'has-something-to-confirm', institutions, others }
}
