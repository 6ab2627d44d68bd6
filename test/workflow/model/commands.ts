import type { HeldActId, Instant, UnitId } from '../../../src/db/ids.ts'
import type { Tx } from '../../../src/db/open.ts'
import type { Role } from '../../../src/db/schema.ts'
import { actorOf } from '../../../src/workflow/actor.ts'
import { advanceRun, completeShow, finishUnlock, openRuns, type Run } from '../../../src/workflow/confirm-run.ts'
import { nextTelling, tellOfExtension } from '../../../src/workflow/extension-tellings.ts'
import { importOtherInstitutions } from '../../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../../src/workflow/import-units.ts'
import { offerAction } from '../../../src/workflow/pending-actions.ts'
import { otherInstitutionsOf, recordCounts } from '../../../src/workflow/record-counts.ts'
import { recordRoster } from '../../../src/workflow/record-roster.ts'
import { reopenUnit } from '../../../src/workflow/reopen-unit.ts'
import { lapseRequests } from '../../../src/workflow/reopening.ts'
import { activateRound, addRound, archiveRound } from '../../../src/workflow/rounds.ts'
import { unsettledLocks, writeLocks } from '../../../src/workflow/settle-locks.ts'
import { refreshSharedPupils } from '../../../src/workflow/shared-pupils-refresh.ts'
import { codeOf, unitById } from '../../../src/workflow/unit.ts'
import { closeUnit, mergeUnit, moveUnit } from '../../../src/workflow/unit-changes.ts'
import { secondRound } from '../../world/second-round.ts'
import { commitChecked, deliver } from './checked-act.ts'
import { anyWish, diligentWish, dutiesInForce, dutyWish, undoWish, wishOfUnit } from './meant.ts'
import {
  act,
  addSheets,
  appointIn,
  type Button,
  CONTENT_COUNT,
  firstRound,
  HALF_GONE,
  type ModelWorld,
  restart,
  roundOf,
  sheetSays,
  unitsOf,
} from './model-world.ts'
import type { Random } from './random.ts'

/** One step of a story: what happens and, in words, what came of it. Everything random in it comes from its own seed. */
export type Command = { weight: number; run: (world: ModelWorld, random: Random) => string }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const local = (at: Instant): string => new Date(at + 7 * HOUR).toISOString().slice(0, 23)

export const COMMANDS: Record<string, Command> = {
  diligent: { weight: 24, run: (world, random) => tapNow(world, random, diligentWish(world, random)) },
  anything: { weight: 16, run: (world, random) => tapNow(world, random, anyWish(world, random)) },
  finish: { weight: 22, run: (world, random) => finishOne(world, random, random.pick(unitsToFinish(world))?.id) },
  'finish all': { weight: 3, run: finishAll },
  undo: { weight: 9, run: (world, random) => tapNow(world, random, undoWish(world, random)) },
  duty: { weight: 2.5, run: (world, random) => tapNow(world, random, dutyWish(world, random)) },
  extend: { weight: 1.2, run: (world, random) => tapNow(world, random, extendWish(world, random)) },
  offer: {
    weight: 6,
    run: (world, random) => {
      const wish = random.chance(0.7) ? diligentWish(world, random) : anyWish(world, random)
      const button = wish ? offer(world, wish) : null
      return button ? `gets a button: ${told(button)}` : 'nobody is offered anything'
    },
  },
  tap: { weight: 10, run: tap },
  deliver: { weight: 9, run: (world, random) => deliverNext(world, random, random.chance(0.15)) },
  run: { weight: 26, run: stepOfRun },
  edit: { weight: 5, run: edit },
  read: { weight: 12, run: read },
  wait: { weight: 6, run: (world, random) => wait(world, random.below(10 * MINUTE)) },
  'wait long': { weight: 0.5, run: (world, random) => wait(world, random.below(20) * HOUR) },
  'to a boundary': { weight: 1, run: toBoundary },
  'over the line': { weight: 1.6, run: overTheLine },
  'certifier in between': { weight: 0.8, run: certifierInBetween },
  'late and accepted': { weight: 0.7, run: lateAndAccepted },
  'reopen unit': { weight: 0.5, run: reopenClosed },
  jobs: { weight: 5, run: jobs },
  crash: {
    weight: 1.5,
    run: (world) => {
      restart(world)
      return 'the process is killed and started again'
    },
  },
  appoint: { weight: 1.5, run: appoint },
  'add unit': { weight: 0.5, run: addUnit },
  'add other institution': { weight: 0.4, run: addOther },
  'change unit': { weight: 0.9, run: changeUnit },
  'next round': { weight: 0.5, run: nextRound },
}

