/** What stands confirmed above the thing that somebody asks to reopen. */
export type ChainAbove = { overviewConfirmed: boolean; provinceConfirmed: boolean }
export type ReopenComponent = 'roster' | 'overview' | 'other_counts' | 'province'
export type ActingLevel = 'lao' | 'province' | 'department'

/** Who is asked first: always the level directly above the unit (R33, R34). */
export function firstLevel(component: ReopenComponent): ActingLevel {
  if (component === 'roster') return 'lao'
  return component === 'province' ? 'department' : 'province'
}

/**
 * What a "yes" of `level` means: consent that climbs on while a confirmation stands at this level or above it (endorse), else
 * the last consent, with which the chain unwinds from the top down (R34). Nobody undoes what a higher level confirmed.
 */
export function nextStep(
  level: ActingLevel,
  above: ChainAbove,
): { act: 'endorse'; to: ActingLevel } | { act: 'carry_out' } {
  if (level === 'lao' && (above.overviewConfirmed || above.provinceConfirmed)) return { act: 'endorse', to: 'province' }
  if (level === 'province' && above.provinceConfirmed) return { act: 'endorse', to: 'department' }
  return { act: 'carry_out' }
}

/** What is cancelled, in this order: the highest confirmed level first, the asked unit last, its siblings not at all. */
export function unwindOrder(component: ReopenComponent, above: ChainAbove): ('province' | 'overview' | 'asked')[] {
  const order: ('province' | 'overview' | 'asked')[] = []
  if (component !== 'province' && above.provinceConfirmed) order.push('province')
  if (component === 'roster' && above.overviewConfirmed) order.push('overview')
  order.push('asked')
  return order
}
