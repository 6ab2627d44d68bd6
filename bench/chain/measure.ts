import { percentile, printLine } from '../sync/print-line.ts'

const MICRO = 1_000

/** Milliseconds of each run, after a few that warm up; `before` each of them is not timed. */
export function timed(
  runs: number,
  work: (run: number) => unknown,
  warmUp = Math.min(200, runs),
  before: () => void = () => {},
): number[] {
  for (let run = 0; run < warmUp; run += 1) work(run)
  return Array.from({ length: runs }, (_, run) => {
    before()
    const began = performance.now()
    work(run)
    return performance.now() - began
  })
}

/** One line with p50 and p99, the goal, and how many bare indexed lookups the p99 is worth. */
export function printTimes(name: string, times: readonly number[], against: { goal?: number; lookup: number }): void {
  const p99 = percentile(times, 0.99)
  const lookups = `${Math.round(p99 / against.lookup).toLocaleString('en')} lookups`
  const goal = against.goal === undefined ? '' : `  (goal: ${against.goal} ms${p99 > against.goal ? ', MISSED' : ''})`
  printLine(name, shown(p99), `p50 ${shown(percentile(times, 0.5))}, ${lookups}${goal}`)
}

function shown(ms: number): string {
  return ms < 0.1 ? `${(ms * MICRO).toFixed(1)} µs` : `${ms.toFixed(2)} ms`
}
