import type { RoundId, UnitId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import type { SheetDeps } from '../sheets/sheet-deps.ts'
import { type Need, unitsInNeed, unitsWithSheets } from '../sheets/units-in-need.ts'
import { activeRound } from '../workflow/rounds.ts'
import { errorFacts } from './error-facts.ts'
import { withLease } from './lease.ts'
import { openPauses, type Pauses } from './provision-pauses.ts'
import { provisionAlone } from './provision-units.ts'
import type { Job } from './runner.ts'

const LEASE_MS = 60_000
/** Looked up anew after so many, so that an officer who joins while a nation's sheets are made need not wait for them. */
const UNITS_A_PASS = 20

/** Units of the active round without their sheet get one; new officers get the right to edit, former ones lose it. */
export function provisionSheetsJob(deps: SheetDeps, options: { everyMs?: number; unitsAPass?: number } = {}): Job {
  const { everyMs = 10_000, unitsAPass = UNITS_A_PASS } = options
  const pauses = openPauses(deps.clock.platformNow)
  return {
    name: 'provision-sheets',
    everyMs,
    async run(signal) {
      await withLease(deps.db, 'provision-sheets', LEASE_MS, deps.clock.platformNow, async () => {
        const served = new Set<UnitId>()
        for (;;) {
          const round = transact(deps.db, (tx) => activeRound(tx))
          const due = round ? dueUnits(deps, round.id, pauses).filter(({ unitId }) => !served.has(unitId)) : []
          if (!round || due.length === 0) return
          for (const need of due.slice(0, unitsAPass)) {
            if (signal.aborted) return
            const { unitId } = need
            served.add(unitId)
            // A budget may have run out under the units before this one.
            if (pauses.dueAt(unitId, need.need) > deps.clock.platformNow()) continue
            await provisionOne(deps, { need, roundId: round.id, pauses })
          }
        }
      })
    },
  }
}

async function provisionOne(deps: SheetDeps, input: { need: Need; roundId: RoundId; pauses: Pauses }): Promise<void> {
  const { need, roundId, pauses } = input
  const { unitId } = need
  try {
    const outcome = await provisionAlone(deps, { unitId, roundId, share: pauses.mayShare() })
    // Another process is at it.
    if (!outcome) pauses.rest(unitId)
    else pauses.done(unitId, { shared: outcome.ok && outcome.shared.answers.length > 0 })
  } catch (error) {
    if (pauses.failed(unitId, error) === 'later') return
    deps.log.warn({ unitId, error: errorFacts(error) }, 'sheet not provisioned; tried again later')
  }
}

/** Who waits goes first: sheets that only lack an officer's right, then those whose officer has joined already. */
function dueUnits(deps: SheetDeps, roundId: RoundId, pauses: Pauses): Need[] {
  const now = deps.clock.now()
  const needs = transact(deps.db, (tx) => unitsInNeed(tx, { roundId, among: unitsWithSheets(tx, now), now }))
  const rank = ({ need, officers }: Need) => (need === 'sharing' ? 0 : officers ? 1 : 2)
  return needs
    .filter(({ unitId, need }) => pauses.dueAt(unitId, need) <= deps.clock.platformNow())
    .sort((a, b) => rank(a) - rank(b))
}