function offer(world: ModelWorld, wish: NonNullable<ReturnType<typeof anyWish>>): Button | null {
  const { duty, meant } = wish
  const token = act(world, (tx) => {
    const actor = actorOf(tx, duty.id, world.now)
    return actor ? offerAction(tx, { actor, type: meant.kind, input: meant }, world.now) : null
  })
  if (token === null) return null
  const button = { token, duty, meant, used: false }
  world.buttons.push(button)
  return button
}

const told = ({ duty, meant }: Button): string => {
  const text = JSON.stringify(meant, (key, value) =>
    typeof value === 'string' && key.endsWith('ash') ? value.slice(0, 6) : value,
  )
  return `${duty.role} of unit ${duty.unitId} (duty ${duty.id}) ${text}`
}

function tapNow(world: ModelWorld, random: Random, wish: ReturnType<typeof anyWish>): string {
  const button = wish ? offer(world, wish) : null
  if (!button) return 'nobody has anything to tap'
  world.onTheWay.push({ button, tappedAt: world.now })
  const message = world.onTheWay.at(-1)
  if (random.chance(0.12)) return `taps, on the way: ${told(button)}`
  return message ? deliverOne(world, message, random.chance(0.04)) : ''
}

/** An old button, perhaps tapped before. */
function tap(world: ModelWorld, random: Random): string {
  const recent = world.buttons.slice(-8)
  const button = random.chance(0.8) ? random.pick(recent) : random.pick(world.buttons)
  if (!button) return 'no button yet'
  world.onTheWay.push({ button, tappedAt: world.now })
  const twice = random.chance(0.2)
  if (twice) world.onTheWay.push({ button, tappedAt: world.now })
  return `taps ${twice ? 'twice' : 'again'}: ${told(button)}`
}

function deliverNext(world: ModelWorld, random: Random, dies: boolean): string {
  const message = random.chance(0.8) ? world.onTheWay[0] : random.pick(world.onTheWay)
  return message ? deliverOne(world, message, dies) : 'nothing is on the way'
}

function deliverOne(world: ModelWorld, message: ModelWorld['onTheWay'][number], dies: boolean): string {
  world.onTheWay.splice(world.onTheWay.indexOf(message), 1)
  const late = world.now - message.tappedAt
  const what = deliver(world, { ...message, dies })
  return `${told(message.button)}${late > 0 ? ` (tapped ${late / 1000} s ago)` : ''} → ${what}`
}

const unitsToFinish = (world: ModelWorld) =>
  unitsOf(world.database).filter(({ level, closedAt }) => level !== 'department' && closedAt === null)

/** One unit goes all the way to its receipt, if nothing is in the way. */
function finishOne(world: ModelWorld, random: Random, unitId: UnitId | undefined): string {
  if (unitId === undefined) return 'no unit is left'
  const came: string[] = []
  for (let turn = 0; turn < 9; turn += 1) {
    const run = act(world, (tx) => openRuns(tx, world.now, 100)).find((one) => one.unitId === unitId)
    const line = run ? takeStep(world, run) : finishTurn(world, random, unitId)
    came.push(line)
    if (line === 'nothing' || line === 'confirmed' || /→ (refused|killed|button)/.test(line)) break
  }
  return `unit ${unitId}: ${came.join('; ')}`
}

