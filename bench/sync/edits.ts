import type { BenchWorld } from './bench-world.ts'
import { loopJob } from './bench-world.ts'
import { percentile, printLine, seconds, whole } from './print-line.ts'
import { settle } from './scan.ts'

const MINUTE_MS = 60_000
const IDLE_MINUTES = 10
const MOST_MINUTES = 60
const PROJECT_READS = 300

/** Nobody types anything: what Google is asked all the same. */
export async function benchIdle(world: BenchWorld, input: { sheets: number }): Promise<void> {
  console.log(`\n# An idle minute beside ${whole(input.sheets)} sheets`)
  const { clock, jobs } = world
  await clock.run(clock.wait(MINUTE_MS))
  await world.order({ type: 'reset' })
  const ends = clock.now() + IDLE_MINUTES * MINUTE_MS
  const over = () => clock.now() >= ends
  await clock.run(Promise.all([loopJob(clock, jobs.poll, over), loopJob(clock, jobs.sync, over)]))
  const { counts } = await world.order({ type: 'report' })
  printLine('Drive calls a minute', (counts.drive / IDLE_MINUTES).toFixed(1), 'goal 1')
  printLine('Sheets calls a minute', ((counts.reads + counts.writes) / IDLE_MINUTES).toFixed(1), 'goal 0')
}

/** Teachers everywhere mistype a grade within one minute. */
export async function benchEdits(world: BenchWorld, input: { sheets: number; edited: number }): Promise<void> {
  const { clock, jobs } = world
  const edited = Math.min(input.edited, input.sheets)
  console.log(`\n# ${whole(edited)} sheets edited within one minute`)
  await world.order({ type: 'reset' })
  const step = Math.floor(input.sheets / edited)
  const editor = async () => {
    for (let one = 0; one < edited; one += 1) {
      await clock.wait(MINUTE_MS / edited)
      await world.order({ type: 'edit', sheets: [one * step], at: clock.now() })
    }
  }
  let feedback: number[] = []
  const told = { all: false }
  const watch = async () => {
    const ends = clock.now() + MOST_MINUTES * MINUTE_MS
    while (feedback.length < edited) {
      if (clock.now() > ends) throw new Error(`${edited - feedback.length} edits were never answered`)
      await clock.wait(5_000)
      feedback = (await world.order({ type: 'report' })).feedback
    }
    told.all = true
  }
  const loops = [loopJob(clock, jobs.poll, () => told.all), loopJob(clock, jobs.sync, () => told.all)]
  await clock.run(Promise.all([editor(), watch(), ...loops]))
  const first = await world.order({ type: 'report' })
  await settle(world)
  const { counts } = await world.order({ type: 'report' })
  printLine('reads a sheet until told', (first.counts.reads / edited).toFixed(3), 'goal 1')
  printLine('writes a sheet', (first.counts.writes / edited).toFixed(3), 'goal at most 1')
  printLine('Drive calls a sheet', (first.counts.drive / edited).toFixed(3))
  printLine(
    'reads a sheet until nothing is marked',
    (counts.reads / edited).toFixed(3),
    'second looks after our own writes included',
  )
  printLine('429 provoked', whole(counts.refused), 'goal 0')
  printLine('feed entry to feedback, median', seconds(percentile(feedback, 0.5)))
  printLine('feed entry to feedback, 99 %', seconds(percentile(feedback, 0.99)), bestCase(edited))
}

/** Without the minutes that Google itself may take until an edit is in its feed. */
function bestCase(edited: number): string {
  const best = MINUTE_MS + (Math.max(0, edited - PROJECT_READS) / PROJECT_READS) * MINUTE_MS
  return `a poll a minute and the quota allow ${seconds(best)} for the last one`
}
