import type { Tx } from '../../db/open.ts'
import type { inbox } from '../../db/schema.ts'
import { type Actor, dutiesOfLineUser } from '../../workflow/actor.ts'
import {
  actorOfGroupCode,
  type ChatGroup,
  forgetGroup,
  groupOf,
  linkGroup,
  unlinkGroups,
} from '../../workflow/chat-groups.ts'
import { normaliseCode } from '../../workflow/invitation-code.ts'
import { queueAnswer } from '../../workflow/notice.ts'
import { publicProgress } from '../../workflow/public-progress.ts'
import { activeRound } from '../../workflow/rounds.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { unitById } from '../../workflow/unit.ts'
import { codesPausedUntil, noteWrongCode } from '../../workflow/wrong-codes.ts'
import { text } from '../cards/messages.ts'
import { conversationOf } from '../conversation.ts'
import { forgetWords } from '../forget-unsent.ts'
import type { LineEvent } from '../line-event.ts'
import type { HandleDeps } from '../scene.ts'
import { understand } from '../understand.ts'
import { deadlinesText, GROUP, leftText, progressText } from '../words/group-words.ts'
import { refusalWords } from '../words/refusals.ts'
import { saidToUs } from './heard-in-group.ts'

type Heard = { row: typeof inbox.$inferSelect; event: LineEvent; chatId: string; deps: HandleDeps }

/**
 * An event in a group or a multi-person chat: silence, unless the bot is spoken to; then only what anybody may know of the unit
 * that an officer linked the group to. Nothing is done there for anybody, and words that were not meant for us are not kept.
 */
export function answerGroup(tx: Tx, heard: Heard): void {
  const { event, row, chatId, deps } = heard
  const words = answerOf(tx, heard)
  if (words !== null) {
    const payload = JSON.stringify([text(words)])
    const about = { inboxId: row.id, lineUserId: chatId, personId: null, notice: { type: 'answer' }, payload } as const
    queueAnswer(tx, about, deps.now)
  } else if (event.type === 'message') forgetWords(tx, row)
}

function answerOf(tx: Tx, heard: Heard): string | null {
  const { event, chatId, deps } = heard
  switch (event.type) {
    case 'join':
      return GROUP.joined
    case 'leave':
      forgetGroup(tx, chatId, deps.now)
      return null
    case 'postback':
      return GROUP.noButtons
    case 'message':
      return event.message?.type === 'text' ? hearGroupText(tx, heard, event.message) : null
    default:
      return null
  }
}

function hearGroupText(tx: Tx, heard: Heard, message: NonNullable<LineEvent['message']>): string | null {
  const said = saidToUs(message)
  const code = normaliseCode(said ?? message.text ?? '')
  if (code !== null) return hearCode(tx, heard, { code, spokenTo: said !== null })
  if (said === null) return null
  const command = understand(said)
  if (command.kind === 'link-group' || command.kind === 'unlink-group') {
    const actor = speakerOf(tx, heard)
    if (!actor) return GROUP.onlyOfficer
    return command.kind === 'link-group' ? link(tx, { ...heard, actor }) : unlink(tx, { ...heard, actor })
  }
  const group = groupOf(tx, heard.chatId)
  return group ? tellGroup(tx, { ...heard, group, kind: command.kind }) : GROUP.notLinked
}

/** A code alone links the group, spoken to us or not; one that opens nothing is answered only when we were spoken to. */
function hearCode(tx: Tx, heard: Heard, input: { code: string; spokenTo: boolean }): string | null {
  const { chatId, deps } = heard
  const { code, spokenTo } = input
  const pausedUntil = codesPausedUntil(tx, chatId, deps.now)
  if (pausedUntil !== null) return spokenTo ? GROUP.tooManyCodes(pausedUntil) : null
  const actor = actorOfGroupCode(tx, code, deps.now)
  if (actor) return link(tx, { ...heard, actor, code })
  noteWrongCode(tx, { chatId, code }, deps.now)
  return spokenTo ? GROUP.badCode : null
}

/** LINE leaves the user out for people who have not agreed to share it: they stay unknown. */
function speakerOf(tx: Tx, { event, deps }: Heard): Actor | null {
  const lineUserId = event.source?.userId
  if (!lineUserId) return null
  const duties = dutiesOfLineUser(tx, lineUserId, deps.now)
  const { appointmentId } = conversationOf(tx, lineUserId, deps.now)
  const current = duties.find((duty) => duty.appointmentId === appointmentId) ?? duties[0]
  return current?.role === 'officer' ? current : null
}

function link(tx: Tx, input: Heard & { actor: Actor; code?: string }): string {
  const { actor, chatId, deps, code } = input
  const linked = linkGroup(tx, { actor, chatId, ...(code === undefined ? {} : { code }) }, deps.now)
  if (!linked.ok) return refusedWords(linked)
  return linked.already ? GROUP.linkedAlready(actor.unitName) : GROUP.linked(actor.unitName)
}

function unlink(tx: Tx, input: Heard & { actor: Actor }): string {
  const { actor, chatId, deps } = input
  const group = groupOf(tx, chatId)
  if (!group) return GROUP.notLinked
  if (group.unitId !== actor.unitId)
    return refusedWords({ why: 'group-linked', unit: { id: group.unitId, name: unitById(tx, group.unitId).name } })
  const unlinked = unlinkGroups(tx, { actor, chatId }, deps.now)
  return unlinked.ok ? GROUP.unlinked : refusedWords(unlinked)
}

function refusedWords(refusal: Refusal): string {
  const { title, why, next } = refusalWords(refusal)
  return [title, why, next].join('\n')
}

function tellGroup(tx: Tx, input: Heard & { group: ChatGroup; kind: string }): string {
  const { group, kind, deps } = input
  const round = activeRound(tx)
  const { unitId } = group
  const { name } = unitById(tx, unitId)
  switch (kind) {
    case 'status':
      return round ? progressText(publicProgress(tx, { round, unitId }, deps.now), round, deps.now) : GROUP.noRound
    case 'left':
      return round ? leftText(publicProgress(tx, { round, unitId }, deps.now)) : GROUP.noRound
    case 'deadlines':
      return round ? deadlinesText(round, deps.now) : GROUP.noRound
    default: {
      const desk = round?.helpDesk ? `\n${GROUP.helpDesk(round.helpDesk)}` : ''
      return `${GROUP.commands(name)}${desk}`
    }
  }
}
