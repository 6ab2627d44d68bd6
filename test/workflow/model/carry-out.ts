import type { AppointmentId, HeldActId, HoldId, Instant, RequestId, UnitId } from '../../../src/db/ids.ts'
import type { Tx } from '../../../src/db/open.ts'
import type { Component, ExtensionScope } from '../../../src/db/schema.ts'
import type { Tap } from '../../../src/workflow/act-time.ts'
import type { Actor } from '../../../src/workflow/actor.ts'
import { acceptDeadline, proposeDeadline } from '../../../src/workflow/agreements.ts'
import { changeDuty, type DutyChange } from '../../../src/workflow/appointment-changes.ts'
import { attest } from '../../../src/workflow/attest.ts'
import { cancelDirectly } from '../../../src/workflow/cancel.ts'
import { switchCertifier } from '../../../src/workflow/certifier-switch.ts'
import { certify, sendBackSubmission, submitForCertifying } from '../../../src/workflow/certify.ts'
import { confirmOverview } from '../../../src/workflow/confirm-overview.ts'
import { confirmProvince, markLaos, setNotRequired } from '../../../src/workflow/confirm-province.ts'
import { startConfirm, startShow } from '../../../src/workflow/confirm-run.ts'
import { sheetRefusal } from '../../../src/workflow/confirm-sheet.ts'
import { decideHold } from '../../../src/workflow/decide-hold.ts'
import { endExtension, grantExtension } from '../../../src/workflow/extensions.ts'
import { decideHeldAct } from '../../../src/workflow/late-taps.ts'
import { passOn, requestReopening, sendBack, withdraw } from '../../../src/workflow/reopening.ts'
import type { Round } from '../../../src/workflow/rounds.ts'
import { type Decision, refuse } from '../../../src/workflow/rules/refusal.ts'
import { setInstitutionNotRequired } from '../../../src/workflow/spare-institution.ts'
import { unitById } from '../../../src/workflow/unit.ts'

type Sheet = 'roster' | 'other_counts'

/** What a button does when it is tapped; kept in the database under an opaque id, as the chat's buttons are. */
export type Meant =
  | { kind: 'show'; component: Sheet }
  | { kind: 'attest'; component: 'roster' | 'overview'; contentHash: string; counted: number }
  | { kind: 'confirm'; component: Component; seenHash: string; counted: number }
  | { kind: 'certify'; submissionId: number }
  | { kind: 'return-submission'; submissionId: number }
  | { kind: 'mark'; laos: { id: UnitId; shownHash: string }[] }
  | { kind: 'not-required'; unitId: UnitId }
  | { kind: 'cancel'; unitId: UnitId; component: Component }
  | { kind: 'ask'; component: Component }
  | { kind: 'pass-on'; requestId: RequestId; version: number }
  | { kind: 'send-back'; requestId: RequestId; version: number }
  | { kind: 'withdraw'; requestId: RequestId }
  | { kind: 'hold'; holdId: HoldId; decision: 'release' | 'refuse' }
  | { kind: 'decide-late'; heldActId: HeldActId; accept: boolean }
  | { kind: 'extend'; scope: ExtensionScope; unitId: UnitId | null; until: Instant }
  | { kind: 'end-extension'; extensionId: number }
  | { kind: 'duty'; appointmentId: AppointmentId; change: DutyChange }
  | { kind: 'certifier'; unitId: UnitId; on: boolean }
  | { kind: 'propose'; institutionId: UnitId; dueAt: Instant }
  | { kind: 'accept-deadline'; agreementId: number }

export type Result = { ok: true } | { ok: false; why: string }

const WORD = 'เหตุผลทดสอบ'
const LETTER = 'มท 0816.2/1'

