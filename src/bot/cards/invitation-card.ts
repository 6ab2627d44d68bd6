import type { Instant } from '../../db/ids.ts'
import type { Role } from '../../db/schema.ts'
import { pageAddress, pictureAddress } from '../join-link.ts'
import { INVITATION_CARD, INVITATION_PAGE } from '../words/invitation-page-words.ts'
import { JOIN } from '../words/join-words.ts'
import { ROLE } from '../words/terms.ts'
import { bubble, link } from './card.ts'
import type { Message } from './messages.ts'

/** The way to the page of an invitation; with its QR picture where LINE can fetch one, which is by https only. */
export function invitationCard(input: {
  web: string
  pageId: string
  unit: string
  role: Role
  expiresAt: Instant
}): Message {
  const { web, pageId, unit, role, expiresAt } = input
  const made = bubble({
    over: INVITATION_CARD.over,
    title: INVITATION_CARD.title,
    lines: [
      { kind: 'pair', label: JOIN.unit, value: unit },
      { kind: 'pair', label: JOIN.duty, value: ROLE[role] },
      { kind: 'text', text: INVITATION_PAGE.until(expiresAt) },
      { kind: 'small', text: INVITATION_CARD.how },
    ],
    buttons: [link(INVITATION_CARD.open, inBrowser(pageAddress(web, pageId)), 'primary')],
  })
  const hero = {
    type: 'image' as const,
    url: pictureAddress(web, pageId),
    size: 'full',
    aspectRatio: '1:1',
    aspectMode: 'fit' as const,
  }
  const contents = web.startsWith('https:') ? { ...made, hero } : made
  return { type: 'flex', altText: INVITATION_CARD.alt, contents }
}

/** LINE's own browser cannot print. */
const inBrowser = (address: string): string => `${address}?openExternalBrowser=1`
