import { and, eq, gt, isNull, lte, ne, or } from 'drizzle-orm'
import type { Instant, PersonId, UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { appointments, googleAddresses, sheetFiles } from '../db/schema.ts'
import { googleFailureOf } from './google-errors.ts'
import type { AddressAnswer, SheetDeps, SheetFile } from './sheet-deps.ts'

export type Shared = { answers: AddressAnswer[]; removed: string[] }

/**
 * Gives the unit's appointed officers the right to edit their sheet and takes it from those who are no more: the file's
 * `sharedWith` follows the appointments. An address that is no Google account is marked refused and never tried again.
 */
export async function shareFile(deps: SheetDeps, file: SheetFile): Promise<Shared> {
  const { spreadsheetId } = file
  if (!spreadsheetId) return { answers: [], removed: [] }
  const wanted = transact(deps.db, (tx) => officersAddresses(tx, { unitId: file.unitId, now: deps.clock.now() }))
  const answers: AddressAnswer[] = []
  for (const address of wanted) {
    if (file.sharedWith.includes(address.email)) continue
    const state = await addEditor(deps, { spreadsheetId, email: address.email })
    const { personId, email } = address
    const answer = { personId, unitId: file.unitId, roundId: file.roundId, email, state }
    answers.push(answer)
    transact(deps.db, (tx) => {
      tx.update(googleAddresses).set({ state }).where(eq(googleAddresses.id, address.id)).run()
      if (state === 'accepted') rememberShare(tx, { file, change: (list) => [...list, address.email] })
      deps.onAddress?.(tx, answer)
    })
  }
  const removed = file.sharedWith.filter((email) => !wanted.some((address) => address.email === email))
  for (const email of removed) {
    await removeEditor(deps, { spreadsheetId, email })
    transact(deps.db, (tx) => rememberShare(tx, { file, change: (list) => list.filter((one) => one !== email) }))
  }
  return { answers, removed }
}

type OfficerAddress = { id: number; personId: PersonId; email: string }

/** Addresses of the unit's officers at `now`, in lower case; refused ones are left out. */
export function officersAddresses(tx: Tx, input: { unitId: UnitId; now: Instant }): OfficerAddress[] {
  return [...(allOfficersAddresses(tx, input).get(input.unitId)?.values() ?? [])]
}

/** The same for every unit, or for one: unit > e-mail > address. */
export function allOfficersAddresses(
  tx: Tx,
  input: { unitId?: UnitId; now: Instant },
): Map<UnitId, Map<string, OfficerAddress>> {
  const rows = addressRows(tx, { ...input, state: 'usable' })
  const byUnit = new Map<UnitId, Map<string, OfficerAddress>>()
  for (const { unitId, id, personId, email } of rows) {
    const ofUnit = byUnit.get(unitId) ?? new Map<string, OfficerAddress>()
    ofUnit.set(email.toLowerCase(), { id, personId, email: email.toLowerCase() })
    byUnit.set(unitId, ofUnit)
  }
  return byUnit
}

/** Current addresses of appointed officers; one that Google refused is not usable. */
function addressRows(tx: Tx, input: { unitId?: UnitId; now: Instant; state: 'usable' | 'refused' }) {
  return tx
    .select({
      id: googleAddresses.id,
      personId: googleAddresses.personId,
      email: googleAddresses.email,
      unitId: appointments.unitId,
    })
    .from(googleAddresses)
    .innerJoin(appointments, eq(appointments.personId, googleAddresses.personId))
    .where(
      and(
        input.unitId === undefined ? undefined : eq(appointments.unitId, input.unitId),
        eq(appointments.role, 'officer'),
        lte(appointments.validFrom, input.now),
        or(isNull(appointments.validTo), gt(appointments.validTo, input.now)),
        isNull(appointments.suspendedAt),
        isNull(googleAddresses.replacedAt),
        (input.state === 'refused' ? eq : ne)(googleAddresses.state, 'refused'),
      ),
    )
    .orderBy(googleAddresses.id)
    .all()
}

/** Among these units: officers whose address Google refused, and how many units have no officer with an address at all. */
export function officersWithoutGoogle(
  tx: Tx,
  input: { unitIds: readonly UnitId[]; now: Instant },
): { refused: { unitId: UnitId; email: string }[]; withoutAddress: number } {
  const within = new Set(input.unitIds)
  const good = allOfficersAddresses(tx, { now: input.now })
  const refused = addressRows(tx, { now: input.now, state: 'refused' }).filter(({ unitId }) => within.has(unitId))
  const known = new Set([...good.keys(), ...refused.map(({ unitId }) => unitId)])
  return {
    refused: refused.map(({ unitId, email }) => ({ unitId, email })),
    withoutAddress: input.unitIds.filter((unitId) => !known.has(unitId)).length,
  }
}

async function addEditor(
  deps: SheetDeps,
  input: { spreadsheetId: string; email: string },
): Promise<'accepted' | 'refused'> {
  try {
    await deps.google.ask({ bucket: 'drive', what: 'share a sheet with an officer' }, ({ drive }) =>
      drive.permissions.create({
        fileId: input.spreadsheetId,
        supportsAllDrives: true,
        // Google's mail says nothing that the chat does not say better; without it a non-Google address is refused with 400.
        sendNotificationEmail: false,
        fields: 'id',
        requestBody: { type: 'user', role: 'writer', emailAddress: input.email },
      }),
    )
    return 'accepted'
  } catch (error) {
    if (googleFailureOf(error)?.kind === 'invalid-sharing') return 'refused'
    throw error
  }
}

async function removeEditor(deps: SheetDeps, input: { spreadsheetId: string; email: string }): Promise<void> {
  const fileId = input.spreadsheetId
  const listed = await deps.google.ask({ bucket: 'drive', what: 'list who may edit a sheet' }, ({ drive }) =>
    drive.permissions.list({
      fileId,
      supportsAllDrives: true,
      pageSize: 100,
      fields: 'permissions(id,emailAddress)',
    }),
  )
  const permission = (listed.data.permissions ?? []).find((one) => one.emailAddress?.toLowerCase() === input.email)
  const permissionId = permission?.id
  if (!permissionId) return
  try {
    await deps.google.ask({ bucket: 'drive', what: 'take back the right to edit a sheet' }, ({ drive }) =>
      drive.permissions.delete({ fileId, permissionId, supportsAllDrives: true }),
    )
  } catch (error) {
    if (googleFailureOf(error)?.kind !== 'not-found') throw error
  }
}

function rememberShare(tx: Tx, input: { file: SheetFile; change: (list: string[]) => string[] }): void {
  const row = tx
    .select({ sharedWith: sheetFiles.sharedWith })
    .from(sheetFiles)
    .where(eq(sheetFiles.id, input.file.id))
    .get()
  const sharedWith = [...new Set(input.change(row?.sharedWith ?? []))]
  tx.update(sheetFiles).set({ sharedWith }).where(eq(sheetFiles.id, input.file.id)).run()
}
