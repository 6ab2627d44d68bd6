/** Doubling pauses with jitter, so that many that failed together do not come back together. `attempts` counts from 0. */
export function backoffMs(attempts: number, options: { firstMs: number; mostMs: number }): number {
  const pause = Math.min(options.mostMs, options.firstMs * 2 ** Math.min(attempts, 20))
  return Math.round(pause * (0.75 + Math.random() * 0.5))
}
