import type { Actor } from '../../workflow/actor.ts'

export const MENU_KINDS = [
  'newcomer',
  'institution',
  'lao',
  'province',
  'department',
  'executive',
  'certifier',
] as const

/** One menu for each kind of duty; `newcomer` is everybody's who has none, and the channel's default. */
export type MenuKind = (typeof MENU_KINDS)[number]

/** The menu of a duty; without any the channel's default shows. */
export function menuKindOf(duty: Pick<Actor, 'role' | 'level'> | null): MenuKind {
  if (!duty) return 'newcomer'
  if (duty.role === 'executive' || duty.role === 'certifier') return duty.role
  return duty.level
}
