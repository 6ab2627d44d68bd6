import { expect, it } from 'vitest'
import type { Command } from '../../src/bot/command.ts'
import { understand } from '../../src/bot/understand.ts'
import { SAY } from '../../src/bot/words/say.ts'
import { makeGallery } from '../../src/demo/gallery/make-gallery.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { linesOf } from '../world/message-text.ts'
import { faultsOf } from './sendable.ts'

const exhibits = makeGallery()

/** A new type fails the type check until it stands here, and this test until the gallery's story shows it. */
const NOTICES: Record<Notice['type'], true> = {
  receipt: true,
  'read-back': true,
  'confirm-refused': true,
  'all-institutions-confirmed': true,
  'all-laos-complete': true,
  'province-confirmed': true,
  'reopening-waits': true,
  'reopening-progress': true,
  cancelled: true,
  'hold-opened': true,
  drifted: true,
  'drift-gone': true,
  'google-address-refused': true,
  'sheet-ready': true,
  'shared-pupils': true,
  'deadline-agreement': true,
  'spot-check-news': true,
  'units-changed': true,
  extended: true,
  'extension-ended': true,
  'late-taps-waiting': true,
  'late-tap-decided': true,
  'finding-recorded': true,
  'duty-changed': true,
  'colleague-left': true,
  'unit-vacant': true,
  vacancies: true,
  'certifier-switched': true,
  'submission-waits': true,
  'submission-sent-back': true,
  nudge: true,
  announcement: true,
  'weekly-card': true,
  'unit-unreached': true,
  reminder: true,
  'quota-warning': true,
  'letters-dead': true,
}

const COMMANDS: Record<Command['kind'], true> = {
  status: true,
  left: true,
  nudge: true,
  'check-counts': true,
  drift: true,
  confirm: true,
  attest: true,
  'not-yet': true,
  'mark-checked': true,
  'not-required': true,
  'ask-reopening': true,
  withdraw: true,
  requests: true,
  'pass-on': true,
  'send-back': true,
  cancel: true,
  deadlines: true,
  help: true,
  'in-charge': true,
  invite: true,
  invitations: true,
  'revoke-invitation': true,
  'change-duty': true,
  certifier: true,
  'switch-duty': true,
  accept: true,
  decline: true,
  'join-code': true,
  join: true,
  email: true,
  name: true,
  hold: true,
  'shared-pupils': true,
  'ask-release': true,
  'state-evidence': true,
  'keep-at': true,
  'agree-deadline': true,
  'accept-deadline': true,
  'spot-check': true,
  'spot-result': true,
  'spot-note': true,
  extend: true,
  'extend-sure': true,
  'end-extension': true,
  'end-extension-sure': true,
  'late-taps': true,
  'decide-late': true,
  'found-later': true,
  'found-sure': true,
  history: true,
  settings: true,
  'thai-numerals': true,
  'quiet-hours': true,
  question: true,
  'look-up': true,
  'for-unit': true,
  wordless: true,
  announce: true,
  'announce-sure': true,
  acknowledge: true,
  'pass-on-announcement': true,
  'who-acknowledged': true,
  'repeat-announcement': true,
  'link-group': true,
  'unlink-group': true,
  'official-reminder': true,
  handover: true,
  leave: true,
  'leave-sure': true,
  greeting: true,
  thanks: true,
  stop: true,
  unknown: true,
}

it('shows no message that LINE would refuse or a person could not use, in any state, for any duty', () => {
  const faults = exhibits.flatMap((one) =>
    faultsOf(one.messages).map((fault) => `${one.part} › ${one.title}: ${fault}`),
  )
  expect(faults).toEqual([])
  expect(exhibits.length).toBeGreaterThan(600)
})

it('answers everybody who says something', () => {
  const silent = exhibits.filter((one) => one.said !== null && one.messages.length === 0)
  expect(silent).toEqual([])
})

it('shows everything that people are told, at least once', () => {
  const shown = new Set(exhibits.map((one) => one.notice))
  expect(Object.keys(NOTICES).filter((type) => !shown.has(type))).toEqual([])
})

it('shows an answer to every command, at least once', () => {
  const said = exhibits.flatMap((one) => one.said ?? [])
  const shown = new Set(said.map((text) => understand(text.replace('@LEC Confirm ', '')).kind as string))
  expect(Object.keys(COMMANDS).filter((kind) => !shown.has(kind))).toEqual([])
})

it('leads from ช่วยเหลือ to every command that somebody begins with', () => {
  const help = exhibits
    .filter((one) => one.said === SAY.help)
    .flatMap((one) => one.messages.flatMap(linesOf))
    .join('\n')
  const FIRST = [
    ...[SAY.status, SAY.confirm, SAY.askReopening, SAY.withdraw, SAY.requests, SAY.cancel, SAY.notRequired, SAY.left],
    ...[
      SAY.deadlines,
      SAY.inCharge,
      SAY.history,
      SAY.settings,
      SAY.leave,
      SAY.handover,
      SAY.linkGroup,
      SAY.unlinkGroup,
    ],
    ...[SAY.nudge, SAY.nudgeAll, SAY.checkCounts, SAY.markChecked, SAY.agree, SAY.sharedPupils, SAY.driftOf],
    ...[SAY.spotCheck, SAY.found, SAY.extend, SAY.endExtension, SAY.lateTaps, SAY.announce, SAY.officialReminder],
    ...[SAY.invite, SAY.invitations, SAY.email, SAY.certifierOn, SAY.certifierOff, SAY.inviteCertifier],
  ]
  expect(FIRST.filter((word) => !help.includes(word))).toEqual([])
})

it('has one button at most that stands out, on every card, and prints what may be typed instead of its buttons', () => {
  const faults = exhibits.flatMap((one) =>
    one.messages.flatMap(bubblesOf).flatMap((bubble) => {
      const { primary, typable } = buttonsIn(bubble)
      const printed = JSON.stringify(bubble).includes('พิมพ์')
      return primary > 1 || (typable > 0 && !printed) ? [`${one.part} › ${one.title}: ${primary}, ${typable}`] : []
    }),
  )
  expect(faults).toEqual([])
})

function bubblesOf(message: Record<string, unknown>): unknown[] {
  const contents = message['contents'] as { type: string; contents?: unknown[] } | undefined
  if (!contents) return []
  return contents.type === 'carousel' ? (contents.contents ?? []) : [contents]
}

function buttonsIn(value: unknown): { primary: number; typable: number } {
  if (typeof value !== 'object' || value === null) return { primary: 0, typable: 0 }
  const { type, style, action } = value as { type?: string; style?: string; action?: { type: string } }
  const own = type === 'button'
  const inside = Object.values(value).map(buttonsIn)
  return {
    primary: inside.reduce((sum, one) => sum + one.primary, own && style === 'primary' ? 1 : 0),
    typable: inside.reduce((sum, one) => sum + one.typable, own && action?.type !== 'uri' ? 1 : 0),
  }
}
