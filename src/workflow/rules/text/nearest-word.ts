/**
 * What the typed word was meant to be, when it is a slip of exactly one of the known ones: a character wrong, missing, too
 * many or swapped with its neighbour, once in words from 4 characters, twice from 7. Never a guess between two.
 */
export function onlyNear<T>(typed: string, known: ReadonlyMap<string, T>): T | null {
  const most = slipsAllowed(typed.length)
  if (most === 0) return null
  const near = new Set<T>()
  for (const [word, meant] of known) {
    if (Math.abs(word.length - typed.length) <= most && slipsBetween(typed, word) <= most) near.add(meant)
  }
  const [only] = near
  return near.size === 1 && only !== undefined ? only : null
}

function slipsAllowed(length: number): number {
  return length < 4 ? 0 : length < 7 ? 1 : 2
}

/** Edit distance with swaps of neighbours as one slip (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const left = row[j - 1] ?? 0
      let slips = Math.min((last[j] ?? 0) + 1, left + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1)
      row.push(slips)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
