import type { AppointmentId, HeldActId, HoldId, Instant, RequestId, UnitId } from '../../../src/db/ids.ts'
import type { Component } from '../../../src/db/schema.ts'
import { overviewShown } from '../../../src/workflow/confirm-overview.ts'
import { provinceShown } from '../../../src/workflow/confirm-province.ts'
import type { Round } from '../../../src/workflow/rounds.ts'
import type { Meant } from './carry-out.ts'
import { act, type Duty, dutiesOf, type ModelWorld, roundOf, unitsOf } from './model-world.ts'
import type { Random } from './random.ts'

type Wish = { duty: Duty; meant: Meant }
const DAY = 86_400_000

const first = <T>(world: ModelWorld, sql: string, ...values: unknown[]): T[] =>
  world.database.raw.prepare(sql).all(...values) as T[]

/** What a diligent person would do next somewhere in the chain. */
export function diligentWish(world: ModelWorld, random: Random): Wish | null {
  const round = roundOf(world)
  const inForce = dutiesInForce(world).filter((duty) => duty.role === 'officer' && duty.level !== 'department')
  const duty = random.pick(inForce)
  if (!duty) return null
  const answer = random.chance(0.6) ? answerOf(world, random, duty) : null
  const meant = answer ?? nextStep(world, random, { round, duty })
  return meant ? { duty, meant } : null
}

export function dutiesInForce(world: ModelWorld): Duty[] {
  const inForce = new Set(
    first<{ id: AppointmentId }>(
      world,
      'SELECT id FROM appointments WHERE suspended_at IS NULL AND (valid_to IS NULL OR valid_to > ?)',
      world.now,
    ).map(({ id }) => id),
  )
  return dutiesOf(world.database).filter((duty) => inForce.has(duty.id))
}

/** What would come next for one unit, by the first of its officers in force. */
export function wishOfUnit(world: ModelWorld, random: Random, unitId: UnitId): Wish | null {
  const there = dutiesInForce(world).filter((duty) => duty.unitId === unitId)
  const submissionId = waitingSubmission(world, unitId)
  const certifier = there.find((duty) => duty.role === 'certifier')
  if (submissionId !== null) return certifier ? { duty: certifier, meant: { kind: 'certify', submissionId } } : null
  const duty = there.find(({ role }) => role === 'officer')
  const meant = duty ? nextStep(world, random, { round: roundOf(world), duty }) : null
  return duty && meant ? { duty, meant } : null
}

/** Somebody who has confirmed wants to correct it, or the level above has found something. */
export function undoWish(world: ModelWorld, random: Random): Wish | null {
  const waiting = random.chance(0.5)
    ? random.pick(
        first<{ requestId: RequestId; version: number; unitId: UnitId }>(
          world,
          `SELECT id AS requestId, version, waiting_at_unit_id AS unitId FROM reopening_requests WHERE state = 'waiting'`,
        ),
      )
    : undefined
  const inForce = dutiesInForce(world).filter((duty) => duty.role === 'officer')
  if (waiting) {
    const { unitId, ...about } = waiting
    const duty = inForce.find((one) => one.unitId === unitId)
    return duty ? { duty, meant: { kind: random.chance(0.85) ? 'pass-on' : 'send-back', ...about } } : null
  }
  const standing = random.pick(
    first<{ unitId: UnitId; parentId: UnitId; component: Component }>(
      world,
      `SELECT s.unit_id AS unitId, u.parent_id AS parentId, s.component FROM component_states s JOIN units u ON u.id = s.unit_id
       JOIN rounds r ON r.id = s.round_id WHERE s.state = 'confirmed' AND r.active`,
    ),
  )
  if (!standing) return null
  const { unitId, parentId, component } = standing
  const asks = random.chance(0.7)
  const duty = random.pick(inForce.filter((one) => one.unitId === (asks ? unitId : parentId)))
  if (!duty) return null
  return { duty, meant: asks ? { kind: 'ask', component } : { kind: 'cancel', unitId, component } }
}

