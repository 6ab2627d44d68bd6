import type { drive_v3 } from 'googleapis/build/src/apis/drive/index.js'
import type { Instant } from '../db/ids.ts'
import type { SheetDeps } from './sheet-deps.ts'

/** What Drive knows about a file. Its last editor is Google's word on the file, not on any row. */
export type FileFacts = {
  version: string | null
  trashed: boolean
  locked: boolean
  /** Moved out of our shared drive: it can neither be followed nor locked there. */
  elsewhere: boolean
  /** The last edit was our own write-back. What people did before it was seen in the write's own answer. */
  byUs: boolean
  /** Null when the last edit was our own write-back: it says nothing about people. */
  edit: { editedAt: Instant; lastEditor: string | null } | null
}

export const FACT_FIELDS =
  'version,modifiedTime,trashed,driveId,lastModifyingUser(displayName,emailAddress),contentRestrictions(readOnly)'

export function toFileFacts(
  deps: Pick<SheetDeps, 'google' | 'clock' | 'driveId'>,
  file: drive_v3.Schema$File,
): FileFacts {
  const user = file.lastModifyingUser
  const ours = deps.google.identities.some((identity) => identity.email === user?.emailAddress)
  const editedAt = Date.parse(file.modifiedTime ?? '')
  return {
    version: file.version ?? null,
    trashed: file.trashed ?? false,
    elsewhere: typeof file.driveId === 'string' && file.driveId !== deps.driveId,
    byUs: ours,
    locked: (file.contentRestrictions ?? []).some((restriction) => restriction.readOnly === true),
    edit:
      ours || Number.isNaN(editedAt) ? null : { editedAt: deps.clock.toDomain(editedAt), lastEditor: namedUser(user) },
  }
}

export async function getFileFacts(
  deps: Pick<SheetDeps, 'google' | 'clock' | 'driveId'>,
  input: { spreadsheetId: string; urgent: boolean },
): Promise<FileFacts> {
  const answer = await deps.google.ask(
    { bucket: 'drive', urgent: input.urgent, what: 'ask who edited a sheet last' },
    ({ drive }) => drive.files.get({ fileId: input.spreadsheetId, supportsAllDrives: true, fields: FACT_FIELDS }),
  )
  return toFileFacts(deps, answer.data)
}

function namedUser(user: drive_v3.Schema$User | null | undefined): string | null {
  const { displayName, emailAddress } = user ?? {}
  if (displayName && emailAddress) return `${displayName} <${emailAddress}>`
  return displayName ?? emailAddress ?? null
}
