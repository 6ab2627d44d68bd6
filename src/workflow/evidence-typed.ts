import { and, eq } from 'drizzle-orm'
import type {
  AnnouncementId,
  AppointmentId,
  FindingId,
  HeldActId,
  OutboxId,
  RequestId,
  RoundId,
  UnitChangeId,
  UnitId,
} from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import {
  announcements,
  appointments,
  componentStates,
  confirmations,
  findings,
  heldActs,
  outbox,
  reopeningRequests,
  reopeningSteps,
  submissions,
  unitChanges,
} from '../db/schema.ts'
import { DROPPED_BY_OPERATOR } from './dead-letters.ts'
import type { EventType } from './event-log.ts'

type Logged = { type: EventType; unitId: UnitId | null; roundId: RoundId | null; data: Record<string, unknown> }

/**
 * What a person typed with an act. The log keeps none of it: it stands in the tables, where it can be erased, and is looked up there
 * by the ids that the log names.
 */
export function typedWords(tx: Tx, event: Logged): string | null {
  const { data } = event
  const id = (name: string): number => (typeof data[name] === 'number' ? data[name] : 0)
  switch (event.type) {
    case 'reopening-asked':
      return (
        tx
          .select({ words: reopeningRequests.reason })
          .from(reopeningRequests)
          .where(eq(reopeningRequests.id, id('requestId') as RequestId))
          .get()?.words ?? null
      )
    case 'reopening-endorsed':
    case 'reopening-sent-back':
    case 'reopening-carried-out':
      return (
        tx
          .select({ words: reopeningSteps.word })
          .from(reopeningSteps)
          .where(eq(reopeningSteps.id, id('stepId')))
          .get()?.words ?? null
      )
    case 'cancelled':
      return (
        tx
          .select({ words: confirmations.cancelReason })
          .from(confirmations)
          .where(eq(confirmations.receiptNumber, String(data['receiptNumber'])))
          .get()?.words ?? null
      )
    case 'letter-dropped':
      return (
        tx
          .select({ words: outbox.error })
          .from(outbox)
          .where(eq(outbox.id, id('letter') as OutboxId))
          .get()
          ?.words?.replace(DROPPED_BY_OPERATOR, '') ?? null
      )
    case 'not-required-set':
      return notRequiredReason(tx, event)
    case 'late-tap-accepted':
    case 'late-tap-refused':
      return (
        tx
          .select({ words: heldActs.word })
          .from(heldActs)
          .where(eq(heldActs.id, id('heldActId') as HeldActId))
          .get()?.words ?? null
      )
    case 'finding-recorded':
      return (
        tx
          .select({ words: findings.how })
          .from(findings)
          .where(eq(findings.id, id('findingId') as FindingId))
          .get()?.words ?? null
      )
    case 'announcement-made':
      return (
        tx
          .select({ words: announcements.words })
          .from(announcements)
          .where(eq(announcements.id, id('announcementId') as AnnouncementId))
          .get()?.words || null
      )
    case 'submission-sent-back':
      return (
        tx
          .select({ words: submissions.word })
          .from(submissions)
          .where(eq(submissions.id, id('submissionId')))
          .get()?.words ?? null
      )
    case 'unit-closed':
    case 'unit-merged':
    case 'unit-reopened':
    case 'unit-moved':
    case 'unit-recoded':
    case 'unit-changed':
      return (
        tx
          .select({ words: unitChanges.reason })
          .from(unitChanges)
          .where(eq(unitChanges.id, id('changeId') as UnitChangeId))
          .get()?.words ?? null
      )
    case 'appointment-suspended':
    case 'appointment-ended':
      return appointmentReason(tx, event.type, id('of'))
    case 'extension-granted':
    case 'extension-ended':
      return typeof data['reason'] === 'string' ? data['reason'] : null
    default:
      return null
  }
}

function notRequiredReason(tx: Tx, event: Logged): string | null {
  if (event.unitId === null || event.roundId === null) return null
  const here = and(eq(componentStates.unitId, event.unitId), eq(componentStates.roundId, event.roundId))
  const rows = tx.select({ words: componentStates.notRequiredReason }).from(componentStates).where(here).all()
  return rows.find(({ words }) => words !== null)?.words ?? null
}

function appointmentReason(tx: Tx, type: EventType, of: number): string | null {
  const row = tx
    .select()
    .from(appointments)
    .where(eq(appointments.id, of as AppointmentId))
    .get()
  return (type === 'appointment-ended' ? row?.endedReason : row?.suspendedReason) ?? null
}
