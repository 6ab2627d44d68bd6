import { refusalWords } from '../../../src/bot/words/refusals.ts'
import type { AppointmentId, Instant, RoundId, UnitId } from '../../../src/db/ids.ts'
import type { OpenDatabase } from '../../../src/db/open.ts'
import type { Component } from '../../../src/db/schema.ts'
import { actorOf } from '../../../src/workflow/actor.ts'
import { commitRun, runById } from '../../../src/workflow/confirm-run.ts'
import { recordedAct, takeAction } from '../../../src/workflow/pending-actions.ts'
import { type Refusal, refuse } from '../../../src/workflow/rules/refusal.ts'
import { type LockRef, lockOf } from '../../../src/workflow/sheet-lock.ts'
import { unspoken } from '../invariants.ts'
import { carryOut, type Meant, type Result } from './carry-out.ts'
import { act, type Button, chainNow, closesOf, type ModelWorld, restart, roundOf, unitsOf } from './model-world.ts'

const GRACE = 60_000

class Crash extends Error {}
/** Something was done that must not be. */
export class Broken extends Error {}

/**
 * A tap arrives: its button is taken once, rights are judged now, and what came of it is held against section 8 of the domain page.
 * `dies`: the process is killed before it commits; LINE delivers the tap again.
 */
export function deliver(world: ModelWorld, input: { button: Button; tappedAt: Instant; dies: boolean }): string {
  const { button, tappedAt, dies } = input
  const { duty, meant, token } = button
  const before = stateOf(world.database)
  const round = roundOf(world)
  const window = windowFor(world, { meant, unitId: duty.unitId, roundId: round.id })
  const tap = { tappedAt, receivedAt: world.now }
  let result: Result
  try {
    result = act(world, (tx): Result => {
      const taken = takeAction(tx, { token, personId: duty.personId }, world.now)
      if (!taken.ok) return { ok: false, why: `button-${taken.why}` }
      const actor = actorOf(tx, duty.id, world.now)
      const done = recordedAct(tx, taken.action, world.now, () =>
        actor ? carryOut(tx, { meant, round, actor, tap }, world.now) : refuse({ why: 'duty-ended' }),
      )
      if (dies) throw new Crash()
      return done
    })
  } catch (error) {
    if (!(error instanceof Crash)) throw error
    restart(world)
    mustBeSame(before, stateOf(world.database), 'a killed act left something behind')
    world.onTheWay.push({ button, tappedAt })
    return 'killed before it was committed'
  }
  const after = stateOf(world.database)
  checkResult({ button, result, before, after })
  if (window) checkTime({ result, tap, window })
  checkUndone(world, { button, result, before, after })
  if (result.ok) checkBelow(world, { roundId: round.id, unitId: duty.unitId, meant })
  if (!result.ok && result.why.startsWith('button-')) return result.why
  button.used = true
  return result.ok ? 'done' : `refused: ${result.why}`
}

type State = { chain: string; events: number; components: Map<string, string> }

function stateOf(database: OpenDatabase): State {
  const { raw } = database
  const rows = raw
    .prepare<[], { key: string; state: string }>(
      `SELECT round_id || '/' || unit_id || '/' || component AS key, state FROM component_states`,
    )
    .all()
  const events = raw.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get() as number
  return { chain: chainNow(database), events, components: new Map(rows.map(({ key, state }) => [key, state])) }
}

function mustBeSame(before: State, after: State, otherwise: string): void {
  if (before.chain !== after.chain || before.events !== after.events) throw new Broken(otherwise)
}

function checkResult(input: { button: Button; result: Result; before: State; after: State }): void {
  const { button, result, before, after } = input
  if (result.ok) {
    if (button.used) throw new Broken('a used button acted again')
    return
  }
  if (before.chain !== after.chain) throw new Broken(`refused (${result.why}), and yet the chain has changed`)
  if (result.why.startsWith('button-')) mustBeSame(before, after, `${result.why}, and yet something was written`)
  else if (hasWords(result)) {
    const mute = unspoken(result)
    if (mute) throw new Broken(`a refusal without words: ${mute}`)
  }
}

