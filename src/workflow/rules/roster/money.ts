import type { InstitutionKind } from './columns.ts'

/** Dated rates of the general subsidy for lunch and milk (R41). What they give is an estimate and is always labelled as one. */
type Rates = {
  /** First fiscal year (BE) they hold for. */
  fromFiscalYear: number
  /** Baht per head and day by number of pupils: the first tier that is large enough holds for every head. */
  lunchTiers: readonly { upTo: number; baht: number }[]
  lunchDays: Partial<Record<InstitutionKind, number>>
  /** ม.1-3 of expansion schools have lunch too. */
  lunchReachesLowerSecondary: boolean
  milkDays: number
  milkBaht: { pasteurised: number; uht: number }
}

const from2566: Rates = {
  fromFiscalYear: 2566,
  lunchTiers: [
    { upTo: 40, baht: 36 },
    { upTo: 100, baht: 27 },
    { upTo: 120, baht: 24 },
    { upTo: Number.POSITIVE_INFINITY, baht: 22 },
  ],
  lunchDays: { school: 200 },
  lunchReachesLowerSecondary: false,
  milkDays: 260,
  milkBaht: { pasteurised: 6.89, uht: 8.13 },
}

const ratesByYear: readonly Rates[] = [
  { ...from2566, fromFiscalYear: 2568, lunchReachesLowerSecondary: true },
  from2566,
]

const lowerSecondary = ['ม.1', 'ม.2', 'ม.3']

/** เด็กเล็ก to ป.6 have milk; the same have lunch, and lower secondary where the rates say so. */
function hasMilk(grade: string): boolean {
  return grade === 'เด็กเล็ก' || grade.startsWith('อ.') || grade.startsWith('ป.')
}

export type MoneyEstimate = {
  estimate: true
  lunchHeads: number
  lunchBahtPerDay: number
  /** Null where the days of that kind of institution are not known. */
  lunchBahtPerYear: number | null
  milkHeads: number
  milkBahtPerYear: { pasteurised: number; uht: number }
  /** The number of lunch heads is the last one before a lower rate: worth a spot check. */
  atCliff: boolean
}

/** What the counted pupils may bring in a fiscal year (BE); null for a year before the first rates we know. */
export function estimateMoney(
  heads: readonly { grade: string; heads: number }[],
  context: { kind: InstitutionKind; fiscalYear: number; expansionSchool?: boolean },
): MoneyEstimate | null {
  const rates = ratesByYear.find(({ fromFiscalYear }) => fromFiscalYear <= context.fiscalYear)
  if (rates === undefined) return null
  const sumOf = (has: (grade: string) => boolean) =>
    heads.reduce((sum, line) => sum + (has(line.grade) ? line.heads : 0), 0)
  const withSecondary = rates.lunchReachesLowerSecondary && context.expansionSchool === true
  const milkHeads = sumOf(hasMilk)
  const lunchHeads = sumOf((grade) => hasMilk(grade) || (withSecondary && lowerSecondary.includes(grade)))
  const lunchBahtPerDay = lunchPerDay(rates, lunchHeads)
  const days = rates.lunchDays[context.kind]
  const milk = (baht: number) => Math.round(milkHeads * baht * rates.milkDays * 100) / 100
  return {
    estimate: true,
    lunchHeads,
    lunchBahtPerDay,
    lunchBahtPerYear: days === undefined ? null : lunchBahtPerDay * days,
    milkHeads,
    milkBahtPerYear: { pasteurised: milk(rates.milkBaht.pasteurised), uht: milk(rates.milkBaht.uht) },
    atCliff: rates.lunchTiers.some(({ upTo }) => upTo === lunchHeads),
  }
}

function lunchPerDay(rates: Rates, heads: number): number {
  return heads * (rates.lunchTiers.find(({ upTo }) => heads <= upTo)?.baht ?? 0)
}