function finishTurn(world: ModelWorld, random: Random, unitId: UnitId): string {
  const wish = wishOfUnit(world, random, unitId)
  const button = wish ? offer(world, wish) : null
  if (!button) return 'nothing'
  const message = { button, tappedAt: world.now }
  world.onTheWay.push(message)
  return deliverOne(world, message, false)
}

/** A whole province in the last days: everybody who still owes does it, from the bottom up. */
function finishAll(world: ModelWorld, random: Random): string {
  const units = unitsToFinish(world)
  const province = random.pick(units.filter(({ level }) => level === 'province'))
  if (!province) return 'no province'
  const laos = units.filter(({ parentId }) => parentId === province.id)
  const laoIds = new Set<UnitId | null>(laos.map(({ id }) => id))
  const below = units.filter(({ level, parentId }) => level === 'institution' && laoIds.has(parentId))
  for (const { id } of below) world.sheets.set(id, random.below(4))
  const upTo = random.below(4)
  const lines = [...below, ...(upTo > 0 ? [...laos, ...laos] : [])].map(({ id }) => finishOne(world, random, id))
  for (let turn = 0; upTo > 1 && turn < 3; turn += 1) lines.push(finishOne(world, random, province.id))
  return lines.join('\n      ')
}

function extendWish(world: ModelWorld, random: Random): ReturnType<typeof anyWish> {
  const round = roundOf(world)
  if (world.now < round.recordingClosesAt - 12 * HOUR) return null
  const units = unitsOf(world.database)
  const duty = dutiesInForce(world).find(({ level, role }) => level === 'department' && role === 'officer')
  const unit = random.pick(units)
  if (!duty || !unit) return null
  const until = Math.max(world.now, round.recordingClosesAt) + (1 + random.below(30)) * HOUR
  const everyone = unit.level === 'department'
  const scope = unit.level === 'department' ? 'everyone' : unit.level
  return { duty, meant: { kind: 'extend', scope, unitId: everyone ? null : unit.id, until } }
}

function wait(world: ModelWorld, ms: number): string {
  world.now += ms
  return `it is ${local(world.now)}`
}

function toBoundary(world: ModelWorld, random: Random): string {
  const { raw } = world.database
  const instants = raw
    .prepare<[], Instant>(
      `SELECT confirming_opens_at FROM rounds UNION SELECT recording_opens_at FROM rounds UNION SELECT institution_due_at FROM rounds
       UNION SELECT recording_closes_at FROM rounds UNION SELECT closes_at FROM rounds UNION SELECT until FROM extensions ORDER BY 1`,
    )
    .pluck()
    .all()
  const next = instants.find((at) => at > world.now + MINUTE)
  if (next === undefined) return 'no boundary is left'
  const off = random.pick([-30_000, -1, 0, 1, 20_000]) ?? 0
  world.now = Math.max(world.now, next + off)
  return `it is ${local(world.now)}`
}

/** Several tap in the last seconds before a close; LINE brings it in time, within the minute, or too late. */
function overTheLine(world: ModelWorld, random: Random): string {
  const next = world.database.raw
    .prepare<[Instant], Instant>(
      `SELECT min(at) FROM (SELECT recording_closes_at AS at FROM rounds UNION SELECT closes_at FROM rounds UNION SELECT until FROM extensions) WHERE at > ?`,
    )
    .pluck()
    .get(world.now)
  if (!next || next - world.now > 3 * 24 * HOUR || random.chance(0.5)) return 'no close is near'
  world.now = Math.max(world.now, next - 1 - random.below(20_000))
  const taps = Array.from({ length: 3 }, () => {
    const wish = random.pick([diligentWish, undoWish, undoWish, anyWish])?.(world, random) ?? null
    const button = wish ? offer(world, wish) : null
    if (button) world.onTheWay.push({ button, tappedAt: world.now })
    return button ? told(button) : 'nobody'
  })
  world.now += random.below(3 * MINUTE)
  return `${local(world.now)}, tapped before: ${taps.join('; ')}`
}

