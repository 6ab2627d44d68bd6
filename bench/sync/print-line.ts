/** One result beside the limit it is held against. */
export function printLine(name: string, value: string, limit = ''): void {
  console.log(`${name.padEnd(46)} ${value.padStart(16)}${limit === '' ? '' : `   ${limit}`}`)
}

export const whole = (value: number) => Math.round(value).toLocaleString('en')
export const share = (value: number) => `${(value * 100).toFixed(1)} %`
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
export const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
