import { text } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { INSTEAD } from '../words/answers.ts'
import { JOIN } from '../words/join-words.ts'
import { nextWords } from '../words/quick-replies.ts'

export type InsteadOfWords = Exclude<keyof typeof INSTEAD, 'next'>

/** Something without words: what was not done with it, and what this person can type. */
export const answerWordless = (talk: Pick<Talk, 'actor'>, what: InsteadOfWords): Answer =>
  say(text(`${INSTEAD[what]}\n${INSTEAD.next(nextWords(talk.actor))}`))

/** The same for somebody without a duty. */
export const newcomerWordless = (what: InsteadOfWords): Answer => say(text(`${INSTEAD[what]}\n${JOIN.how}`))

const KINDS: readonly string[] = ['sticker', 'image', 'video', 'audio', 'file', 'location']

/** LINE's kinds of messages that are no text; newer ones are unknown. */
export const kindOfMessage = (type: string): InsteadOfWords =>
  KINDS.includes(type) ? (type as InsteadOfWords) : 'unknown'
