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

const FEW = 4

/** The nearest commands for somebody who was not understood: what was hinted at, as far as the person may do it, then the usual ones. */
export function nextWords(actor: Actor, hinted: readonly string[] = []): string[] {
  const usual = quickReplies(actor, { several: false })
  const own = hinted.filter((word) => usual.includes(word) || ANYBODY.includes(word))
  return [...new Set([...own, ...usual.slice(0, FEW - 1), SAY.help])].slice(0, FEW + 1)
}

const ANYBODY: readonly string[] = [SAY.history, SAY.settings]
