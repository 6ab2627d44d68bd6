/** Rows that vanish beyond max(5, 10 %) of what was there are held for a person's word: nobody is removed by a read. */
export function missingNeedsHold(input: { before: number; missing: number }): boolean {
  if (input.missing === 0) return false
  if (input.missing === input.before && input.before > 0) return true
  return input.missing > Math.max(5, input.before * 0.1)
}