function nextStep(world: ModelWorld, random: Random, input: { round: Round; duty: Duty }): Meant | null {
  const { round, duty } = input
  const { unitId } = duty
  if (duty.level === 'institution') {
    const certifier = waitingSubmission(world, unitId)
    if (certifier) return null
    return rosterStep(world, random, { round, duty })
  }
  if (duty.level === 'lao') {
    const [counts] = first<{ state: string | null }>(
      world,
      `SELECT (SELECT state FROM component_states WHERE round_id = ? AND unit_id = o.lao_id AND component = 'other_counts') AS state
       FROM other_institutions o WHERE o.lao_id = ? AND o.closed_at IS NULL LIMIT 1`,
      round.id,
      unitId,
    )
    if (counts && counts.state !== 'confirmed' && random.chance(0.6))
      return countsStep(world, random, { round, unitId })
    const shown = act(world, (tx) => overviewShown(tx, { round, laoId: unitId }, world.now))
    const attested = attestedBy(world, { round, duty, component: 'overview' }) === shown.hash
    const seen = { counted: shown.counted }
    return attested || random.chance(0.1)
      ? { kind: 'confirm', component: 'overview', seenHash: shown.hash, ...seen }
      : { kind: 'attest', component: 'overview', contentHash: shown.hash, ...seen }
  }
  const shown = act(world, (tx) => provinceShown(tx, { round, provinceId: unitId }, world.now))
  const unmarked = shown.laos.filter((lao) => lao.complete && !lao.marked)
  const bare = shown.laos.find((lao) => lao.overview === 'not_applicable' && lao.otherCounts === 'not_applicable')
  if (bare && random.chance(0.5)) return { kind: 'not-required', unitId: bare.id }
  if (unmarked.length > 0 && random.chance(0.7))
    return { kind: 'mark', laos: unmarked.map(({ id, shownHash }) => ({ id, shownHash })) }
  return { kind: 'confirm', component: 'province', seenHash: shown.hash, counted: shown.counted }
}

function rosterStep(world: ModelWorld, random: Random, input: { round: Round; duty: Duty }): Meant | null {
  const { round, duty } = input
  const [standing] = first<{ id: number }>(
    world,
    `SELECT confirmation_id AS id FROM component_states WHERE round_id = ? AND unit_id = ? AND component = 'roster' AND state = 'confirmed'`,
    round.id,
    duty.unitId,
  )
  if (standing && random.chance(0.9)) return null
  const [roster] = first<{ hash: string; counted: number }>(
    world,
    'SELECT content_hash AS hash, counted FROM rosters WHERE round_id = ? AND institution_id = ?',
    round.id,
    duty.unitId,
  )
  const [hold] = first<{ id: HoldId }>(
    world,
    `SELECT id FROM holds WHERE round_id = ? AND institution_id = ? AND state = 'open'`,
    round.id,
    duty.unitId,
  )
  if (hold) return { kind: 'hold', holdId: hold.id, decision: random.chance(0.7) ? 'release' : 'refuse' }
  if (!roster || random.chance(0.15)) return { kind: 'show', component: 'roster' }
  const { hash, counted } = roster
  if (random.chance(0.04)) return { kind: 'certifier', unitId: duty.unitId, on: true }
  const hasty = random.chance(0.12)
  if (!hasty && attestedBy(world, { round, duty, component: 'roster' }) !== hash)
    return { kind: 'attest', component: 'roster', contentHash: hash, counted }
  return { kind: 'confirm', component: 'roster', seenHash: hash, counted }
}

function countsStep(world: ModelWorld, random: Random, input: { round: Round; unitId: UnitId }): Meant | null {
  const [sheet] = first<{ hash: string; total: number }>(
    world,
    'SELECT content_hash AS hash, total FROM count_sheets WHERE round_id = ? AND lao_id = ?',
    input.round.id,
    input.unitId,
  )
  if (!sheet || random.chance(0.2)) return { kind: 'show', component: 'other_counts' }
  return { kind: 'confirm', component: 'other_counts', seenHash: sheet.hash, counted: sheet.total }
}

