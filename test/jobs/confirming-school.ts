import type { RunId, UnitId } from '../../src/db/ids.ts'
import { transact } from '../../src/db/open.ts'
import { outbox } from '../../src/db/schema.ts'
import { runConfirmationsJob } from '../../src/jobs/run-confirmations.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { attest } from '../../src/workflow/attest.ts'
import { runById, startConfirm, startShow } from '../../src/workflow/confirm-run.ts'
import type { SheetComponent } from '../../src/workflow/confirm-sheet.ts'
import { roundById } from '../../src/workflow/rounds.ts'
import { fileOf, openSheetWorld, pageOf, paste, type SheetWorld } from '../sheets/sheet-world.ts'

const never = new AbortController().signal
export const work = (world: SheetWorld, options: Parameters<typeof runConfirmationsJob>[1] = {}) =>
  runConfirmationsJob(world.deps, options).run(never)

/** A school with rows in its sheet that nobody has read yet. */
export async function schoolWith(rows: string[][]): Promise<SheetWorld> {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  await paste(world, world.school, rows)
  return world
}

export type Asked = { unitId?: UnitId; component?: SheetComponent }

export function start(world: SheetWorld, input: Asked & { seenHash?: string }): RunId {
  const { unitId = world.school, component = 'roster', seenHash } = input
  const officer = unitId === world.lao ? world.laoOfficer : world.teacher
  const now = world.time.now
  return transact(world.db, (tx) => {
    const actor = actorOf(tx, officer.appointmentId, now)
    if (!actor) throw new Error('nobody is appointed')
    const round = roundById(tx, world.roundId)
    const asked = { round, actor, unitId, component, inboxId: null, tappedAt: now, receivedAt: now }
    if (seenHash === undefined) {
      const shown = startShow(tx, asked, now)
      if (!shown.ok) throw new Error(shown.why)
      return shown.runId
    }
    if (component === 'roster') {
      attest(tx, { actor, roundId: round.id, unitId, component, contentHash: seenHash, counted: 1 }, now)
    }
    const started = startConfirm(tx, { ...asked, seenHash }, now)
    if (!started.ok) throw new Error(started.why)
    return started.runId
  })
}

export const runOf = (world: SheetWorld, runId: RunId) => transact(world.db, (tx) => runById(tx, runId))
export const noticesOf = (world: SheetWorld) =>
  world.db
    .select()
    .from(outbox)
    .all()
    .map(({ notice }) => notice as { type: string; refusal?: { why: string; words?: string } })
export const lockedIs = async (world: SheetWorld, unitId = world.school) => (await pageOf(world, unitId)).locked

/** Shows the sheet and returns what the person has seen. */
export async function show(world: SheetWorld, input: Asked = {}): Promise<string> {
  start(world, input)
  await work(world)
  return fileOf(world, input.unitId ?? world.school).contentHash ?? ''
}
