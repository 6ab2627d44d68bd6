import type { Actor } from '../workflow/actor.ts'

/** Executives see everything of their unit without pupils' names (R9); those who record, check and certify see them. */
export const seesNames = (actor: Pick<Actor, 'role'>): boolean => actor.role !== 'executive'
