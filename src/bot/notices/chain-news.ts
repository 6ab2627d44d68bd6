import { receiptOf } from '../../workflow/confirmed-figures.ts'
import type { Notice } from '../../workflow/notice.ts'
import { roundById } from '../../workflow/rounds.ts'
import type { ConfirmWindow } from '../../workflow/rules/round-window.ts'
import { laoStatus, provinceStatus } from '../../workflow/status.ts'
import { afterCloseWay, isClosed } from '../cards/after-close.ts'
import { type CardLine, say } from '../cards/card.ts'
import { notRequired } from '../cards/lao-nothing-owed.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { RECEIPT } from '../words/confirm-words.ts'
import { dayAndTime, until } from '../words/dates.ts'
import { ALL_COMPLETE, ALL_IN, PROVINCE_DONE } from '../words/notice-words.ts'
import { EXTENDED } from '../words/round-act-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, dueLine, institutionsValue, LABEL, people, units } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'

/** The last institution of an LAO is in. Pointless once the overview is confirmed, or one has been reopened meanwhile. */
export function allIn(stage: Stage, notice: Extract<Notice, { type: 'all-institutions-confirmed' }>): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.laoId, roundId: notice.roundId })
  if (!scene) return null
  const { tx, round, actor, now } = scene
  const status = laoStatus(tx, { round, laoId: notice.laoId, actor }, now)
  const required = status.line.institutions.filter((child) => child.state !== 'not_required')
  if (status.overview || required.some((child) => child.state === 'open' || child.drifted)) return null
  // A late tap that the department accepted, or an extension of the institutions alone: the LAO's own time may be over.
  const closed = status.window.state === 'closed'
  const countsOpen =
    status.line.otherCounts === 'open' && !isClosed(scene, { unitId: notice.laoId, component: 'other_counts' })
  const card = {
    over: `${roundWords(round)} · ${status.unit.name}`,
    title: ALL_IN.title,
    lines: [
      {
        kind: 'pair' as const,
        label: LABEL.institutions,
        value: institutionsValue(required.length, required.length, status.counted),
      },
      { kind: 'pair' as const, label: LABEL.due, value: dueLine(status.window.dueAt, now) },
      ...extraTime(status.window),
      { kind: 'text' as const, text: closed ? afterCloseWay(scene) : ALL_IN.next, strong: true },
      ...(countsOpen ? [{ kind: 'text' as const, text: ALL_IN.counts }] : []),
    ],
    buttons: [
      ...(closed ? [] : [say(BUTTON.confirmOverview, SAY.confirmOverview, 'primary')]),
      ...(countsOpen ? [say(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts)] : []),
    ],
  }
  return [cardMessage(card, ALL_IN.alt)]
}

/** Time given after the round's close, by an extension or an accepted late act: until when the unit may go on. */
function extraTime(window: ConfirmWindow): CardLine[] {
  if (!window.extended || window.state === 'closed') return []
  return [{ kind: 'pair', label: EXTENDED.closes, value: until(window.closesAt) }]
}

/** The last LAO of a province is complete. */
export function allComplete(stage: Stage, notice: Extract<Notice, { type: 'all-laos-complete' }>): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.provinceId, roundId: notice.roundId })
  if (!scene) return null
  const { tx, round, actor, now } = scene
  const status = provinceStatus(tx, { round, provinceId: notice.provinceId, actor }, now)
  const required = status.laos.filter((lao) => !notRequired(lao))
  if (status.confirmation || required.some((lao) => !lao.complete)) return null
  const closed = status.window.state === 'closed'
  const card = {
    over: `${roundWords(round)} · ${status.unit.name}`,
    title: ALL_COMPLETE.title,
    lines: [
      { kind: 'pair' as const, label: LABEL.laos, value: units(required.length, required.length) },
      { kind: 'pair' as const, label: LABEL.due, value: dueLine(status.window.dueAt, now) },
      ...extraTime(status.window),
      { kind: 'text' as const, text: closed ? afterCloseWay(scene) : ALL_COMPLETE.next, strong: true },
    ],
    buttons: closed ? [] : [say(BUTTON.markChecked, SAY.markChecked, 'primary')],
  }
  return [cardMessage(card, ALL_COMPLETE.alt)]
}

/** R37, told to the LAOs and the department; dropped when the province was reopened before it went out. */
export function provinceDone(stage: Stage, notice: Extract<Notice, { type: 'province-confirmed' }>): Message[] | null {
  const receipt = receiptOf(stage.tx, notice.confirmationId)
  if (!receipt || receipt.confirmation.cancelledAt !== null) return null
  const card = {
    over: roundWords(roundById(stage.tx, receipt.confirmation.roundId)),
    title: PROVINCE_DONE.title(receipt.unitName),
    lines: [
      { kind: 'pair' as const, label: RECEIPT.number, value: receipt.confirmation.receiptNumber },
      { kind: 'pair' as const, label: RECEIPT.counted, value: people(receipt.counted) },
      { kind: 'pair' as const, label: RECEIPT.at, value: dayAndTime(receipt.at) },
      { kind: 'text' as const, text: PROVINCE_DONE.note },
    ],
    buttons: [],
  }
  return [cardMessage(card, PROVINCE_DONE.alt)]
}