/** Answers that are no refusals of the chain (a hold decided before) have words of their own. */
const hasWords = (result: Result): result is Refusal & { ok: false } =>
  !result.ok && result.why !== 'already-decided' && refusalWords(result as never) !== undefined

/** The component whose window an act is judged by. */
function windowFor(
  world: ModelWorld,
  input: { meant: Meant; unitId: UnitId; roundId: RoundId },
): { opensAt: Instant; closesAt: Instant } | null {
  const { meant, unitId, roundId } = input
  switch (meant.kind) {
    case 'confirm':
      // What lives in a sheet is judged when the sequence commits.
      return meant.component === 'roster' || meant.component === 'other_counts'
        ? null
        : closesOf(world, { roundId, unitId, component: meant.component })
    case 'mark':
      return closesOf(world, { roundId, unitId, component: 'province' })
    case 'ask':
      return closesOf(world, { roundId, unitId, component: meant.component })
    case 'cancel':
      return closesOf(world, { roundId, unitId: meant.unitId, component: meant.component })
    case 'not-required': {
      const ofLao = unitsOf(world.database).find(({ id }) => id === meant.unitId)?.level === 'lao'
      if (ofLao) return closesOf(world, { roundId, unitId, component: 'province' })
      return closesOf(world, { roundId, unitId: meant.unitId, component: 'roster' })
    }
    case 'pass-on':
    case 'send-back': {
      const request = world.database.raw
        .prepare<[number], { roundId: RoundId; unitId: UnitId; component: Component }>(
          'SELECT round_id AS roundId, unit_id AS unitId, component FROM reopening_requests WHERE id = ?',
        )
        .get(meant.requestId)
      return request ? closesOf(world, request) : null
    }
    default:
      return null
  }
}

function checkTime(input: {
  result: Result
  tap: { tappedAt: Instant; receivedAt: Instant }
  window: { opensAt: Instant; closesAt: Instant }
}): void {
  const { result, tap, window } = input
  const { tappedAt, receivedAt } = tap
  const { opensAt, closesAt } = window
  const late = tappedAt < closesAt && receivedAt >= closesAt && receivedAt - tappedAt > GRACE
  const about = `tapped ${tappedAt}, received ${receivedAt}, open from ${opensAt} to ${closesAt}`
  if (result.ok && (tappedAt >= closesAt || tappedAt < opensAt)) throw new Broken(`done outside its window: ${about}`)
  if (result.ok && late) throw new Broken(`came late, and yet it was done: ${about}`)
  if (result.ok) return
  if (result.why === 'closed' && tappedAt < closesAt) throw new Broken(`told closed while it was open: ${about}`)
  if (result.why === 'not-open-yet' && tappedAt >= opensAt) throw new Broken(`told not open while it was: ${about}`)
  if (result.why === 'held-late' && !late) throw new Broken(`held though it was not late: ${about}`)
}

/** Only what was asked is undone, with what stands above it; no other act undoes anything. */
function checkUndone(world: ModelWorld, input: { button: Button; result: Result; before: State; after: State }): void {
  const { button, result, before, after } = input
  const { meant, duty } = button
  const undone = [...before.components].filter(
    ([key, state]) => state === 'confirmed' && after.components.get(key) !== 'confirmed',
  )
  if (undone.length === 0 || !result.ok) return
  const allowed = mayUndo(world, meant)
  const wrong = undone.filter(
    ([key]) => !allowed.has(key.slice(key.indexOf('/') + 1)) || !UNDONE_BY[duty.level].test(key),
  )
  if (wrong.length > 0) throw new Broken(`${meant.kind} undid ${wrong.map(([key]) => key).join(', ')}`)
  for (const [key] of undone) {
    const [roundId, unitId, component] = key.split('/')
    if (component === 'roster' || component === 'other_counts')
      mustBeOpened(world, { roundId: Number(roundId) as RoundId, unitId: Number(unitId) as UnitId, component })
  }
}

