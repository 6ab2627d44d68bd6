import { setTimeout as realWait } from 'node:timers/promises'
import type { RoundId, UnitId } from '../db/ids.ts'
import { type Provisioned, provisionUnit } from '../sheets/provision-unit.ts'
import type { SheetDeps } from '../sheets/sheet-deps.ts'
import type { Need } from '../sheets/units-in-need.ts'
import { withLease } from './lease.ts'
import { openPauses, type Pauses } from './provision-pauses.ts'

const LEASE_MS = 60_000

/**
 * One unit's sheet, by one process at a time: a command may run beside the product, and neither makes a file twice. Null when
 * the other one is at it.
 */
export async function provisionAlone(
  deps: SheetDeps,
  input: { unitId: UnitId; roundId: RoundId; share: boolean },
): Promise<Provisioned | null> {
  const name = `provision-sheets:${input.roundId}:${input.unitId}`
  return withLease(deps.db, name, LEASE_MS, deps.clock.platformNow, () => provisionUnit(deps, input))
}

export type UnitTold = {
  unitId: UnitId
  outcome: Provisioned | { ok: false; why: 'failed' | 'not-shared-yet'; error: unknown }
  done: number
  of: number
}

type Waiting = Need & { lacked: Need['need'] }

const AT_ONCE = 6
const MOST_TRIES = 5
const HELD_MS = 500
/** Google may refuse sharing for hours: what is left then is left to the running product, which goes on by itself. */
const SHARING_PATIENCE_MS = 15 * 60_000
/** So that a signal to stop is heard soon. */
const LONGEST_NAP_MS = 1_000

/**
 * Brings the units what they lack, several at once, waiting for quota where that is used up. A unit that fails keeps no other
 * one waiting and is told; one that only waits for Google's leave to share is told as `not-shared-yet` in the end.
 */
export async function provisionUnits(
  deps: SheetDeps,
  input: {
    roundId: RoundId
    needs: readonly Need[]
    signal?: AbortSignal
    onTold?: (told: UnitTold) => void
    wait?: (ms: number) => Promise<unknown>
  },
): Promise<void> {
  const { roundId, needs, wait = realWait } = input
  const { platformNow } = deps.clock
  const pauses = openPauses(platformNow)
  const queue: Waiting[] = needs.map((need) => ({ ...need, lacked: need.need }))
  const progress = { done: 0, busy: 0, movedAt: platformNow() }
  const tell = (unitId: UnitId, outcome: UnitTold['outcome']) => {
    progress.done += 1
    input.onTold?.({ unitId, outcome, done: progress.done, of: needs.length })
  }

  async function serve(waiting: Waiting): Promise<void> {
    const share = pauses.mayShare()
    try {
      const outcome = await provisionAlone(deps, { unitId: waiting.unitId, roundId, share })
      if (!outcome) {
        queue.push(waiting)
        await wait(HELD_MS)
        return
      }
      progress.movedAt = platformNow()
      pauses.done(waiting.unitId, { shared: outcome.ok && outcome.shared.answers.length > 0 })
      if (!share && waiting.officers) queue.push({ ...waiting, need: 'sharing' })
      else if (outcome.ok) tell(waiting.unitId, { ...outcome, created: waiting.lacked === 'sheet' })
      else tell(waiting.unitId, outcome)
    } catch (error) {
      const verdict = pauses.failed(waiting.unitId, error)
      const again = verdict === 'later' || (verdict === 'again' && pauses.attempts(waiting.unitId) < MOST_TRIES)
      if (!again) return tell(waiting.unitId, { ok: false, why: 'failed', error })
      // Google wants no more sharing for now: the file is there, and sharing holds up nothing else.
      queue.push(pauses.mayShare() ? waiting : { ...waiting, need: 'sharing' })
    }
  }

  async function worker(): Promise<void> {
    while (!input.signal?.aborted && (queue.length > 0 || progress.busy > 0)) {
      const next = takeDue(queue, pauses, platformNow())
      if (next) {
        progress.busy += 1
        await serve(next).finally(() => {
          progress.busy -= 1
        })
      } else if (
        progress.busy === 0 &&
        onlySharingLeft(queue) &&
        platformNow() - progress.movedAt > SHARING_PATIENCE_MS
      ) {
        for (const { unitId } of queue.splice(0)) tell(unitId, { ok: false, why: 'not-shared-yet', error: null })
      } else {
        await wait(napMs(queue, pauses, platformNow()))
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

const onlySharingLeft = (queue: readonly Waiting[]) => queue.length > 0 && queue.every(({ need }) => need === 'sharing')

function takeDue(queue: Waiting[], pauses: Pauses, now: number): Waiting | undefined {
  const at = queue.findIndex(({ unitId, need }) => pauses.dueAt(unitId, need) <= now)
  return at === -1 ? undefined : queue.splice(at, 1)[0]
}

function napMs(queue: readonly Waiting[], pauses: Pauses, now: number): number {
  const soonest = Math.min(...queue.map(({ unitId, need }) => pauses.dueAt(unitId, need)))
  return Math.max(50, Math.min(LONGEST_NAP_MS, soonest - now))
}
