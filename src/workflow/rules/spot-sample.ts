/** Name of the algorithm as written down in docs/spot-checks.md; a change of it is another name. */
export const SAMPLE_METHOD = 'lec-spot-1'

/** `key` names the item in the draw and nothing else; weights are positive. */
export type Weighted = { key: string; weight: number }

/**
 * A weighted sample without replacement (Efraimidis and Spirakis), the first drawn first: every item gets its own uniform number
 * from the seed, so that neither the order of the frame nor the other items decide about it. `digest` is SHA-256 in lower-case
 * hex of a text's UTF-8 bytes.
 */
export function drawSample<T extends Weighted>(
  items: readonly T[],
  how: { size: number; seed: string; digest: (text: string) => string },
): T[] {
  const keyed = items
    .filter((item) => item.weight > 0)
    .map((item) => ({
      item,
      at: -Math.log(uniformOf(how.digest(`${SAMPLE_METHOD}\n${how.seed}\n${item.key}`))) / item.weight,
    }))
  keyed.sort((a, b) => a.at - b.at || (a.item.key < b.item.key ? -1 : 1))
  return keyed.slice(0, Math.max(0, how.size)).map(({ item }) => item)
}

/** The first 52 bits of a digest as a number strictly between 0 and 1: exact in a double. */
export function uniformOf(hexDigest: string): number {
  return (Number.parseInt(hexDigest.slice(0, 13), 16) + 0.5) / 2 ** 52
}
