import type { InboxId } from '../db/ids.ts'
import type { Tap } from '../workflow/act-time.ts'
import type { Actor } from '../workflow/actor.ts'
import type { Notice } from '../workflow/notice.ts'
import type { Round } from '../workflow/rounds.ts'
import type { Message } from './cards/messages.ts'
import type { Expecting } from './conversation.ts'
import type { Scene } from './scene.ts'

/** One thing that a person did in the chat, with everything that deciding on it needs. */
export type Talk = Omit<Scene, 'round'> & {
  round: Round | null
  lineUserId: string
  inboxId: InboxId
  tap: Tap
  duties: Actor[]
  expecting: Expecting | null
}

export type Turn = Talk & { round: Round }

/**
 * What the person gets: ready messages, a notice (rendered at its sending, known to the sender by its kind), or nothing now
 * because a job answers as soon as the sheet has been read.
 */
export type Answer = { messages: Message[] } | { notice: Notice } | { waits: true }

export const WAITS: Answer = { waits: true }

export const say = (...messages: Message[]): Answer => ({ messages })
