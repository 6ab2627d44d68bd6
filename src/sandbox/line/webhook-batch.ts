import type { WaitingEvent } from './webhook-backlog.ts'

const batchSize = 20

/**
 * Which of the waiting events may go out now in one call: in order within a chat, of several chats together, first
 * deliveries apart from redeliveries. An event that is held back on purpose lets later ones of its chat pass.
 */
export function nextBatch(options: {
  waiting: readonly WaitingEvent[]
  busy: ReadonlySet<string>
  now: number
}): WaitingEvent[] {
  const stopped = new Set(options.busy)
  const batch: WaitingEvent[] = []
  for (const event of options.waiting) {
    if (batch.length >= batchSize) break
    if (stopped.has(event.chatKey)) continue
    if (event.nextAt > options.now) {
      if (event.held === 0) stopped.add(event.chatKey)
      continue
    }
    const first = batch[0]
    if (first && isRepeat(first) !== isRepeat(event)) {
      stopped.add(event.chatKey)
      continue
    }
    batch.push(event)
  }
  return batch
}

const isRepeat = (event: WaitingEvent) => event.attempts > 0
