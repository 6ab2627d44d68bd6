/** Slips between two short texts (typed, left out, swapped with the neighbour), or `limit + 1` when there are more. */
export function editDistance(a: string, b: string, limit: number): number {
  const left = [...a]
  const right = [...b]
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let before: number[] = []
  let last = right.map((_, index) => index + 1)
  last.unshift(0)
  for (const [i, char] of left.entries()) {
    const row = [i + 1]
    for (const [j, other] of right.entries()) {
      const swap = char === right[j - 1] && left[i - 1] === other ? (before[j - 1] ?? limit) + 1 : limit + 1
      row.push(Math.min((last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, (last[j] ?? 0) + (char === other ? 0 : 1), swap))
    }
    if (Math.min(...row) > limit) return limit + 1
    before = last
    last = row
  }
  return last.at(-1) ?? limit + 1
}