/** Rights are judged when the button runs, as the bot does it. */
export function carryOut(
  tx: Tx,
  input: { meant: Meant; round: Round; actor: Actor; tap: Tap },
  now: Instant,
): Decision | Result {
  const { meant, round, actor, tap } = input
  const act = { round, actor, tap }
  switch (meant.kind) {
    case 'show': {
      const start = { ...act, ...tap, unitId: actor.unitId, component: meant.component, inboxId: null }
      if (actor.role !== 'officer' || !hasSheet(tx, actor, meant.component)) return refuse({ why: 'not-yours' })
      return startShow(tx, start, now)
    }
    case 'attest':
      return attestShown(tx, { ...act, meant }, now)
    case 'confirm':
      return confirm(tx, { ...act, meant }, now)
    case 'certify':
      return certify(tx, { ...act, submissionId: meant.submissionId, inboxId: null }, now)
    case 'return-submission':
      return sendBackSubmission(tx, { actor, submissionId: meant.submissionId, word: WORD }, now)
    case 'mark':
      return markLaos(tx, { ...act, laos: meant.laos }, now)
    case 'not-required':
      return unitById(tx, meant.unitId).level === 'lao'
        ? setNotRequired(tx, { ...act, laoId: meant.unitId, reason: WORD }, now)
        : setInstitutionNotRequired(tx, { ...act, institutionId: meant.unitId, reason: WORD }, now)
    case 'cancel':
      return cancelDirectly(tx, { ...act, unitId: meant.unitId, component: meant.component, reason: WORD }, now)
    case 'ask':
      return requestReopening(tx, { ...act, component: meant.component, category: 'wrong_data', reason: WORD }, now)
    case 'pass-on':
      return passOn(tx, { ...meant, actor, word: WORD, tap }, now)
    case 'send-back':
      return sendBack(tx, { ...meant, actor, word: WORD, tap }, now)
    case 'withdraw':
      return withdraw(tx, { actor, requestId: meant.requestId }, now)
    case 'hold':
      return decideHold(tx, { actor, holdId: meant.holdId, decision: meant.decision }, now)
    case 'decide-late':
      return decideHeldAct(tx, { actor, heldActId: meant.heldActId, accept: meant.accept, word: WORD }, now)
    case 'extend': {
      const { scope, unitId, until } = meant
      const wanted = { roundId: round.id, scope, unitId, until, actor, reason: WORD, letterNumber: LETTER }
      return grantExtension(tx, wanted, now)
    }
    case 'end-extension':
      return endExtension(tx, { actor, extensionId: meant.extensionId, reason: WORD, letterNumber: LETTER }, now)
    case 'duty':
      return changeDuty(tx, { ...act, appointmentId: meant.appointmentId, change: meant.change, reason: WORD }, now)
    case 'certifier':
      return switchCertifier(tx, { ...act, unitId: meant.unitId, on: meant.on }, now)
    case 'propose':
      return proposeDeadline(tx, { ...act, institutionIds: [meant.institutionId], dueAt: meant.dueAt }, now)
    case 'accept-deadline':
      return acceptDeadline(tx, { actor, tap, agreementId: meant.agreementId }, now)
  }
}

const hasSheet = (tx: Tx, actor: Actor, component: Sheet): boolean =>
  unitById(tx, actor.unitId).level === (component === 'roster' ? 'institution' : 'lao')

type Act<K extends Meant['kind']> = { round: Round; actor: Actor; tap: Tap; meant: Extract<Meant, { kind: K }> }

function attestShown(tx: Tx, input: Act<'attest'>, now: Instant): Decision {
  const { round, actor, meant } = input
  const { component, contentHash, counted } = meant
  const unitId = actor.unitId
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (component === 'roster') {
    const refusal = sheetRefusal(tx, { round, actor, unitId, component }, now)
    if (refusal) return refuse(refusal)
  } else if (actor.level !== 'lao') return refuse({ why: 'not-yours' })
  attest(tx, { actor, roundId: round.id, unitId, component, contentHash, counted }, now)
  return { ok: true }
}

function confirm(tx: Tx, input: Act<'confirm'>, now: Instant): Decision {
  const { round, actor, tap, meant } = input
  const { component, seenHash, counted } = meant
  if (component === 'overview') return confirmOverview(tx, { round, actor, tap, seenHash }, now)
  if (component === 'province') return confirmProvince(tx, { round, actor, tap, seenHash }, now)
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  if (!hasSheet(tx, actor, component)) return refuse({ why: 'not-yours' })
  if (component === 'roster' && unitById(tx, actor.unitId).certifierRequired)
    return submitForCertifying(tx, { round, actor, seenHash, counted, tap }, now)
  const start = { round, actor, ...tap, unitId: actor.unitId, component, seenHash, inboxId: null }
  return startConfirm(tx, start, now)
}
