/** The four regions of the country (ภาค), in the order in which they are read. */
export const REGIONS = ['north', 'northeast', 'central', 'south'] as const
export type Region = (typeof REGIONS)[number]

/**
 * First digit of a province's DOPA code → its region, as the National Statistical Office groups provinces into four in its
 * Statistical Yearbook (the east and the west belong to the centre; Bangkok, 10, is not in LEC).
 */
const BY_FIRST_DIGIT: Readonly<Record<string, Region>> = {
  1: 'central',
  2: 'central',
  3: 'northeast',
  4: 'northeast',
  5: 'north',
  6: 'north',
  7: 'central',
  8: 'south',
  9: 'south',
}

/** The region of a province by its code (`P50`, docs/decisions/0007); null for a code that is none. */
export function regionOf(provinceCode: string): Region | null {
  const digit = /^P(\d)\d$/.exec(provinceCode)?.[1]
  return digit === undefined ? null : (BY_FIRST_DIGIT[digit] ?? null)
}
