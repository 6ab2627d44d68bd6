import { driveError } from '../google-error.ts'

export function writePageToken(position: number): string {
  return `~!!~${Buffer.from(String(position)).toString('base64url')}`
}

export function readPageToken(token: string | null): number {
  if (token === null || token === '') return 0
  const position = Number(Buffer.from(token.replace(/^~!!~/, ''), 'base64url').toString())
  if (!token.startsWith('~!!~') || !Number.isInteger(position)) {
    throw driveError(400, 'invalid', 'Invalid Value', { location: 'pageToken' })
  }
  return position
}
