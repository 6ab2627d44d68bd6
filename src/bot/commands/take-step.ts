import { attest } from '../../workflow/attest.ts'
import { submitForCertifying } from '../../workflow/certify.ts'
import { confirmOverview, overviewRefusal, overviewShown } from '../../workflow/confirm-overview.ts'
import { confirmProvince, markLaos } from '../../workflow/confirm-province.ts'
import { startConfirm } from '../../workflow/confirm-run.ts'
import { rosterOf, sheetRefusal } from '../../workflow/confirm-sheet.ts'
import { decideHold } from '../../workflow/decide-hold.ts'
import { provinceStatus } from '../../workflow/status.ts'
import { unitById } from '../../workflow/unit.ts'
import type { BotAction } from '../bot-action.ts'
import { say as sayButton } from '../cards/card.ts'
import { secondStep } from '../cards/confirm-steps.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { markCard, provinceConfirmCard } from '../cards/overview-card.ts'
import { type Answer, say, type Turn, WAITS } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { PROVINCE } from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { refusalOf, refused } from './refused.ts'

type Action<Type extends BotAction['type']> = Extract<BotAction, { type: Type }>

/** R28: records the attestation of exactly what was shown, if it still is what the system holds; then asks once more. */
export function takeAttest(turn: Turn, action: Action<'attest'>): Answer {
  const { tx, round, actor, now } = turn
  const { component, contentHash, counted } = action
  const again = { component, buttons: [sayButton(BUTTON.confirm, SAY.confirm, 'primary')] }
  const refusal =
    component === 'roster'
      ? sheetRefusal(tx, { round, actor, unitId: actor.unitId, component }, now)
      : overviewRefusal(tx, { round, actor }, now)
  if (refusal) return refused(turn, refusal, again)
  const held =
    component === 'roster'
      ? rosterOf(tx, round.id, actor.unitId)?.contentHash
      : overviewShown(tx, { round, laoId: actor.unitId }, now).hash
  if (held !== contentHash) return refused(turn, { why: 'changed-since-shown' }, again)
  attest(tx, { actor, roundId: round.id, unitId: actor.unitId, component, contentHash, counted }, now)
  return say(secondStep(turn, { component, seenHash: contentHash, counted, attested: true }))
}

/** The confirmation itself. What lives in a sheet is read once more by the job, which answers with the receipt. */
export function takeConfirm(turn: Turn, action: Action<'confirm'>): Answer {
  const { tx, round, actor, tap, now } = turn
  const { component, seenHash } = action
  const again = { component, buttons: [sayButton(BUTTON.status, SAY.status)] }
  if (component === 'roster' && unitById(tx, actor.unitId).certifierRequired) return submitToCertifier(turn, action)
  if (component === 'roster' || component === 'other_counts') {
    const started = startConfirm(
      tx,
      { round, actor, unitId: actor.unitId, component, inboxId: turn.inboxId, ...tap, seenHash },
      now,
    )
    return started.ok ? WAITS : refused(turn, refusalOf(started), again)
  }
  const confirm = component === 'overview' ? confirmOverview : confirmProvince
  const decision = confirm(tx, { round, actor, tap, seenHash }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision), again)
  return { notice: { type: 'receipt', confirmationId: decision.confirmation.id } }
}

/** The officer's last tap where a second person certifies: what was seen goes to that person. */
function submitToCertifier(turn: Turn, action: Action<'confirm'>): Answer {
  const { tx, round, actor, tap, now } = turn
  const { seenHash, counted } = action
  const decision = submitForCertifying(tx, { round, actor, seenHash, counted, tap }, now)
  if (!decision.ok)
    return refused(turn, refusalOf(decision), { component: 'roster', buttons: [sayButton(BUTTON.status, SAY.status)] })
  return say(text(CERTIFIER.submitted(decision.certifiers)))
}

/** The province's mark on exactly the LAOs that were shown; what changed since is named and left unmarked. */
export function takeMark(turn: Turn, action: Action<'mark'>): Answer {
  const { tx, round, actor, now } = turn
  const decision = markLaos(tx, { round, actor, laos: action.laos, tap: turn.tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const messages = [text(PROVINCE.marked(decision.marked))]
  if (decision.changed.length > 0)
    messages.push(text(PROVINCE.changed(decision.changed.map((lao) => lao.name).join(', '))))
  const status = provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now)
  const next = markCard(turn, status)
  if (next) return say(...messages, cardMessage(next, PROVINCE.markAlt))
  if (status.may.confirm === null) return say(...messages, cardMessage(provinceConfirmCard(turn, status), PROVINCE.alt))
  return say(...messages)
}

export function takeHold(turn: Turn, action: Action<'hold'>): Answer {
  const { actor, tap } = turn
  const { holdId, decision } = action
  const shownRefused = action.refused ?? false
  const decided = decideHold(turn.tx, { actor, holdId, decision, shownRefused, tap }, turn.now)
  if (decided.ok) {
    return say(text(decision === 'release' ? ANSWERS.holdReleased(decided.missing) : ANSWERS.holdRefused))
  }
  if (decided.why === 'already-decided') return say(text(ANSWERS.holdDecided(decided.by, decided.at)))
  return refused(turn, refusalOf(decided), { component: 'roster' })
}
