import { googleAddressOf } from '../../workflow/google-address.ts'
import type { Notice } from '../../workflow/notice.ts'
import { type Message, text } from '../cards/messages.ts'
import type { Stage } from '../stage.ts'
import { ADDRESS_REFUSED } from '../words/notice-words.ts'

/** Google knows no such account: asks for another one. Pointless once another address was given. */
export function addressRefused(
  stage: Stage,
  notice: Extract<Notice, { type: 'google-address-refused' }>,
): Message[] | null {
  const { tx, personId } = stage
  if (personId === null || googleAddressOf(tx, personId)?.email !== notice.email) return null
  return [text(ADDRESS_REFUSED.text(notice.email))]
}
