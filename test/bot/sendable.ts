import { messageProblems } from '../../src/sandbox/line/message-rules/message-rules.ts'
import { openLineSpecs } from '../conformance/line-openapi.ts'
import { linesOf } from '../world/message-text.ts'

const specs = openLineSpecs()
if (!specs) console.warn('SKIPPED: ../shared/specs is not at hand, messages are not held against LINE’s OpenAPI')

/** Thirteen digits; not those inside a seed or a hash in hexadecimal. */
const WHOLE_ID = /(?<![\da-f])\d(?:[\s-]?\d){12}(?![\da-f])/

/** Everything that would keep LINE from taking these messages, or a person from being served well by them. */
export function faultsOf(messages: readonly Record<string, unknown>[]): string[] {
  const faults = messages.flatMap((message, index) =>
    messageProblems(message, index).map((one) => `${one.property} ${one.message}`),
  )
  const body = { to: `U${'0'.repeat(32)}`, messages }
  if (specs) faults.push(...specs.checkRequest('POST', '/v2/bot/message/push', body))
  if (messages.length > 5) faults.push(`${messages.length} messages in one answer`)
  for (const message of messages) {
    const alt = String(message['altText'] ?? '')
    if (/ทดสอบ|สมมติ|ผู้รับผิดชอบ [a-z]/.test(alt)) faults.push(`a name in the alternative text: ${alt}`)
    const words = linesOf(message).join('\n')
    if (WHOLE_ID.test(words)) faults.push(`a whole pupil number: ${words}`)
    if (/undefined|null|NaN|\[object/.test(words)) faults.push(`machine words: ${words}`)
  }
  return faults
}