/** What is reopened may be edited at once. */
function mustBeOpened(world: ModelWorld, ref: LockRef): void {
  const wanted = act(world, (tx) => lockOf(tx, ref, world.now))
  const written = world.database.raw
    .prepare('SELECT lock_wanted_for FROM sheet_files WHERE round_id = ? AND unit_id = ?')
    .pluck()
    .get(ref.roundId, ref.unitId)
  if (written !== undefined && written !== wanted)
    throw new Broken(`reopened, and its sheet is to be ${written} instead of ${wanted} (unit ${ref.unitId})`)
}

/** R31, R36: at the moment of its confirmation nothing below is open, drifted or unmarked. Written apart from the product's reading. */
function checkBelow(world: ModelWorld, input: { roundId: RoundId; unitId: UnitId; meant: Meant }): void {
  const { roundId, unitId, meant } = input
  if (meant.kind !== 'confirm' || (meant.component !== 'overview' && meant.component !== 'province')) return
  const { raw } = world.database
  const laos = meant.component === 'overview' ? 'SELECT @unitId' : LAOS_BELOW
  const about = { roundId, unitId }
  const open = raw.prepare(`${OPEN_CHILDREN} AND u.parent_id IN (${laos})`).pluck().all(about)
  if (open.length > 0) throw new Broken(`${meant.component} confirmed over open institutions ${open.join(', ')}`)
  if (meant.component === 'overview') return
  const unready = raw.prepare(UNREADY_LAOS).pluck().all(about)
  if (unready.length > 0) throw new Broken(`province confirmed over unready LAOs ${unready.join(', ')}`)
}

const LAOS_BELOW = 'SELECT id FROM units WHERE parent_id = @unitId AND closed_at IS NULL'
const OPEN_CHILDREN = `SELECT u.id FROM units u
  LEFT JOIN component_states s ON s.round_id = @roundId AND s.unit_id = u.id AND s.component = 'roster'
  LEFT JOIN confirmations c ON c.id = s.confirmation_id LEFT JOIN snapshots n ON n.id = c.snapshot_id
  LEFT JOIN rosters q ON q.round_id = @roundId AND q.institution_id = u.id
  WHERE u.level = 'institution' AND u.closed_at IS NULL
    AND NOT (s.state = 'confirmed' AND n.hash = q.content_hash)
    AND NOT (s.state IS 'not_required' AND coalesce(q.counted, 0) = 0)`
const UNREADY_LAOS = `SELECT u.id FROM units u
  LEFT JOIN component_states o ON o.round_id = @roundId AND o.unit_id = u.id AND o.component = 'overview'
  LEFT JOIN component_states k ON k.round_id = @roundId AND k.unit_id = u.id AND k.component = 'other_counts'
  WHERE u.parent_id = @unitId AND u.closed_at IS NULL AND (
    (o.state IS NOT 'confirmed' AND EXISTS (SELECT 1 FROM units i LEFT JOIN component_states s
      ON s.round_id = @roundId AND s.unit_id = i.id AND s.component = 'roster'
      WHERE i.parent_id = u.id AND i.closed_at IS NULL AND s.state IS NOT 'not_required'))
    OR (k.state IS NOT 'confirmed' AND EXISTS (SELECT 1 FROM other_institutions x WHERE x.lao_id = u.id AND x.closed_at IS NULL))
    OR (o.state IS NULL AND k.state IS NULL)
    OR (NOT (o.state IS 'not_required' AND k.state IS 'not_required')
      AND NOT EXISTS (SELECT 1 FROM lao_marks m WHERE m.round_id = @roundId AND m.lao_id = u.id
        AND m.at >= coalesce((SELECT max(c.committed_at) FROM confirmations c WHERE c.id IN (o.confirmation_id, k.confirmation_id)), 0))))`