function attestedBy(world: ModelWorld, input: { round: Round; duty: Duty; component: Component }): string | null {
  const [row] = first<{ hash: string }>(
    world,
    `SELECT content_hash AS hash FROM attestations WHERE round_id = ? AND unit_id = ? AND component = ? AND appointment_id = ?
     ORDER BY id DESC LIMIT 1`,
    input.round.id,
    input.duty.unitId,
    input.component,
    input.duty.id,
  )
  return row?.hash ?? null
}

function waitingSubmission(world: ModelWorld, unitId: UnitId): number | null {
  const [row] = first<{ id: number }>(
    world,
    `SELECT id FROM submissions WHERE unit_id = ? AND state = 'waiting'`,
    unitId,
  )
  return row?.id ?? null
}

/** A request that waits at this person's unit. */
function answerOf(world: ModelWorld, random: Random, duty: Duty): Meant | null {
  const [request] = first<{ requestId: RequestId; version: number }>(
    world,
    `SELECT id AS requestId, version FROM reopening_requests WHERE state = 'waiting' AND waiting_at_unit_id = ?`,
    duty.unitId,
  )
  if (!request) return null
  return { kind: random.chance(0.8) ? 'pass-on' : 'send-back', ...request }
}

const COMPONENTS: Component[] = ['roster', 'overview', 'other_counts', 'province']

/** Anything by anybody, often by the wrong one, about what exists and about what is long over. */
export function anyWish(world: ModelWorld, random: Random): Wish | null {
  const certifying = random.chance(0.15) ? certifyWish(world, random) : null
  if (certifying) return certifying
  const late = random.chance(0.3) ? lateWish(world, random) : null
  if (late) return late
  const duty = random.pick(dutiesInForce(world))
  const meant = duty ? anyMeant(world, random, duty) : null
  return duty && meant ? { duty, meant } : null
}

function certifyWish(world: ModelWorld, random: Random): Wish | null {
  const [row] = first<{ id: number; unitId: UnitId }>(
    world,
    `SELECT id, unit_id AS unitId FROM submissions ORDER BY state = 'waiting' DESC, id DESC`,
  )
  if (!row) return null
  const there = dutiesInForce(world).filter((duty) => duty.unitId === row.unitId)
  const duty = there.find((one) => one.role === 'certifier') ?? random.pick(there)
  if (!duty) return null
  return { duty, meant: { kind: random.chance(0.8) ? 'certify' : 'return-submission', submissionId: row.id } }
}

function lateWish(world: ModelWorld, random: Random): Wish | null {
  const [row] = first<{ id: HeldActId }>(world, `SELECT id FROM held_acts ORDER BY state = 'waiting' DESC, id DESC`)
  const duty = dutiesInForce(world).find((one) => one.level === 'department')
  if (!row || !duty) return null
  return { duty, meant: { kind: 'decide-late', heldActId: row.id, accept: random.chance(0.75) } }
}

function anyMeant(world: ModelWorld, random: Random, duty: Duty): Meant | null {
  const round = roundOf(world)
  const units = unitsOf(world.database)
  const below = units.filter((unit) => unit.parentId === duty.unitId)
  const target = random.chance(0.8) ? random.pick(below) : random.pick(units)
  const component = componentFor(random, duty.level)
  const choices: (() => Meant | null)[] = [
    () => ({ kind: 'ask', component }),
    () => ({ kind: 'ask', component }),
    () => (target ? { kind: 'cancel', unitId: target.id, component: componentFor(random, target.level) } : null),
    () => (target ? { kind: 'cancel', unitId: target.id, component: componentFor(random, target.level) } : null),
    () => anyAnswer(world, random),
    () => anyAnswer(world, random),
    () => (target ? { kind: 'not-required', unitId: target.id } : null),
    () => anyHold(world, random),
    () => extendMeant(random, { world, round, units }),
    () => endExtensionMeant(world, random),
    () => dutyMeant(world, random, duty),
    () => (target ? { kind: 'certifier', unitId: target.id, on: random.chance(0.5) } : null),
    () =>
      target ? { kind: 'propose', institutionId: target.id, dueAt: round.laoDueAt - random.below(5 * DAY) } : null,
    () => acceptMeant(world, random),
    () => ({ kind: 'confirm', component, seenHash: 'nothing-was-shown', counted: 0 }),
    () => nextStep(world, random, { round, duty }),
  ]
  return random.pick(choices)?.() ?? null
}

