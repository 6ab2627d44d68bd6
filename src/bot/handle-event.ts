import type { Tx } from '../db/open.ts'
import type { inbox } from '../db/schema.ts'
import { noteFollowing } from '../workflow/account-reach.ts'
import { type Actor, dutiesOfLineUser } from '../workflow/actor.ts'
import { logHead } from '../workflow/event-log.ts'
import { queueAnswer } from '../workflow/notice.ts'
import { personOfLineUser } from '../workflow/person-account.ts'
import { activeRound } from '../workflow/rounds.ts'
import { typedText } from '../workflow/rules/text/typed-text.ts'
import { takeUnreached } from '../workflow/unreached.ts'
import { text, withQuickReplies } from './cards/messages.ts'
import { answerWordless, type InsteadOfWords, kindOfMessage, newcomerWordless } from './commands/answer-wordless.ts'
import { hearNewcomer, welcome } from './commands/hear-newcomer.ts'
import { hearText } from './commands/hear-text.ts'
import { tapped } from './commands/run-action.ts'
import { askedOfAnyDuty, conversationOf, speakFor } from './conversation.ts'
import { forgetUnsent } from './forget-unsent.ts'
import { formerDutyWords } from './former-duty.ts'
import { answerGroup } from './groups/answer-group.ts'
import { type LineEvent, lineEvent } from './line-event.ts'
import type { HandleDeps } from './scene.ts'
import { withOwnNumerals } from './thai-numerals.ts'
import { type Answer, say, type Talk } from './turn.ts'
import { unreachedWords } from './unreached-words.ts'
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
  if (chatId) {
    answerGroup(tx, { row, event, chatId, deps })
    return { showLoading: null }
  }
  const lineUserId = event.source?.userId
  if (!lineUserId) return { showLoading: null }
  const before = logHead(tx).seq
  const heard = hear(tx, { row, event, lineUserId, deps })
  if (!heard) return { showLoading: null }
  return queue(tx, { row, lineUserId, deps, ofAct: logHead(tx).seq > before, ...heard })
}

type Heard = { answer: Answer; actor: Actor | null; several: boolean }

function hear(
  tx: Tx,
  input: { row: InboxRow; event: LineEvent; lineUserId: string; deps: HandleDeps },
): Heard | Silent {
  const { row, event, lineUserId, deps } = input
  const { now } = deps
  // Events may be worked several to a transaction.
  takeUnreached(tx)
  if (event.type === 'unfollow') noteFollowing(tx, { lineUserId, following: false }, now)
  if (event.type === 'follow') noteFollowing(tx, { lineUserId, following: true }, now)
  const duties = dutiesOfLineUser(tx, lineUserId, now)
  const conversation = conversationOf(tx, lineUserId, now)
  const actor = duties.find((duty) => duty.appointmentId === conversation.appointmentId) ?? duties[0]
  const spoke = conversation.appointmentId
  const moved = actor !== undefined && spoke !== null && spoke !== actor.appointmentId
  if (moved) speakFor(tx, { lineUserId, appointmentId: actor.appointmentId }, now)
  // What a duty was asked that is over is nobody else's to answer.
  const expecting = moved ? askedOfAnyDuty(conversation.expecting) : conversation.expecting
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
      return answerMessage(event, {
        typed: (typed) => hearText(talk, typed),
        wordless: (what) => answerWordless(talk, what),
      })
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
      return answerMessage(event, { typed: (typed) => hearNewcomer(caller, typed), wordless: newcomerWordless })
    case 'postback':
      return say(text(formerDutyWords(caller.tx, caller, caller.now) ?? ANSWERS.badButton))
    case 'follow':
      return welcome()
    default:
      return null
  }
}

type Ways = { typed(text: string): Answer; wordless(what: InsteadOfWords): Answer }

function answerMessage(event: LineEvent, ways: Ways): Answer | Silent {
  const { message } = event
  if (!message) return null
  return message.type === 'text'
    ? ways.typed(typedText(message.text ?? ''))
    : ways.wordless(kindOfMessage(message.type))
}

function queue(
  tx: Tx,
  input: { row: InboxRow; lineUserId: string; deps: HandleDeps; ofAct: boolean } & Heard,
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
  const said = answer.messages.slice(0, MOST_MESSAGES)
  const unreached = unreachedWords(tx)
  if (unreached !== null && said.length < MOST_MESSAGES) said.push(text(unreached))
  const words = actor ? quickReplies(actor, { several: input.several }) : []
  const messages = withQuickReplies(said, words)
  const payload = JSON.stringify(withOwnNumerals(tx, personId, messages))
  queueAnswer(tx, { ...about, notice: { type: 'answer' }, payload, ofAct: input.ofAct }, deps.now)
  return { showLoading: null }
}

/** LINE takes five messages in a reply. */
const MOST_MESSAGES = 5