/** The last tap of an institution arrives minutes after the close, and the department accepts it; the levels above go on from there. */
function lateAndAccepted(world: ModelWorld, random: Random): string {
  const round = roundOf(world)
  const unit = openInstitution(world, random)
  if (!unit || world.now < round.confirmingOpensAt || world.now >= round.recordingClosesAt) return 'no close is near'
  const { wish, came } = lastTapOf(world, random, unit.id)
  world.now = Math.max(world.now, round.recordingClosesAt - 1 - random.below(1000))
  const button = wish ? offer(world, wish) : null
  if (!button) return `unit ${unit.id}: ${came.join('; ')}, nothing to tap`
  const message = { button, tappedAt: world.now }
  world.onTheWay.push(message)
  world.now += 2 * MINUTE + random.below(5 * MINUTE)
  came.push(deliverOne(world, message, false))
  for (let turn = 0; turn < 4; turn += 1) came.push(stepsOfUnit(world, unit.id))
  if (random.chance(0.6)) came.push(meanwhile(world, random, { unit, button }))
  const decided = decideLate(world, unit.id)
  came.push(decided ? tapAtOnce(world, decided) : 'nothing is held')
  for (let turn = 0; turn < 4; turn += 1) came.push(stepsOfUnit(world, unit.id))
  for (let turn = 0; turn < 2; turn += 1) if (unit.parentId !== null) came.push(finishOne(world, random, unit.parentId))
  return came.join('\n      ')
}

/** Between the late tap and its acceptance the LAO wants a second person there, or the duty of the one who tapped is over. */
function meanwhile(
  world: ModelWorld,
  random: Random,
  input: { unit: { id: UnitId; parentId: UnitId | null }; button: Button },
): string {
  const { unit, button } = input
  const duty = dutiesInForce(world).find(({ unitId, role }) => unitId === unit.parentId && role === 'officer')
  if (!duty) return 'the LAO has nobody'
  const change = random.chance(0.5) ? 'end' : 'suspend'
  const meant = random.chance(0.5)
    ? ({ kind: 'certifier', unitId: unit.id, on: !certifies(world, unit.id) } as const)
    : ({ kind: 'duty', appointmentId: button.duty.id, change } as const)
  return tapAtOnce(world, { duty, meant })
}

/** While an officer's sequence is under way, the LAO wants a second person there. */
function certifierInBetween(world: ModelWorld, random: Random): string {
  const unit = openInstitution(world, random)
  if (!unit || certifies(world, unit.id)) return 'no institution is about to confirm'
  const { wish, came } = lastTapOf(world, random, unit.id)
  if (wish) came.push(tapAtOnce(world, wish))
  const duty = dutiesInForce(world).find(({ unitId, role }) => unitId === unit.parentId && role === 'officer')
  if (duty) came.push(tapAtOnce(world, { duty, meant: { kind: 'certifier', unitId: unit.id, on: true } }))
  for (let turn = 0; turn < 4; turn += 1) came.push(stepsOfUnit(world, unit.id))
  return `unit ${unit.id}: ${came.join('; ')}`
}

/** An institution that has not confirmed, with a sheet in which nothing is wrong. */
function openInstitution(world: ModelWorld, random: Random) {
  const confirmed = new Set(
    world.database.raw
      .prepare<[number], UnitId>(
        `SELECT unit_id FROM component_states WHERE round_id = ? AND component = 'roster' AND state = 'confirmed'`,
      )
      .pluck()
      .all(roundOf(world).id),
  )
  const officers = dutiesInForce(world).filter(({ role }) => role === 'officer')
  const staffed = new Set(officers.map(({ unitId }) => unitId))
  const institutions = unitsToFinish(world).filter(
    ({ level, id }) => level === 'institution' && !confirmed.has(id) && staffed.has(id),
  )
  const unit = random.pick(institutions)
  if (unit) world.sheets.set(unit.id, random.below(3))
  return unit
}

