import { parseArgs } from 'node:util'
import { openBenchWorld } from './sync/bench-world.ts'
import { benchEdits, benchIdle } from './sync/edits.ts'
import { benchPeer } from './sync/peer.ts'
import { benchScan, settle } from './sync/scan.ts'

const { values } = parseArgs({
  options: {
    sheets: { type: 'string' },
    rows: { type: 'string', default: '80' },
    quick: { type: 'boolean', default: false },
  },
})
const sheets = Number(values.sheets ?? (values.quick ? 1_000 : 20_000))
const rows = Number(values.rows)
const edited = values.quick ? 200 : 500

console.log('A nation of sheets on a virtual clock: minutes are Google’s, seconds of real time are this machine’s.')
const world = await openBenchWorld({ sheets, rows })
try {
  await benchScan(world, { sheets, rows })
  await settle(world)
  await benchIdle(world, { sheets })
  await benchEdits(world, { sheets, edited })
} finally {
  world.close()
}
await benchPeer({ sheets: values.quick ? 10 : 60, rows: 40 })
