import { createHash, randomBytes } from 'node:crypto'

/** 44 characters, as Google's file ids are; the leading 1 is how ids of spreadsheets start. */
export function newFileId(): string {
  return `1${randomBytes(33).toString('base64url').slice(0, 43)}`
}

export function newDriveId(): string {
  return `0A${randomBytes(12).toString('base64url').slice(0, 12)}Uk9PVA`
}

export function newNumericId(): number {
  return randomBytes(4).readUInt32BE() & 0x7fffffff
}

/** Google names a grantee by the same digits on every file. */
export function permissionIdOf(grantee: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(grantee.toLowerCase()).digest('hex').slice(0, 16)}`).toString()
  return digits.padStart(20, '0').slice(0, 20)
}