/** Does everything that comes before the tap that confirms, and returns that one. */
function lastTapOf(
  world: ModelWorld,
  random: Random,
  unitId: UnitId,
): { wish: ReturnType<typeof anyWish>; came: string[] } {
  const came: string[] = []
  for (let turn = 0; turn < 14; turn += 1) {
    const run = act(world, (tx) => openRuns(tx, world.now, 100)).find((one) => one.unitId === unitId)
    const wish = run ? null : wishOfUnit(world, random, unitId)
    const ready = came.some((line) => line.includes('"attest"') && line.endsWith('done'))
    const kind = wish?.meant.kind
    if (wish && ready && (kind === 'certify' || (kind === 'confirm' && !certifies(world, unitId))))
      return { wish, came }
    came.push(run ? takeStep(world, run) : wish ? tapAtOnce(world, wish) : 'nothing')
  }
  return { wish: null, came }
}

const certifies = (world: ModelWorld, unitId: UnitId): boolean =>
  act(world, (tx) => unitById(tx, unitId)).certifierRequired

function stepsOfUnit(world: ModelWorld, unitId: UnitId): string {
  const run = act(world, (tx) => openRuns(tx, world.now, 100)).find((one) => one.unitId === unitId)
  return run ? takeStep(world, run) : '-'
}

function decideLate(world: ModelWorld, unitId: UnitId): ReturnType<typeof anyWish> {
  const heldActId = world.database.raw
    .prepare<[UnitId], HeldActId>(`SELECT id FROM held_acts WHERE unit_id = ? AND state = 'waiting' ORDER BY id DESC`)
    .pluck()
    .get(unitId)
  const duty = dutiesInForce(world).find(({ level, role }) => level === 'department' && role === 'officer')
  return heldActId && duty ? { duty, meant: { kind: 'decide-late', heldActId, accept: true } } : null
}

function tapAtOnce(world: ModelWorld, wish: NonNullable<ReturnType<typeof anyWish>>): string {
  const button = offer(world, wish)
  if (!button) return 'nobody is there to tap'
  const message = { button, tappedAt: world.now }
  world.onTheWay.push(message)
  return deliverOne(world, message, false)
}

/** A closing was recorded by mistake. */
function reopenClosed(world: ModelWorld, random: Random): string {
  const unit = random.pick(unitsOf(world.database).filter(({ closedAt }) => closedAt !== null))
  if (!unit) return 'no unit has closed'
  const ground = { validFrom: world.now, reason: 'ระบุหน่วยผิด', letterNumber: '2/2567', by: 'operator' } as const
  const result = act(world, (tx) => reopenUnit(tx, { unitId: unit.id, ground }, world.now))
  return `the closing of unit ${unit.id} is taken back: ${result.ok ? 'done' : result.why}`
}

function recordSheet(world: ModelWorld, tx: Tx, unitId: UnitId): { contentHash: string } {
  const round = roundInTx(world)
  const unit = unitById(tx, unitId)
  const read = { readAt: world.now, editedAt: world.now, lastEditor: null }
  if (unit.level === 'lao') {
    const content = world.sheets.get(unitId) ?? 0
    const rows = otherInstitutionsOf(tx, { roundId: round.id, laoId: unitId }).map((other, index) => {
      const current = (other.baseline ?? 30) + (content % 3)
      return { row: index + 2, code: other.code, current, checked: content !== 5, reason: null }
    })
    const contentHash = JSON.stringify(rows)
    recordCounts(tx, { roundId: round.id, laoId: unitId, contentHash, rows, problems: [], read }, world.now)
    return { contentHash }
  }
  const { judged, contentHash } = sheetSays(world, { round, unitId, kind: unit.kind })
  const ref = { roundId: round.id, institutionId: unitId }
  const recorded = recordRoster(tx, { ...ref, contentHash, judged, read }, world.now)
  if (recorded.changed) refreshSharedPupils(tx, { ...ref, keysInErrorRows: judged.keysInErrorRows }, world.now)
  return { contentHash }
}

