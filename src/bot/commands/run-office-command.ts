import { handoverMessages } from '../cards/handover-card.ts'
import type { Command } from '../command.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { repeatWith, showAcknowledged, takeNote } from './acknowledge.ts'
import { announceWith, passOnAnnouncement, typeAnnounce } from './announce.ts'
import { draftLetter } from './draft-letter.ts'
import { makeGroupCode, unlinkOwnGroups } from './group-code.ts'
import { askLeaving, typeLeave } from './leave.ts'
import { refused } from './refused.ts'

/** What an office does besides confirming: announcements, letters, groups, handing over, leaving. */
export type OfficeCommand = Extract<
  Command,
  {
    kind:
      | 'announce'
      | 'announce-sure'
      | 'acknowledge'
      | 'pass-on-announcement'
      | 'who-acknowledged'
      | 'repeat-announcement'
      | 'official-reminder'
      | 'handover'
      | 'link-group'
      | 'unlink-group'
      | 'leave'
      | 'leave-sure'
  }
>

export function runOfficeCommand(talk: Talk, command: OfficeCommand): Answer {
  switch (command.kind) {
    case 'link-group':
      return makeGroupCode(talk)
    case 'unlink-group':
      return unlinkOwnGroups(talk)
    case 'leave':
      return askLeaving(talk)
    case 'leave-sure':
      return typeLeave(talk)
    default:
      return talk.round ? runInRound({ ...talk, round: talk.round }, command) : refused(talk, { why: 'no-round' })
  }
}

type InRound = Exclude<OfficeCommand, { kind: 'link-group' | 'unlink-group' | 'leave' | 'leave-sure' }>

function runInRound(turn: Turn, command: InRound): Answer {
  switch (command.kind) {
    case 'announce':
      return announceWith(turn, command)
    case 'announce-sure':
      return typeAnnounce(turn, command.reach)
    case 'acknowledge':
      return takeNote(turn, command.number)
    case 'pass-on-announcement':
      return passOnAnnouncement(turn, command)
    case 'who-acknowledged':
      return showAcknowledged(turn, command)
    case 'repeat-announcement':
      return repeatWith(turn, command.number)
    case 'official-reminder':
      return draftLetter(turn)
    case 'handover':
      return say(...handoverMessages(turn, { always: true }))
  }
}
