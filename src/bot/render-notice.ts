import type { PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Actor, dutiesOfLineUser } from '../workflow/actor.ts'
import { runById } from '../workflow/confirm-run.ts'
import { receiptOf } from '../workflow/confirmed-figures.ts'
import type { Notice } from '../workflow/notice.ts'
import { requestById } from '../workflow/reopening-requests.ts'
import { roundById } from '../workflow/rounds.ts'
import { cardMessage, type Message, withQuickReplies } from './cards/messages.ts'
import { receiptCard } from './cards/receipt-card.ts'
import { conversationOf } from './conversation.ts'
import { addressTo } from './duty-address.ts'
import { addressRefused } from './notices/address-refused.ts'
import { cancelled } from './notices/cancelled.ts'
import { allComplete, allIn, provinceDone } from './notices/chain-news.ts'
import { confirmRefused } from './notices/confirm-refused.ts'
import { holdById, holdOpened } from './notices/hold-opened.ts'
import { readBack } from './notices/read-back.ts'
import { reminder } from './notices/reminder.ts'
import { reopeningProgress, reopeningWaits } from './notices/reopening-news.ts'
import { sheetReady } from './notices/sheet-ready.ts'
import type { HandleDeps } from './scene.ts'
import type { Stage } from './stage.ts'
import { RECEIPT } from './words/confirm-words.ts'
import { quickReplies } from './words/quick-replies.ts'

export type NoticeContext = { personId: PersonId | null; lineUserId: string; deps: HandleDeps }

/**
 * Puts a notice into LINE messages as things stand now; may offer buttons. Null: it has become pointless (done since, cancelled
 * since, no longer the person's duty) and is dropped.
 */
export function renderNotice(tx: Tx, notice: Notice, context: NoticeContext): Message[] | null {
  const duties = dutiesOfLineUser(tx, context.lineUserId, context.deps.now)
  const stage: Stage = { tx, ...context, duties }
  const messages = messagesOf(stage, notice)
  if (!messages) return null
  const current = currentDuty(tx, stage)
  const actor = duties.find((duty) => duty.unitId === unitOf(tx, notice)) ?? current
  if (!actor || !current) return messages
  const words = quickReplies(current, { several: duties.length > 1 })
  const shown =
    actor.appointmentId === current.appointmentId ? messages : addressTo(messages, { actor, current, duties })
  return withQuickReplies(shown, words)
}

function currentDuty(tx: Tx, stage: Stage): Actor | undefined {
  const { appointmentId } = conversationOf(tx, stage.lineUserId, stage.deps.now)
  return stage.duties.find((duty) => duty.appointmentId === appointmentId) ?? stage.duties[0]
}

function messagesOf(stage: Stage, notice: Notice): Message[] | null {
  switch (notice.type) {
    case 'receipt':
      return receipt(stage, notice)
    case 'read-back':
      return readBack(stage, notice)
    case 'confirm-refused':
      return confirmRefused(stage, notice)
    case 'all-institutions-confirmed':
      return allIn(stage, notice)
    case 'all-laos-complete':
      return allComplete(stage, notice)
    case 'province-confirmed':
      return provinceDone(stage, notice)
    case 'reopening-waits':
      return reopeningWaits(stage, notice)
    case 'reopening-progress':
      return reopeningProgress(stage, notice)
    case 'cancelled':
      return cancelled(stage, notice)
    case 'hold-opened':
      return holdOpened(stage, notice)
    case 'google-address-refused':
      return addressRefused(stage, notice)
    case 'sheet-ready':
      return sheetReady(stage, notice)
    case 'reminder':
      return reminder(stage, notice)
  }
}

function receipt(stage: Stage, notice: Extract<Notice, { type: 'receipt' }>): Message[] | null {
  const found = receiptOf(stage.tx, notice.confirmationId)
  if (!found) return null
  return [cardMessage(receiptCard(found, roundById(stage.tx, found.confirmation.roundId)), RECEIPT.alt)]
}

function unitOf(tx: Tx, notice: Notice): UnitId | null {
  switch (notice.type) {
    case 'confirm-refused':
    case 'sheet-ready':
    case 'reminder':
      return notice.unitId
    case 'all-institutions-confirmed':
      return notice.laoId
    case 'all-laos-complete':
      return notice.provinceId
    case 'receipt':
    case 'cancelled':
      return receiptOf(tx, notice.confirmationId)?.confirmation.unitId ?? null
    case 'read-back':
      return runById(tx, notice.runId).unitId
    case 'hold-opened':
      return holdById(tx, notice.holdId)?.institutionId ?? null
    case 'reopening-waits':
      return requestById(tx, notice.requestId)?.waitingAtUnitId ?? null
    case 'reopening-progress':
      return requestById(tx, notice.requestId)?.unitId ?? null
    case 'province-confirmed':
    case 'google-address-refused':
      return null
  }
}
