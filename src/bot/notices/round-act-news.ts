import { eq } from 'drizzle-orm'
import type { UnitId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { extensionEndings, extensions } from '../../db/schema.ts'
import { appointmentById } from '../../workflow/appointment-record.ts'
import { findingById } from '../../workflow/findings.ts'
import type { ActMeant } from '../../workflow/held-act.ts'
import { heldActById, heldActsWaiting } from '../../workflow/late-taps.ts'
import type { Notice } from '../../workflow/notice.ts'
import { owesNow } from '../../workflow/remind.ts'
import { roundById, windowOf } from '../../workflow/rounds.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { unitById } from '../../workflow/unit.ts'
import { type Card, type CardLine, say } from '../cards/card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { componentsOf } from '../commands/own-requests.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { dayAndTime, isoDay, until } from '../words/dates.ts'
import { refusalWords } from '../words/refusals.ts'
import { EVERYWHERE, EXTEND, EXTENDED, FOUND, LATE, LATE_DECIDED, meantWord } from '../words/round-act-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'

type Of<Type extends Notice['type']> = Extract<Notice, { type: Type }>

/** An extension that gives this unit time, or its end; what is owed by it is looked up at the moment of sending. */
export function extended(stage: Stage, notice: Of<'extended' | 'extension-ended'>): Message[] | null {
  const { tx } = stage
  const extension = tx.select().from(extensions).where(eq(extensions.id, notice.extensionId)).get()
  const ending = tx.select().from(extensionEndings).where(eq(extensionEndings.extensionId, notice.extensionId)).get()
  const scene = extension ? sceneAt(stage, { unitId: notice.unitId, roundId: extension.roundId }) : null
  if (!extension || !scene) return null
  const over = notice.type === 'extension-ended'
  // Ended before it was told: the end is told instead.
  if (!over && ending) return null
  const who = extension.unitId === null ? EVERYWHERE : unitById(tx, extension.unitId).name
  const [component] = componentsOf(scene.actor.level)
  const window = component ? windowOf(tx, { round: scene.round, unitId: notice.unitId, component }, scene.now) : null
  const open = window !== null && window.state !== 'closed'
  const lines: CardLine[] = [
    ...(over
      ? []
      : [{ kind: 'pair' as const, label: EXTEND.until, value: until(extension.until), tone: 'good' as const }]),
    { kind: 'pair', label: EXTEND.letter, value: (over ? ending?.letterNumber : extension.letterNumber) ?? '' },
    { kind: 'text', text: `${EXTEND.reason}: ${(over ? ending?.reason : extension.reason) ?? ''}` },
    ...(open && window ? [{ kind: 'pair' as const, label: EXTENDED.closes, value: until(window.closesAt) }] : []),
  ]
  if (!open) lines.push({ kind: 'text', text: EXTENDED.closed, tone: 'stop' })
  else if (owesNow(tx, { round: scene.round, unitId: notice.unitId }, scene.now))
    lines.push({ kind: 'text', text: EXTENDED.owes, strong: true })
  const card: Card = {
    over: `${roundWords(scene.round)} · ${scene.actor.unitName}`,
    title: over ? EXTENDED.endedTitle(who) : EXTENDED.title(who),
    lines,
    buttons: [say(BUTTON.status, SAY.status)],
  }
  return [cardMessage(card, over ? EXTENDED.endedAlt : EXTENDED.alt)]
}

/** Told to the department; drops out when everything has been decided on. */
export function lateTapsWaiting(stage: Stage, notice: Of<'late-taps-waiting'>): Message[] | null {
  const waiting = heldActsWaiting(stage.tx, notice.roundId).length
  return waiting > 0 ? [text(LATE.waiting(waiting))] : null
}

/** What the department decided on a person's late act, and what became of it. */
export function lateTapDecided(stage: Stage, notice: Of<'late-tap-decided'>): Message[] | null {
  const held = heldActById(stage.tx, notice.heldActId)
  if (!held || held.state === 'waiting') return null
  const accepted = held.state === 'accepted'
  const lines: CardLine[] = [
    { kind: 'pair', label: LATE_DECIDED.what, value: meantWord(held.input as ActMeant) },
    { kind: 'pair', label: LATE.tapped, value: dayAndTime(held.tappedAt) },
    { kind: 'pair', label: LATE.received, value: dayAndTime(held.receivedAt) },
  ]
  if (held.word) lines.push({ kind: 'text', text: `${LATE_DECIDED.reason}: ${withoutIds(held.word)}` })
  lines.push({ kind: 'rule' }, { kind: 'text', text: becameOf(stage.tx, held), strong: true })
  const card: Card = {
    over: `${roundWords(roundById(stage.tx, held.roundId))} · ${unitById(stage.tx, held.unitId).name}`,
    title: accepted ? LATE_DECIDED.accepted : LATE_DECIDED.refused,
    lines,
    buttons: [say(BUTTON.status, SAY.status)],
  }
  return [cardMessage(card, LATE_DECIDED.alt)]
}

function becameOf(tx: Tx, held: NonNullable<ReturnType<typeof heldActById>>): string {
  // Who tapped may be of a level above the unit that it was about.
  const by = unitById(tx, appointmentById(tx, held.appointmentId)?.unitId ?? held.unitId).level
  if (held.state === 'refused') return LATE_DECIDED.noEffect(by)
  if (held.outcome) {
    const words = refusalWords(held.outcome as Refusal, held.component, by)
    return `${LATE_DECIDED.inVain}: ${words.title} ${words.why}\n${words.next}`
  }
  return held.runId === null ? LATE_DECIDED.done : LATE_DECIDED.reading
}

/** R39: a confirmed pupil was found not to exist after the close. */
export function findingRecorded(stage: Stage, notice: Of<'finding-recorded'>): Message[] | null {
  const finding = findingById(stage.tx, notice.findingId)
  if (!finding) return null
  const row = finding.row === null ? '' : `${FOUND.row(finding.row)} `
  const card: Card = {
    over: `${roundWords(roundById(stage.tx, finding.roundId))} · ${finding.institutionName}`,
    title: FOUND.newsTitle,
    lines: [
      { kind: 'pair', label: FOUND.pupil, value: `${row}${finding.pupil}` },
      { kind: 'pair', label: FOUND.by, value: finding.personName },
      { kind: 'pair', label: FOUND.found, value: isoDay(finding.foundOn) },
      { kind: 'text', text: FOUND.way(finding.how) },
      { kind: 'rule' },
      { kind: 'small', text: FOUND.newsNote },
    ],
    buttons: [],
  }
  return [cardMessage(card, FOUND.newsAlt)]
}

/** The duty that a decision on a late act concerns. */
export function placeOfHeld(tx: Tx, notice: Of<'late-tap-decided'>): UnitId | null {
  return heldActById(tx, notice.heldActId)?.unitId ?? null
}
