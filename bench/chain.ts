import { keepCheckpoints } from '../src/db/checkpoints.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { benchConfirmations } from './chain/confirmations.ts'
import { benchLog } from './chain/log.ts'
import { printTimes, timed } from './chain/measure.ts'
import { benchStatuses } from './chain/statuses.ts'
import { openNation } from './nation/open-nation.ts'
import { seeded } from './nation/seeded.ts'
import { percentile } from './sync/print-line.ts'

const LOOKUPS = 20_000

/** Status and confirmations at national scale, p99, beside one bare indexed lookup in the same run. */
export async function benchChain(): Promise<void> {
  console.log('\n# The chain: a nation in full swing, p99 of each')
  const open = openNation()
  // As the product does it.
  const checkpoints = keepCheckpoints(open.raw, (error) => {
    throw error
  })
  try {
    const times = bareLookups(open)
    const lookup = percentile(times, 0.5)
    printTimes('one bare indexed lookup among all pupils', times, { lookup })
    benchStatuses(open, lookup)
    benchConfirmations(open, lookup)
    benchLog(open)
  } finally {
    await checkpoints.close()
    open.close()
  }
}

function bareLookups({ raw }: OpenDatabase): number[] {
  const random = seeded(6)
  type Key = { round: number; institution: number; key: string }
  const known = raw
    .prepare<[], Key>(`SELECT round_id AS round, institution_id AS institution, key FROM pupils WHERE id % 331 = 0`)
    .all()
  const one = raw.prepare<[number, number, string]>(
    'SELECT id, grade FROM pupils WHERE round_id = ? AND institution_id = ? AND key = ?',
  )
  return timed(LOOKUPS, () => {
    const { round, institution, key } = known[random.below(known.length)] as Key
    return one.get(round, institution, key)
  })
}
