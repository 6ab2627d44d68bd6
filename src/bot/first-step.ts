import type { Command } from './command.ts'

/**
 * What a text may lead to that had to be mended or guessed at (a slip, the other keyboard, words around the command): it shows
 * something or begins a step. A number, a name or a reason out of it never reaches an act. Null for what would act at once.
 */
export function firstStep(command: Command): Command | null {
  switch (command.kind) {
    case 'status':
    case 'left':
    case 'drift':
    case 'requests':
    case 'deadlines':
    case 'help':
    case 'in-charge':
    case 'invitations':
    case 'shared-pupils':
    case 'late-taps':
    case 'history':
    case 'settings':
    case 'question':
    case 'look-up':
    case 'greeting':
    case 'thanks':
    case 'join':
    case 'not-yet':
      return command
    case 'confirm':
      return { ...command, count: null }
    case 'for-unit':
      return command.command.kind === 'confirm'
        ? { ...command, command: { ...command.command, count: null } }
        : firstStep(command.command)
    case 'attest':
      return { kind: 'confirm', what: null, count: null }
    case 'ask-reopening':
      return { ...command, reason: null }
    case 'mark-checked':
      return { kind: 'mark-checked', count: null, unit: null }
    case 'nudge':
      return { kind: 'nudge', unit: null, all: false }
    case 'check-counts':
      return { kind: 'check-counts', count: null, name: null }
    case 'cancel':
      return { kind: 'cancel', unit: null }
    case 'switch-duty':
      return { kind: 'switch-duty', number: null }
    case 'agree-deadline':
      return { kind: 'agree-deadline', rest: null }
    case 'spot-check':
      return { kind: 'spot-check', institutions: null }
    case 'extend':
      return { kind: 'extend', rest: null }
    case 'invite':
      return { ...command, unit: null, order: null, replaces: null }
    default:
      return null
  }
}
