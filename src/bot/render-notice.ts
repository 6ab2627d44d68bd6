import type { PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Actor, dutiesOfLineUser } from '../workflow/actor.ts'
import { appointmentById } from '../workflow/appointment-record.ts'
import { runById } from '../workflow/confirm-run.ts'
import { receiptOf } from '../workflow/confirmed-figures.ts'
import type { Notice } from '../workflow/notice.ts'
import { requestById } from '../workflow/reopening-requests.ts'
import { roundById } from '../workflow/rounds.ts'
import { submissionById } from '../workflow/submissions.ts'
import { cardMessage, type Message, withQuickReplies } from './cards/messages.ts'
import { receiptCard } from './cards/receipt-card.ts'
import { conversationOf } from './conversation.ts'
import { addressTo } from './duty-address.ts'
import { addressRefused } from './notices/address-refused.ts'
import { announcement } from './notices/announcement.ts'
import { colleagueLeft, dutyChanged, unitVacant, vacancies } from './notices/appointment-news.ts'
import { cancelled } from './notices/cancelled.ts'
import { allComplete, allIn, provinceDone } from './notices/chain-news.ts'
import { confirmRefused } from './notices/confirm-refused.ts'
import { deadlineAgreement } from './notices/deadline-agreement.ts'
import { lettersDead, quotaWarning } from './notices/delivery-news.ts'
import { drifted, driftGone, placeOfDrift } from './notices/drifted.ts'
import { holdById, holdOpened } from './notices/hold-opened.ts'
import { nudged } from './notices/nudge.ts'
import { readBack } from './notices/read-back.ts'
import { reminder } from './notices/reminder.ts'
import { reopeningProgress, reopeningWaits } from './notices/reopening-news.ts'
import { extended, findingRecorded, lateTapDecided, lateTapsWaiting, placeOfHeld } from './notices/round-act-news.ts'
import { sharedPupilNews } from './notices/shared-pupils.ts'
import { sheetReady } from './notices/sheet-ready.ts'
import { spotCheckNews } from './notices/spot-check-news.ts'
import { certifierSwitched, submissionSentBack, submissionWaits } from './notices/submission-news.ts'
import { unitUnreached } from './notices/unit-unreached.ts'
import { unitsChanged } from './notices/units-changed.ts'
import { weeklyCard } from './notices/weekly-card.ts'
import type { HandleDeps } from './scene.ts'
import type { Stage } from './stage.ts'
import { withOwnNumerals } from './thai-numerals.ts'
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
  const made = addressed(stage, notice)
  return made ? withOwnNumerals(tx, context.personId, made) : null
}

function addressed(stage: Stage, notice: Notice): Message[] | null {
  const { tx, duties } = stage
  const messages = messagesOf(stage, notice)
  if (!messages) return null
  const current = currentDuty(tx, stage)
  const actor = duties.find((duty) => duty.unitId === unitOf(tx, notice, duties)) ?? current
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
    case 'drifted':
      return drifted(stage, notice)
    case 'drift-gone':
      return driftGone(stage, notice)
    case 'google-address-refused':
      return addressRefused(stage, notice)
    case 'sheet-ready':
      return sheetReady(stage, notice)
    case 'shared-pupils':
      return sharedPupilNews(stage, notice)
    case 'units-changed':
      return unitsChanged(stage, notice)
    case 'duty-changed':
      return dutyChanged(stage, notice)
    case 'colleague-left':
      return colleagueLeft(stage, notice)
    case 'unit-vacant':
      return unitVacant(stage, notice)
    case 'vacancies':
      return vacancies(stage, notice)
    case 'certifier-switched':
      return certifierSwitched(stage, notice)
    case 'submission-waits':
      return submissionWaits(stage, notice)
    case 'submission-sent-back':
      return submissionSentBack(stage, notice)
    case 'deadline-agreement':
      return deadlineAgreement(stage, notice)
    case 'spot-check-news':
      return spotCheckNews(stage, notice)
    case 'extended':
    case 'extension-ended':
      return extended(stage, notice)
    case 'late-taps-waiting':
      return lateTapsWaiting(stage, notice)
    case 'late-tap-decided':
      return lateTapDecided(stage, notice)
    case 'finding-recorded':
      return findingRecorded(stage, notice)
    case 'nudge':
      return nudged(stage, notice)
    case 'announcement':
      return announcement(stage, notice)
    case 'weekly-card':
      return weeklyCard(stage, notice)
    case 'unit-unreached':
      return unitUnreached(stage, notice)
    case 'reminder':
      return reminder(stage, notice)
    case 'quota-warning':
      return quotaWarning(notice)
    case 'letters-dead':
      return lettersDead(stage)
  }
}

function receipt(stage: Stage, notice: Extract<Notice, { type: 'receipt' }>): Message[] | null {
  const found = receiptOf(stage.tx, notice.confirmationId)
  if (!found) return null
  return [cardMessage(receiptCard(found, roundById(stage.tx, found.confirmation.roundId)), RECEIPT.alt)]
}

function unitOf(tx: Tx, notice: Notice, duties: readonly Actor[]): UnitId | null {
  switch (notice.type) {
    case 'confirm-refused':
    case 'deadline-agreement':
    case 'spot-check-news':
    case 'sheet-ready':
    case 'shared-pupils':
    case 'units-changed':
    case 'extended':
    case 'extension-ended':
    case 'finding-recorded':
    case 'nudge':
    case 'announcement':
    case 'unit-unreached':
    case 'colleague-left':
    case 'unit-vacant':
    case 'vacancies':
    case 'certifier-switched':
      return notice.unitId
    case 'reminder':
      // Each of several cards speaks for its own duty.
      return (notice.duties?.length ?? 1) > 1 ? null : notice.unitId
    case 'duty-changed':
      return appointmentById(tx, notice.appointmentId)?.unitId ?? null
    case 'submission-waits':
    case 'submission-sent-back':
      return submissionById(tx, notice.submissionId)?.unitId ?? null
    case 'drifted':
    case 'drift-gone':
      return placeOfDrift(tx, notice, duties)
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
    case 'late-tap-decided':
      return placeOfHeld(tx, notice)
    case 'late-taps-waiting':
    case 'weekly-card':
    case 'province-confirmed':
    case 'google-address-refused':
    case 'quota-warning':
    case 'letters-dead':
      return null
  }
}
