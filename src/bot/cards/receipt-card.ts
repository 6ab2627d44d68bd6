import type { Component } from '../../db/schema.ts'
import type { Receipt } from '../../workflow/confirmed-figures.ts'
import type { Round } from '../../workflow/rounds.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { RECEIPT, SYSTEM_NAME } from '../words/confirm-words.ts'
import { dayAndTime } from '../words/dates.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, people } from '../words/status-words.ts'
import { COMPONENT, round as roundWords } from '../words/terms.ts'
import { type Card, type CardLine, say } from './card.ts'

const DUE_FIELD: Record<Component, string> = {
  roster: 'institutionDueAt',
  overview: 'laoDueAt',
  other_counts: 'otherCountsDueAt',
  province: 'provinceDueAt',
}

/** The numbered receipt: which system, what, how many, by whom, when, and the log's head that shows a cut tail. */
export function receiptCard(receipt: Receipt, round: Round): Card {
  const { confirmation } = receipt
  const lines: CardLine[] = [
    { kind: 'pair', label: RECEIPT.number, value: confirmation.receiptNumber },
    { kind: 'pair', label: RECEIPT.system, value: SYSTEM_NAME },
    { kind: 'pair', label: RECEIPT.unit, value: receipt.unitName },
    { kind: 'pair', label: RECEIPT.component, value: COMPONENT[confirmation.component] },
    { kind: 'pair', label: RECEIPT.counted, value: people(receipt.counted), tone: 'good' },
    { kind: 'pair', label: RECEIPT.by, value: receipt.personName },
    { kind: 'pair', label: CERTIFIER.receipt, value: receipt.certifierName ?? '' },
    { kind: 'pair', label: RECEIPT.at, value: dayAndTime(receipt.at) },
    { kind: 'pair', label: RECEIPT.log, value: confirmation.headHash.slice(0, 12) },
  ]
  if (confirmation.afterDueAt !== null) {
    lines.push({
      kind: 'text',
      text: RECEIPT.afterDue(confirmation.afterDueAt, round.clauses[DUE_FIELD[confirmation.component]] ?? null),
      tone: 'wait',
    })
  }
  if (confirmation.cancelledAt !== null) {
    lines.push({ kind: 'text', text: RECEIPT.cancelled(confirmation.cancelledAt), tone: 'stop' })
  }
  lines.push({ kind: 'rule' }, { kind: 'text', text: RECEIPT.noUndo })
  return {
    over: roundWords(round),
    title: RECEIPT.title(confirmation.component),
    chip: { text: RECEIPT.chip, tone: 'good' },
    lines,
    buttons: [say(BUTTON.status, SAY.status)],
  }
}