const roundInTx = (world: ModelWorld) => {
  const round = world.round
  if (!round) throw new Error('no active round')
  return round
}

function stepOfRun(world: ModelWorld, random: Random): string {
  const run = random.pick(act(world, (tx) => openRuns(tx, world.now)))
  if (!run) return 'no sequence is under way'
  const line = `sequence ${run.id} (${run.purpose} ${run.component} of unit ${run.unitId}) ${run.step}`
  if (random.chance(0.03)) restart(world)
  return `${line} → ${takeStep(world, run)}`
}

function takeStep(world: ModelWorld, run: Run): string {
  world.round =
    act(world, (tx) => tx.query.rounds.findFirst({ where: (t, { eq }) => eq(t.id, run.roundId) }).sync()) ?? null
  switch (run.step) {
    case 'read':
      act(world, (tx) => completeShow(tx, run.id, recordSheet(world, tx, run.unitId), world.now))
      return 'shown'
    case 'lock':
      act(world, (tx) => advanceRun(tx, run.id, 'verify'))
      return 'locked'
    case 'verify':
    case 'commit': {
      const { contentHash } = rehearse(world, run.unitId)
      return commitChecked(world, { runId: run.id, contentHash, record: (tx) => recordSheet(world, tx, run.unitId) })
    }
    case 'unlock':
      act(world, (tx) => finishUnlock(tx, run.id, world.now))
      return 'given back'
    case 'done':
      return 'done'
  }
}

class Rehearsed extends Error {
  contentHash: string
  constructor(contentHash: string) {
    super()
    this.contentHash = contentHash
  }
}

/** What reading would find, without recording it. */
function rehearse(world: ModelWorld, unitId: UnitId): { contentHash: string } {
  try {
    act(world, (tx) => {
      throw new Rehearsed(recordSheet(world, tx, unitId).contentHash)
    })
  } catch (error) {
    if (error instanceof Rehearsed) return { contentHash: error.contentHash }
    throw error
  }
  throw new Error('nothing was read')
}

const unitsWithSheet = (world: ModelWorld) =>
  unitsOf(world.database).filter(
    ({ level, closedAt }) => closedAt === null && (level === 'institution' || level === 'lao'),
  )

/** People edit; somebody with rights edits a locked sheet too. */
function edit(world: ModelWorld, random: Random): string {
  const unit = random.pick(unitsWithSheet(world))
  if (!unit) return 'nobody has a sheet'
  const content = random.chance(0.5) ? random.below(4) : random.chance(0.3) ? HALF_GONE : random.below(CONTENT_COUNT)
  world.sheets.set(unit.id, content)
  return `the sheet of unit ${unit.id} says ${content} now`
}

function read(world: ModelWorld, random: Random): string {
  const unit = random.pick(unitsWithSheet(world))
  if (!unit) return 'nobody has a sheet'
  world.round = roundOf(world)
  act(world, (tx) => recordSheet(world, tx, unit.id))
  return `the sheet of unit ${unit.id} is read`
}

function jobs(world: ModelWorld): string {
  const lapsed = act(world, (tx) => lapseRequests(tx, world.now))
  act(world, (tx) => writeLocks(tx, unsettledLocks(tx, world.now, 1000)))
  act(world, (tx) => {
    for (let id = nextTelling(tx); id !== null; id = nextTelling(tx)) tellOfExtension(tx, id, world.now)
  })
  return `jobs run, ${lapsed} requests lapse`
}

function appoint(world: ModelWorld, random: Random): string {
  const unit = random.pick(unitsOf(world.database).filter(({ closedAt }) => closedAt === null))
  if (!unit) return ''
  const role: Role = random.pick(['officer', 'officer', 'officer', 'executive', 'certifier'] as const) ?? 'officer'
  world.accounts += 1
  const lineUserId = `V${world.accounts.toString(16).padStart(32, '0')}`
  const given = { unitId: unit.id, role, lineUserId, name: `คนใหม่ ${world.accounts}` }
  const ok = act(world, (tx) => appointIn(tx, given, world.now))
  return `somebody is${ok ? '' : ' not'} appointed ${role} of unit ${unit.id}`
}