function componentFor(random: Random, level: string): Component {
  if (random.chance(0.1)) return random.pick(COMPONENTS) ?? 'roster'
  if (level === 'lao') return random.chance(0.6) ? 'overview' : 'other_counts'
  return level === 'institution' ? 'roster' : 'province'
}

function anyAnswer(world: ModelWorld, random: Random): Meant | null {
  const request = random.pick(
    first<{ requestId: RequestId; version: number }>(
      world,
      'SELECT id AS requestId, version FROM reopening_requests ORDER BY id DESC LIMIT 4',
    ),
  )
  if (!request) return null
  const version = request.version - (random.chance(0.2) ? 1 : 0)
  const { requestId } = request
  if (random.chance(0.25)) return { kind: 'withdraw', requestId }
  return { kind: random.chance(0.7) ? 'pass-on' : 'send-back', requestId, version }
}

function anyHold(world: ModelWorld, random: Random): Meant | null {
  const hold = random.pick(first<{ id: HoldId }>(world, 'SELECT id FROM holds ORDER BY id DESC LIMIT 2'))
  return hold ? { kind: 'hold', holdId: hold.id, decision: random.chance(0.6) ? 'release' : 'refuse' } : null
}

function extendMeant(
  random: Random,
  input: { world: ModelWorld; round: Round; units: ReturnType<typeof unitsOf> },
): Meant | null {
  const { world, round, units } = input
  const from = Math.max(world.now, round.recordingClosesAt)
  const until: Instant = from + random.below(2 * DAY)
  const unit = random.pick(units)
  if (!unit || random.chance(0.3)) return { kind: 'extend', scope: 'everyone', unitId: null, until }
  const scope = unit.level === 'department' ? 'everyone' : unit.level
  return { kind: 'extend', scope, unitId: unit.id, until }
}

function endExtensionMeant(world: ModelWorld, random: Random): Meant | null {
  const given = random.pick(first<{ id: number }>(world, 'SELECT id FROM extensions ORDER BY id DESC LIMIT 2'))
  return given ? { kind: 'end-extension', extensionId: given.id } : null
}

function dutyMeant(world: ModelWorld, random: Random, by: Duty): Meant | null {
  const parents = new Map(unitsOf(world.database).map(({ id, parentId }) => [id, parentId]))
  const duties = dutiesOf(world.database)
  const own = duties.filter((duty) => parents.get(duty.unitId) === by.unitId)
  const duty = random.chance(0.8) ? random.pick(own) : random.pick(duties)
  const change = random.pick(['suspend', 'resume', 'resume', 'end'] as const) ?? 'suspend'
  return duty ? { kind: 'duty', appointmentId: duty.id, change } : null
}

/** The level above suspends or ends the duty of somebody who is just confirming, or lets a suspended one go on. */
export function dutyWish(world: ModelWorld, random: Random): Wish | null {
  const suspended = random.chance(0.5)
  const about = random.pick(
    first<{ appointmentId: AppointmentId; parentId: UnitId }>(
      world,
      suspended
        ? `SELECT a.id AS appointmentId, u.parent_id AS parentId FROM appointments a JOIN units u ON u.id = a.unit_id WHERE a.suspended_at IS NOT NULL`
        : `SELECT r.appointment_id AS appointmentId, u.parent_id AS parentId FROM confirm_runs r JOIN units u ON u.id = r.unit_id
           WHERE r.step <> 'done' AND r.purpose = 'confirm'`,
    ),
  )
  const duty = dutiesInForce(world).find((one) => one.unitId === about?.parentId && one.role === 'officer')
  if (!about || !duty) return null
  const change = suspended ? 'resume' : random.chance(0.7) ? 'suspend' : 'end'
  return { duty, meant: { kind: 'duty', appointmentId: about.appointmentId, change } }
}

function acceptMeant(world: ModelWorld, random: Random): Meant | null {
  const row = random.pick(first<{ id: number }>(world, 'SELECT id FROM agreements ORDER BY id DESC LIMIT 3'))
  return row ? { kind: 'accept-deadline', agreementId: row.id } : null
}
