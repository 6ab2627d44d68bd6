import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { invitationPages, invitations, type Role, type UnitLevel, units } from '../db/schema.ts'

const PAGE_ID = /^[A-Za-z0-9_-]{22}$/
const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/**
 * Gives an invitation a page of its own, to be shown or printed; returns the id for its address, which is kept nowhere. The code, of
 * which elsewhere only the hash stands, is sealed with that id: the address opens the page, the database alone does not.
 */
export function makeInvitationPage(tx: Tx, input: { invitationId: number; code: string }, now: Instant): string {
  const pageId = randomBytes(16).toString('base64url')
  const sealedCode = seal(input.code, pageId)
  const { invitationId } = input
  tx.insert(invitationPages)
    .values({ idHash: hashOf('id', pageId).toString('hex'), invitationId, sealedCode, createdAt: now })
    .run()
  return pageId
}

export type InvitationPage =
  | { state: 'open'; code: string; unitName: string; level: UnitLevel; role: Role; expiresAt: Instant }
  | { state: 'over'; why: 'used' | 'revoked' | 'expired' }

/** What stands on a page; null for an address that never was one. */
export function invitationPageOf(tx: Tx, pageId: string, now: Instant): InvitationPage | null {
  if (!PAGE_ID.test(pageId)) return null
  const found = tx
    .select({ page: invitationPages, invitation: invitations, unitName: units.name, level: units.level })
    .from(invitationPages)
    .innerJoin(invitations, eq(invitations.id, invitationPages.invitationId))
    .innerJoin(units, eq(units.id, invitations.unitId))
    .where(eq(invitationPages.idHash, hashOf('id', pageId).toString('hex')))
    .get()
  if (!found) return null
  const { page, invitation, unitName, level } = found
  if (invitation.usedAt !== null) return { state: 'over', why: 'used' }
  if (invitation.revokedAt !== null) return { state: 'over', why: 'revoked' }
  if (invitation.expiresAt <= now) return { state: 'over', why: 'expired' }
  const { role, expiresAt } = invitation
  return { state: 'open', code: unseal(page.sealedCode, pageId), unitName, level, role, expiresAt }
}

/** The id has 128 random bits: nothing slower than a hash is needed to make a key of it. */
const hashOf = (use: 'id' | 'key', pageId: string): Buffer =>
  createHash('sha256').update(`invitation-page-${use}:${pageId}`).digest()

function seal(code: string, pageId: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, hashOf('key', pageId), nonce, { authTagLength: TAG })
  const sealed = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

function unseal(sealedCode: string, pageId: string): string {
  const bytes = Buffer.from(sealedCode, 'base64url')
  const opener = createDecipheriv(CIPHER, hashOf('key', pageId), bytes.subarray(0, NONCE), { authTagLength: TAG })
  opener.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([opener.update(bytes.subarray(NONCE + TAG)), opener.final()]).toString('utf8')
}
