import type { Notice } from '../../workflow/notice.ts'
import type { ReopeningRequest } from '../../workflow/reopening.ts'
import { requestById, requestsWaitingAt, stepsOf } from '../../workflow/reopening-requests.ts'
import { unitById } from '../../workflow/unit.ts'
import { say } from '../cards/card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { requestCard } from '../cards/request-card.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { PROGRESS, REQUESTS } from '../words/reopening-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { COMPONENT } from '../words/terms.ts'

/** A request has come to this level. Pointless once somebody has acted on it. */
export function reopeningWaits(stage: Stage, notice: Extract<Notice, { type: 'reopening-waits' }>): Message[] | null {
  const request = requestById(stage.tx, notice.requestId)
  if (request?.state !== 'waiting' || !request.waitingAtUnitId) return null
  const scene = sceneAt(stage, { unitId: request.waitingAtUnitId, roundId: request.roundId })
  if (!scene) return null
  const position = requestsWaitingAt(stage.tx, request.waitingAtUnitId).findIndex(({ id }) => id === request.id)
  return [cardMessage(requestCard(scene, { request, number: position + 1 }), REQUESTS.alt)]
}

/** Each step of the way, to the one who asked. */
export function reopeningProgress(
  stage: Stage,
  notice: Extract<Notice, { type: 'reopening-progress' }>,
): Message[] | null {
  const request = requestById(stage.tx, notice.requestId)
  const step = stepsOf(stage.tx, notice.requestId).find((one) => one.id === notice.stepId)
  if (!request || !step) return null
  const by = unitById(stage.tx, step.unitId).name
  const card = {
    over: unitById(stage.tx, request.unitId).name,
    title: PROGRESS.title,
    chip: { text: COMPONENT[request.component], tone: 'calm' as const },
    lines: [{ kind: 'text' as const, text: stepWords(stage, { request, step, by }) }],
    buttons: [say(BUTTON.status, SAY.status)],
  }
  return [cardMessage(card, PROGRESS.alt)]
}

function stepWords(
  stage: Stage,
  input: { request: ReopeningRequest; step: ReturnType<typeof stepsOf>[number]; by: string },
): string {
  const { request, step, by } = input
  switch (step.act) {
    case 'asked':
      return PROGRESS.asked
    case 'endorsed':
      return PROGRESS.endorsed(by, nextAfter(stage, { request, step }))
    case 'carried_out':
      return PROGRESS.carriedOut(by)
    case 'sent_back':
      return PROGRESS.sentBack(by, step.word ?? '')
    case 'withdrawn':
      return PROGRESS.withdrawn
    case 'lapsed':
      return PROGRESS.lapsed(request.component)
  }
}

/** The unit above the one that consented: where the request went by that step, wherever it is by now. */
function nextAfter(
  stage: Stage,
  input: { request: ReopeningRequest; step: { unitId: ReopeningRequest['unitId'] } },
): string {
  const above = unitById(stage.tx, input.step.unitId).parentId
  return above ? unitById(stage.tx, above).name : ''
}
