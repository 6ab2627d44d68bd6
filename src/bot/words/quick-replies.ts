import type { Actor } from '../../workflow/actor.ts'
import { SAY } from './say.ts'

/** The commands offered under an answer, by what the person may do. */
export function quickReplies(actor: Actor, options: { several: boolean }): string[] {
  const reads = [SAY.status, SAY.deadlines, SAY.inCharge, SAY.help]
  const others = actor.role === 'certifier' ? [SAY.confirm, ...reads] : reads
  const words = actor.role === 'officer' ? officerWords(actor) : others
  return options.several ? [...words, SAY.switchDuty] : words
}

function officerWords(actor: Actor): string[] {
  switch (actor.level) {
    case 'institution':
      return [SAY.status, SAY.confirm, SAY.askReopening, SAY.deadlines, SAY.inCharge, SAY.help]
    case 'lao':
      return [SAY.status, SAY.confirm, SAY.left, SAY.requests, SAY.deadlines, SAY.askReopening, SAY.inCharge, SAY.help]
    case 'province':
      return [SAY.status, SAY.markChecked, SAY.confirm, SAY.requests, SAY.left, SAY.deadlines, SAY.inCharge, SAY.help]
    case 'department':
      return [SAY.status, SAY.requests, SAY.left, SAY.deadlines, SAY.inCharge, SAY.help]
  }
}