/** R34: nobody undoes what a level as high as his own or higher confirmed. */
const UNDONE_BY = { institution: /^$/, lao: /roster$/, province: /(roster|overview|other_counts)$/, department: /./ }

function mayUndo(world: ModelWorld, meant: Meant): Set<string> {
  if (meant.kind === 'cancel') return new Set([`${meant.unitId}/${meant.component}`])
  const { raw } = world.database
  const asked = new Set<string>()
  const add = (request: { unitId: UnitId; component: Component } | undefined): void => {
    if (!request) return
    asked.add(`${request.unitId}/${request.component}`)
    const parents = new Map(unitsOf(world.database).map(({ id, parentId }) => [id, parentId]))
    let above = parents.get(request.unitId) ?? null
    if (request.component === 'roster') {
      asked.add(`${above}/overview`)
      above = above === null ? null : (parents.get(above) ?? null)
    }
    asked.add(`${above}/province`)
  }
  const requestOf = (id: number) =>
    raw
      .prepare<[number], { unitId: UnitId; component: Component }>(
        'SELECT unit_id AS unitId, component FROM reopening_requests WHERE id = ?',
      )
      .get(id)
  if (meant.kind === 'pass-on') add(requestOf(meant.requestId))
  if (meant.kind === 'decide-late') {
    const held = raw.prepare<[number], string>('SELECT input FROM held_acts WHERE id = ?').pluck().get(meant.heldActId)
    const late = JSON.parse(held ?? '{}') as Meant
    if (late.kind === 'pass-on') add(requestOf(late.requestId))
    if (late.kind === 'cancel') return mayUndo(world, late)
  }
  return asked
}

const inForce = (world: ModelWorld, appointmentId: AppointmentId): boolean =>
  world.database.raw
    .prepare('SELECT 1 FROM appointments WHERE id = ? AND suspended_at IS NULL AND (valid_to IS NULL OR valid_to > ?)')
    .get(appointmentId, world.now) !== undefined

/** The last step of a sequence: confirmed within its window, on what was seen and read, or given back. */
export function commitChecked(
  world: ModelWorld,
  input: { runId: Parameters<typeof commitRun>[1]; contentHash: string; record: Parameters<typeof act>[1] },
): string {
  const { runId, contentHash } = input
  const run = act(world, (tx) => runById(tx, runId))
  const { closesAt, opensAt } = closesOf(world, run)
  const before = stateOf(world.database)
  const { step } = act(world, (tx) => {
    input.record(tx)
    return commitRun(tx, runId, { contentHash }, world.now)
  })
  const after = act(world, (tx) => runById(tx, runId))
  const outcome = (after.outcome ?? {}) as { confirmationId?: number; refusal?: Refusal }
  const { tappedAt, receivedAt } = run
  const late = receivedAt >= closesAt && receivedAt - tappedAt > GRACE && run.heldActId === null
  if (outcome.confirmationId !== undefined) {
    if (tappedAt >= closesAt || tappedAt < opensAt || late)
      throw new Broken(`confirmed outside its window (${run.unitId})`)
    if (run.seenHash !== contentHash) throw new Broken('confirmed what was not seen')
    if (run.heldActId === null && !inForce(world, run.appointmentId))
      throw new Broken('confirmed by a duty that has ended')
    return 'confirmed'
  }
  if (before.chain !== stateOf(world.database).chain) throw new Broken('a refused sequence changed the chain')
  // An accepted late tap is judged as it was made: neither a duty that ended since nor a certifier wanted since touches it.
  const why = outcome.refusal?.why
  if (run.heldActId !== null && run.submissionId === null && (why === 'duty-ended' || why === 'certifier-required'))
    throw new Broken(`an accepted late tap was refused for what came after it: ${why}`)
  const mute = outcome.refusal ? unspoken(outcome.refusal) : 'refused without a reason'
  if (mute) throw new Broken(mute)
  return `${step}: ${outcome.refusal?.why}`
}
