import type { May } from '../workflow/status.ts'
import { institutionStatus, laoStatus, provinceStatus } from '../workflow/status.ts'
import type { Talk } from './turn.ts'
import { DUTY_HELP } from './words/appointment-words.ts'
import { DRIFT } from './words/drift-words.ts'
import { refusalWords } from './words/refusals.ts'
import { HELP } from './words/round-words.ts'
import { SAY } from './words/say.ts'

/** One thing that a person can type; `notNow` says why it would be refused at this moment. */
export type HelpEntry = { word: string; meaning: string; notNow?: string }

const entry = (word: string, meaning: string): HelpEntry => ({ word, meaning })

/** What a duty is for, and what everybody can look at. */
export function helpEntries(talk: Talk): { work: HelpEntry[]; looks: HelpEntry[] } {
  const { actor, duties } = talk
  const looks = [
    entry(SAY.status, HELP.status),
    entry(SAY.deadlines, HELP.deadlines),
    entry(SAY.inCharge, HELP.inCharge(actor.level)),
    entry(SAY.history, HELP.history),
    ...(actor.level === 'institution' ? [] : [entry(HELP.historyExample, HELP.historyOf)]),
    entry(SAY.settings, HELP.settings),
    ...(duties.length > 1 ? [entry(SAY.switchDuty, HELP.switchDuty)] : []),
    entry(SAY.leave, HELP.leave),
  ]
  return { work: workOf(talk), looks }
}

function workOf(talk: Talk): HelpEntry[] {
  const { actor } = talk
  if (actor.role === 'certifier') return [entry(SAY.confirm, DUTY_HELP.certify)]
  if (actor.role === 'executive') return [entry(SAY.left, HELP.left)]
  if (actor.role !== 'officer') return []
  switch (actor.level) {
    case 'institution':
      return [...institutionActs(talk), ...OF_INSTITUTION]
    case 'lao':
      return [...laoActs(talk), ...OF_LAO]
    case 'province':
      return [...provinceActs(talk), ...OF_PROVINCE]
    case 'department':
      return OF_DEPARTMENT
  }
}

/** An act of one's own, with what stands in its way now; a sheet that was never read is read by the act itself. */
const act = (word: string, meaning: string, may: May | undefined): HelpEntry =>
  may && may.why !== 'never-read' ? { word, meaning, notNow: refusalWords(may).title } : { word, meaning }

function institutionActs({ tx, round, actor, now }: Talk): HelpEntry[] {
  const may = round ? institutionStatus(tx, { round, institutionId: actor.unitId, actor }, now).may : null
  return [
    act(SAY.confirm, HELP.confirmInstitution, may?.confirm),
    act(SAY.askReopening, HELP.askReopening, may?.requestReopening),
  ]
}

function laoActs({ tx, round, actor, now }: Talk): HelpEntry[] {
  const may = round ? laoStatus(tx, { round, laoId: actor.unitId, actor }, now).may : null
  const either = (one: May | undefined, other: May | undefined): May | undefined => (one && other ? one : undefined)
  return [
    act(SAY.confirm, HELP.confirmLao, either(may?.confirmOverview, may?.confirmOtherCounts)),
    act(SAY.askReopening, HELP.askReopening, either(may?.reopenOverview, may?.reopenOtherCounts)),
  ]
}

function provinceActs({ tx, round, actor, now }: Talk): HelpEntry[] {
  const may = round ? provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now).may : null
  return [
    entry(SAY.markChecked, HELP.markChecked),
    act(SAY.confirm, HELP.confirmProvince, may?.confirm),
    act(SAY.askReopening, HELP.askReopening, may?.requestReopening),
  ]
}

const SHARED: readonly HelpEntry[] = [entry(SAY.sharedPupils, HELP.sharedPupils)]
const DRIFTED: readonly HelpEntry[] = [entry(SAY.driftOf, DRIFT.help)]
const AGREE: readonly HelpEntry[] = [entry(SAY.agree, HELP.agree)]
const EMAIL: readonly HelpEntry[] = [entry(HELP.emailExample, HELP.email)]
const LATER: readonly HelpEntry[] = [entry(SAY.handover, HELP.handover), entry(SAY.linkGroup, HELP.linkGroup)]
const BELOW: readonly HelpEntry[] = [
  entry(SAY.left, HELP.left),
  entry(HELP.nudgeExample, HELP.nudge),
  entry(SAY.requests, HELP.requests),
  entry(HELP.cancelExample, HELP.cancel),
]
const APPOINTED: readonly HelpEntry[] = [
  entry(HELP.inviteExample, HELP.invite),
  entry(SAY.invitations, DUTY_HELP.invitations),
  entry(DUTY_HELP.peopleExample, DUTY_HELP.people),
]
const FOUND = entry(SAY.found, HELP.found)
const ANNOUNCE = entry(SAY.announce, HELP.announce)
const OFFICIAL = entry(SAY.officialReminder, HELP.officialReminder)

const OF_INSTITUTION: readonly HelpEntry[] = [
  ...DRIFTED,
  ...SHARED,
  ...AGREE,
  entry(SAY.certifierOn, DUTY_HELP.certifier),
  ...EMAIL,
  ...LATER,
]
const OF_LAO: readonly HelpEntry[] = [
  ...BELOW,
  entry(SAY.checkCounts, HELP.checkCounts),
  ...DRIFTED,
  ...SHARED,
  ...AGREE,
  entry(HELP.spareExample, HELP.spare),
  FOUND,
  ANNOUNCE,
  OFFICIAL,
  ...APPOINTED,
  entry(DUTY_HELP.certifierExample, DUTY_HELP.certifierOf),
  ...EMAIL,
  ...LATER,
]
const OF_PROVINCE: readonly HelpEntry[] = [
  entry(HELP.notRequiredExample, HELP.notRequired),
  ...BELOW,
  ...SHARED,
  entry(SAY.spotCheck, HELP.spotCheck),
  FOUND,
  ANNOUNCE,
  OFFICIAL,
  ...APPOINTED,
  ...LATER,
]
const OF_DEPARTMENT: HelpEntry[] = [
  ...BELOW,
  ...SHARED,
  entry(SAY.extend, HELP.extend),
  entry(SAY.lateTaps, HELP.lateTaps),
  FOUND,
  ANNOUNCE,
  ...APPOINTED,
  ...LATER,
]
