import type { LaoLine } from '../../workflow/structure.ts'

export const notRequired = (line: LaoLine): boolean =>
  line.overview === 'not_required' && line.otherCounts === 'not_required'

/** Neither institutions nor other counts: nothing to confirm, and that must be put on record (domain.md section 7). */
export const isBare = (line: LaoLine): boolean =>
  line.overview === 'not_applicable' && line.otherCounts === 'not_applicable'