function addUnit(world: ModelWorld, random: Random): string {
  const lao = random.pick(unitsOf(world.database).filter(({ level, closedAt }) => level === 'lao' && closedAt === null))
  if (!lao) return ''
  const number = unitsOf(world.database).length
  const laoCode = act(world, (tx) => codeOf(tx, lao.id)) ?? ''
  const code = `${laoCode.slice(2, 4) === '98' ? '3098' : '3099'}2${String(10_000 + number)}`
  const cells = { code, lao_code: laoCode, kind: 'school', name_th: `ใหม่ ${number}` }
  const result = act(world, (tx) => importUnits(tx, [{ line: 2, cells }], world.now))
  act(world, (tx) => addSheets(tx, roundOfTx(tx)))
  return `a school opens under unit ${lao.id}: ${result.ok}`
}

const roundOfTx = (tx: Tx) => {
  const round = tx.query.rounds.findFirst({ where: (t, { eq }) => eq(t.active, true) }).sync()
  if (!round) throw new Error('no active round')
  return round
}

function addOther(world: ModelWorld, random: Random): string {
  const lao = random.pick(unitsOf(world.database).filter(({ level, closedAt }) => level === 'lao' && closedAt === null))
  if (!lao) return ''
  const code = `10990${String(10_000 + random.below(80_000))}`
  const laoCode = act(world, (tx) => codeOf(tx, lao.id)) ?? ''
  const cells = {
    lao_code: laoCode,
    code,
    name_th: `โรงเรียนอื่น ${code}`,
    affiliation: 'สพฐ.',
    baseline: '20',
    baseline_date: '2020-08-07',
  }
  const roundId = roundOf(world).id
  const result = act(world, (tx) => importOtherInstitutions(tx, { rows: [{ line: 2, cells }], roundId }, world.now))
  return `unit ${lao.id} funds another institution: ${result.ok}`
}

function changeUnit(world: ModelWorld, random: Random): string {
  const units = unitsOf(world.database)
  const unit = random.pick(units.filter(({ level }) => level === 'institution' || level === 'lao'))
  const other = random.pick(units)
  if (!unit || !other) return ''
  const ground = { validFrom: world.now, reason: 'ทดสอบ', letterNumber: '1/2567', by: 'operator' } as const
  const [what, result] = act(world, (tx) => {
    if (random.chance(0.5)) return ['moves to', moveUnit(tx, { unitId: unit.id, toId: other.id, ground }, world.now)]
    if (random.chance(0.5))
      return ['merges with', mergeUnit(tx, { unitId: unit.id, intoId: other.id, ground }, world.now)]
    return ['closes, not', closeUnit(tx, { unitId: unit.id, ground }, world.now)]
  })
  return `unit ${unit.id} ${what} unit ${other.id}: ${result.ok ? 'done' : result.why}`
}

/** Once a round has closed the next one begins, and the old one may be put away. */
function nextRound(world: ModelWorld, random: Random): string {
  const round = roundOf(world)
  if (world.now < round.closesAt) return 'the round still runs'
  const archived = random.chance(0.5) ? act(world, (tx) => archiveRound(tx, round.code, world.now)) : null
  const rest = archived ? `, archiving ${round.code}: ${archived.ok || archived.why}` : ''
  if (round.term === 2 || random.chance(0.5)) return `the round is over${rest}`
  const next = secondRound(firstRound())
  act(world, (tx) => {
    addRound(tx, { round: next, activate: false }, world.now)
    activateRound(tx, next.code, world.now)
    addSheets(tx, roundOfTx(tx))
  })
  return `round ${next.code} begins${rest}`
}
