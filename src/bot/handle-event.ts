import type { Tx } from '../db/open.ts'
import type { inbox } from '../db/schema.ts'
import { type Actor, dutiesOfLineUser } from '../workflow/actor.ts'
import { queueAnswer } from '../workflow/notice.ts'
import { personOfLineUser, setBlocked } from '../workflow/person-account.ts'
import { activeRound } from '../workflow/rounds.ts'
import { text, withQuickReplies } from './cards/messages.ts'
import { hearNewcomer, welcome } from './commands/hear-newcomer.ts'
import { hearText } from './commands/hear-text.ts'
import { tapped } from './commands/run-action.ts'
import { conversationOf } from './conversation.ts'
import { forgetUnsent } from './forget-unsent.ts'
import { formerDutyWords } from './former-duty.ts'
import { type LineEvent, lineEvent } from './line-event.ts'
import type { HandleDeps } from './scene.ts'
import { type Answer, say, type Talk } from './turn.ts'
import { ANSWERS } from './words/answers.ts'
import { WELCOME } from './words/join-words.ts'
import { quickReplies } from './words/quick-replies.ts'

export type { HandleDeps } from './scene.ts'

type InboxRow = typeof inbox.$inferSelect
type Silent = null

/**
 * Works one stored event inside the transaction that marks it done: understands it, runs the use case, queues the answer. On a
 * failure everything rolls back and the next try starts from the same state. `showLoading`: a job answers later, show the dots.
 */
export function handleEvent(tx: Tx, row: InboxRow, deps: HandleDeps): { showLoading: string | null } {
  const event = lineEvent(row.body)
  if (!event || event.mode === 'standby') return { showLoading: null }
  if (event.type === 'unsend' && event.unsend)
    forgetUnsent(tx, { orderKey: row.orderKey, messageId: event.unsend.messageId })
  const chatId = event.source?.groupId ?? event.source?.roomId
  if (chatId) return greetGroup(tx, { row, event, chatId, deps })
  const lineUserId = event.source?.userId
  if (!lineUserId) return { showLoading: null }
  const heard = hear(tx, { row, event, lineUserId, deps })
  return heard ? queue(tx, { row, lineUserId, deps, ...heard }) : { showLoading: null }
}

/** A group hears once that it will hear nothing: what is told here is for one pair of eyes. */
function greetGroup(
  tx: Tx,
  input: { row: InboxRow; event: LineEvent; chatId: string; deps: HandleDeps },
): { showLoading: null } {
  if (input.event.type === 'join') {
    const payload = JSON.stringify([text(WELCOME.group)])
    const about = {
      inboxId: input.row.id,
      lineUserId: input.chatId,
      personId: null,
      notice: { type: 'answer' },
      payload,
    } as const
    queueAnswer(tx, about, input.deps.now)
  }
  return { showLoading: null }
}

type Heard = { answer: Answer; actor: Actor | null; several: boolean }

function hear(
  tx: Tx,
  input: { row: InboxRow; event: LineEvent; lineUserId: string; deps: HandleDeps },
): Heard | Silent {
  const { row, event, lineUserId, deps } = input
  const { now } = deps
  if (event.type === 'unfollow') setBlocked(tx, { lineUserId, at: now })
  if (event.type === 'follow') setBlocked(tx, { lineUserId, at: null })
  const duties = dutiesOfLineUser(tx, lineUserId, now)
  const conversation = conversationOf(tx, lineUserId, now)
  const actor = duties.find((duty) => duty.appointmentId === conversation.appointmentId) ?? duties[0]
  const { expecting } = conversation
  if (!actor) {
    const answer = answerNewcomer(event, { tx, now, deps, lineUserId, expecting })
    return answer ? { answer, actor: null, several: false } : null
  }
  const tap = { tappedAt: deps.toDomain(row.eventAt), receivedAt: deps.toDomain(row.receivedAt) }
  const round = activeRound(tx)
  const talk: Talk = { tx, now, deps, actor, round, lineUserId, inboxId: row.id, tap, duties, expecting }
  const answer = answerEvent(event, talk)
  return answer ? { answer, actor, several: duties.length > 1 } : null
}

function answerEvent(event: LineEvent, talk: Talk): Answer | Silent {
  switch (event.type) {
    case 'message':
      return answerMessage(event, (typed) => hearText(talk, typed))
    case 'postback':
      return event.postback ? tapped(talk, event.postback.data) : null
    case 'follow':
      return say(text(WELCOME.back(talk.actor.unitName)))
    default:
      return null
  }
}

function answerNewcomer(event: LineEvent, caller: Parameters<typeof hearNewcomer>[0]): Answer | Silent {
  switch (event.type) {
    case 'message':
      return answerMessage(event, (typed) => hearNewcomer(caller, typed))
    case 'postback':
      return say(text(formerDutyWords(caller.tx, caller, caller.now) ?? ANSWERS.badButton))
    case 'follow':
      return welcome()
    default:
      return null
  }
}

function answerMessage(event: LineEvent, hearTyped: (typed: string) => Answer): Answer | Silent {
  switch (event.message?.type) {
    case undefined:
      return null
    case 'text':
      return typeof event.message.text === 'string' ? hearTyped(event.message.text) : null
    case 'sticker':
      return say(text(ANSWERS.sticker))
    case 'location':
      return say(text(ANSWERS.location))
    default:
      return say(text(ANSWERS.picture))
  }
}

function queue(
  tx: Tx,
  input: { row: InboxRow; lineUserId: string; deps: HandleDeps } & Heard,
): { showLoading: string | null } {
  const { row, lineUserId, deps, answer, actor } = input
  if ('waits' in answer) return { showLoading: lineUserId }
  const personId = actor?.personId ?? personOfLineUser(tx, lineUserId)?.id ?? null
  const about = { inboxId: row.id, lineUserId, personId }
  if ('notice' in answer) {
    queueAnswer(tx, { ...about, notice: answer.notice }, deps.now)
    return { showLoading: null }
  }
  if (answer.messages.length === 0) return { showLoading: null }
  const words = actor ? quickReplies(actor, { several: input.several }) : []
  const payload = JSON.stringify(withQuickReplies(answer.messages.slice(0, MOST_MESSAGES), words))
  queueAnswer(tx, { ...about, notice: { type: 'answer' }, payload }, deps.now)
  return { showLoading: null }
}

/** LINE takes five messages in a reply. */
const MOST_MESSAGES = 5
