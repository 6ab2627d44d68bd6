import { joinLink, pageAddress } from '../bot/join-link.ts'
import { qrForTerminal } from '../bot/qr-picture.ts'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { makeInvitationPage } from '../workflow/invitation-page.ts'
import { ownAddresses } from '../workflow/own-addresses.ts'

/** Page and terminal QR of a code, as far as the product has told where it is found; empty before it ever ran. */
export function invitationWay(
  tx: Tx,
  input: { invitationId: number; code: string; terminal: boolean },
  now: Instant,
): string[] {
  const { invitationId, code, terminal } = input
  const { web, lineBasicId } = ownAddresses(tx)
  const page = web ? pageAddress(web, makeInvitationPage(tx, { invitationId, code }, now)) : null
  return [
    ...(page ? [`หน้า QR สำหรับพิมพ์ / page to print: ${page}`] : []),
    // Into a file or another program goes what can be read there.
    ...(lineBasicId && terminal ? [qrForTerminal(joinLink(lineBasicId, code))] : []),
  ]
}
