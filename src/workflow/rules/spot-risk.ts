/** What is known of an institution's roster when a spot check is drawn (R40). Counts of pupils unless said otherwise. */
export type RosterFacts = {
  counted: number
  /** Heads that bring lunch money: what the tiers are about. */
  lunchHeads: number
  /** Confirmed in the round before; null when there is none. */
  before: number | null
  /** Added, changed or gone within the last days before the institutions' due instant. */
  lateEdits: number
  /** Most who were first seen by one and the same read. */
  atOnce: number
  /** Changes after the first sight, of any pupil, at any time. */
  changes: number
  /** Counted by another institution too. */
  shared: number
  /** Questions about vanished rows that were answered with ออกจริง. */
  holdsReleased: number
  /** Earlier draws of the round in which the institution was. */
  drawnBefore: number
}

export type RiskReason =
  | 'tier-edge'
  | 'big-change'
  | 'late-edits'
  | 'ticked-at-once'
  | 'never-edited'
  | 'shared-pupils'
  | 'holds-released'

export type Risk = { points: number; reasons: { reason: RiskReason; points: number }[] }

/** Last heads before a lower lunch rate (domain.md section 9). */
const TIERS = [40, 100, 120]
const EDGE = 2
/** Nobody is certain not to be drawn. */
const BASE_WEIGHT = 10

/** Why an institution is worth a look. The table of points stands in docs/spot-checks.md. */
export function riskOf(facts: RosterFacts): Risk {
  const found: [RiskReason, number][] = [
    ['tier-edge', edgePoints(facts.lunchHeads)],
    ['big-change', changePoints(facts)],
    ['late-edits', latePoints(facts)],
    ['ticked-at-once', facts.atOnce >= 10 && facts.atOnce >= facts.counted * 0.95 ? 15 : 0],
    ['never-edited', facts.counted >= 10 && facts.changes === 0 ? 10 : 0],
    ['shared-pupils', Math.min(30, facts.shared * 10)],
    ['holds-released', Math.min(30, facts.holdsReleased * 15)],
  ]
  const reasons = found.filter(([, points]) => points > 0).map(([reason, points]) => ({ reason, points }))
  return { points: reasons.reduce((sum, { points }) => sum + points, 0), reasons }
}

/** What an institution's chance is in proportion to; less for one that was drawn before, and never nothing. */
export function institutionWeight(facts: RosterFacts): number {
  return (BASE_WEIGHT + riskOf(facts).points) / (1 + facts.drawnBefore)
}

/** 40 points at the tier itself, where one head more would cost; half beyond it, where heads may have been left out. */
function edgePoints(heads: number): number {
  const points = TIERS.map((tier) => {
    if (heads <= tier) return tier - heads <= EDGE ? 40 - 10 * (tier - heads) : 0
    const beyond = heads - tier - 1
    return beyond <= EDGE ? 20 - 5 * beyond : 0
  })
  return Math.max(...points)
}

/** More than 5 heads and 10 % against the round before, as for the counts of other affiliations. */
function changePoints({ counted, before }: RosterFacts): number {
  if (before === null) return 0
  const change = Math.abs(counted - before)
  if (change <= Math.max(5, before * 0.1)) return 0
  return change > before * 0.25 ? 35 : 20
}

function latePoints({ lateEdits, counted }: RosterFacts): number {
  if (lateEdits < 3 || lateEdits <= counted * 0.1) return 0
  return lateEdits > counted * 0.3 ? 30 : 20
}

export type PupilFacts = {
  shared: boolean
  lateAdded: boolean
  lateChanged: boolean
  waiting: boolean
  drawnBefore: number
}

/** What a pupil's chance is in proportion to, among those of a drawn institution. */
export function pupilWeight(facts: PupilFacts): number {
  const { shared, lateAdded, lateChanged, waiting, drawnBefore } = facts
  const points = 1 + (shared ? 3 : 0) + (lateAdded ? 2 : 0) + (lateChanged ? 1 : 0) + (waiting ? 1 : 0)
  return points / (1 + drawnBefore)
}

/** How many of an institution's counted pupils are looked for: one in ten, at least 5, at most 15. */
export function pupilsToDraw(counted: number): number {
  return Math.min(counted, Math.max(5, Math.min(15, Math.ceil(counted / 10))))
}
