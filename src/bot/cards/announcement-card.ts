import type { Announcement, Said } from '../../workflow/announcements.ts'
import { RECEIVED } from '../words/announcement-words.ts'
import { type Card, type CardLine, say } from './card.ts'

/**
 * An announcement as it is received: the same for everyone of a level, so that it can go by multicast. Its buttons say commands with
 * the announcement's number; who may do what is judged when they are heard.
 */
export function announcementCard(input: { announcement: Announcement; said: Said[]; mayPassOn: boolean }): Card {
  const { announcement, said, mayPassOn } = input
  const { id } = announcement
  const [first, ...added] = said
  const acknowledge = say(RECEIVED.acknowledge, RECEIVED.typed(id), 'primary')
  return {
    over: first ? RECEIVED.from(first.unitName) : '',
    title: RECEIVED.title(id),
    lines: [...(first ? [...saidLines(first)] : []), ...added.flatMap(addedLines)],
    buttons: mayPassOn ? [acknowledge, say(RECEIVED.passOn, RECEIVED.passOnTyped(id))] : [acknowledge],
  }
}

/** What is announced, line by line as it was typed, and under which letter. */
export function saidLines(said: Pick<Said, 'words' | 'letterNumber'> & Partial<Said>): CardLine[] {
  const lines: CardLine[] = said.words.split('\n').map((text) => ({ kind: 'text', text }))
  if (said.letterNumber) lines.push({ kind: 'small', text: `ตามหนังสือ ${said.letterNumber}` })
  if (said.at !== undefined) lines.push({ kind: 'small', text: RECEIVED.issued(said.by ?? null, said.at) })
  return lines
}

function addedLines(said: Said): CardLine[] {
  if (said.words === '') return [{ kind: 'rule' }, { kind: 'small', text: RECEIVED.passedOnBy(said.unitName) }]
  return [{ kind: 'rule' }, { kind: 'text', text: RECEIVED.added(said.unitName), strong: true }, ...saidLines(said)]
}
