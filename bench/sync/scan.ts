import { count, isNotNull } from 'drizzle-orm'
import { pupils, sheetFiles } from '../../src/db/schema.ts'
import { type BenchWorld, loopJob } from './bench-world.ts'
import { mebibytes, printLine, seconds, share, whole } from './print-line.ts'

const PROJECT_READS = 300
const MINUTE_MS = 60_000
const MOST_TIMES = 3
const MOST_MEMORY = 300 * 2 ** 20

/** Everything is new: each sheet is read, judged, recorded and told what is wrong, at the pace that Google allows. */
export async function benchScan(world: BenchWorld, input: { sheets: number; rows: number }): Promise<void> {
  const { clock, deps, jobs } = world
  console.log(`\n# First scan: ${whole(input.sheets)} sheets of ${input.rows} rows, 5 service accounts of one project`)
  const memory = watchMemory()
  const commitsBefore = world.commits.count
  const began = performance.now()
  const startsAt = clock.now()
  const latest = startsAt + (input.sheets / PROJECT_READS + 10) * MINUTE_MS * MOST_TIMES
  let scannedAt = 0
  const unread = () => {
    const read = countRows(deps.db.select({ rows: count() }).from(sheetFiles).where(isNotNull(sheetFiles.readAt)).get())
    if (read === input.sheets && scannedAt === 0) scannedAt = clock.now()
    if (clock.now() > latest)
      throw new Error(`only ${read} of ${input.sheets} sheets were read in ${MOST_TIMES} times the time it takes`)
    return read < input.sheets
  }
  await clock.run(
    Promise.all([
      loopJob(clock, jobs.poll, () => scannedAt > 0),
      clock.wait(1_000).then(() => loopJob(clock, jobs.sync, () => !unread())),
    ]),
  )
  const realMs = performance.now() - began
  const { counts } = await world.order({ type: 'report' })
  const minutes = (scannedAt - startsAt) / MINUTE_MS
  const pace = input.sheets / minutes
  printLine(
    'sheets a minute (virtual)',
    pace.toFixed(1),
    `the project's quota: ${PROJECT_READS}; reached ${share(pace / PROJECT_READS)} (goal 95 %)`,
  )
  printLine(
    'minutes for all (virtual)',
    minutes.toFixed(1),
    `at the quota: ${(input.sheets / PROJECT_READS).toFixed(1)}`,
  )
  printLine(
    'reads, writes per sheet',
    `${(counts.reads / input.sheets).toFixed(3)}, ${(counts.writes / input.sheets).toFixed(3)}`,
  )
  printLine('Drive calls', whole(counts.drive))
  printLine('429 provoked', whole(counts.refused), 'goal 0')
  printLine('real time', seconds(realMs), `${share(realMs / (scannedAt - startsAt))} of the time that Google takes`)
  const commits = (world.commits.count - commitsBefore) / input.sheets
  printLine('commits a sheet', commits.toFixed(1), `not waited for here; ${world.disk.toFixed(1)} ms each on this disk`)
  printLine(
    'from Google, before compression',
    mebibytes(counts.bytesOut),
    `${whole(counts.bytesOut / input.sheets / 1024)} KiB a sheet`,
  )
  printLine('pupils in the database', whole(countRows(deps.db.select({ rows: count() }).from(pupils).get())))
  const { peak, now, before } = memory.stop()
  printLine(
    'resident memory, peak',
    mebibytes(peak),
    `before ${mebibytes(before)}, at the end ${mebibytes(now)} (goal < ${mebibytes(MOST_MEMORY)})`,
  )
}

const countRows = (told: { rows: number } | undefined): number => told?.rows ?? 0

function watchMemory(): { stop(): { peak: number; now: number; before: number } } {
  const before = process.memoryUsage.rss()
  let peak = before
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 100)
  return {
    stop() {
      clearInterval(timer)
      look()
      return { before, peak, now: process.memoryUsage.rss() }
    },
  }
}

/** Lets whatever is still to be looked at be looked at, until nothing is marked. */
export async function settle(world: BenchWorld): Promise<void> {
  const { clock, deps, jobs } = world
  const marked = () =>
    countRows(deps.db.select({ rows: count() }).from(sheetFiles).where(isNotNull(sheetFiles.dirtyAt)).get()) > 0
  const until = { done: false }
  await clock.run(
    Promise.all([
      loopJob(clock, jobs.poll, () => until.done),
      (async () => {
        // The feed brings our own writes back first.
        await clock.wait(2 * MINUTE_MS)
        await loopJob(clock, jobs.sync, () => !marked())
        until.done = true
      })(),
    ]),
  )
}
