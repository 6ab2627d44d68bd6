import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, UnitId } from '../../db/ids.ts'
import { openDatabase, type Tx, transact } from '../../db/open.ts'
import { type Role, sheetFiles, units } from '../../db/schema.ts'
import { acceptInvitation } from '../../workflow/accept-invitation.ts'
import { importOtherInstitutions } from '../../workflow/import-other-institutions.ts'
import { importUnits } from '../../workflow/import-units.ts'
import { createInvitation, invitationOf } from '../../workflow/invitations.ts'
import { addRound, type Round, roundByCode } from '../../workflow/rounds.ts'
import { SOURCE_ROUNDS } from '../../workflow/source-rounds.ts'
import { unitByCode } from '../../workflow/unit.ts'
import { demoOtherRows, demoUnitRows } from '../demo-rows.ts'
import { DEMO_APPOINTED, DEMO_INSTITUTIONS, DEMO_LAOS, DEMO_OFFICERS, DEMO_OTHERS, DEMO_ROUND } from '../demo-units.ts'

/** One invented person: `key` is a unit's code, or 'province', 'department', 'executive'. */
export type GalleryPerson = {
  key: string
  name: string
  lineUserId: string
  appointmentId: AppointmentId
  personId: PersonId
  unitId: UnitId
  role: string
}

export type GalleryWorld = ReturnType<typeof openGalleryWorld>

const ROLE_WORDS = { institution: 'สถานศึกษา', lao: 'อปท.', province: 'จังหวัด', department: 'กรม' } as const

/** The demo province in a database of its own that nobody else sees, without Google and LINE: for showing every message. */
export function openGalleryWorld() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-gallery-'))
  const database = openDatabase(join(dir, 'gallery.db'))
  // Nothing here outlives the process: no power cut to survive.
  database.raw.pragma('synchronous = OFF')
  const act = <T>(work: (tx: Tx) => T): T => transact(database.db, work)
  const began = Date.parse(DEMO_APPOINTED) as Instant
  act((tx) => fillUnits(tx, began))
  const round = act((tx) => required(roundByCode(tx, DEMO_ROUND)))
  act((tx) => addFiles(tx, round))
  const people = new Map<string, GalleryPerson>()
  const appoint = (key: string, given: { name: string; unit: string; role?: Role }, at: Instant = began): void => {
    const lineUserId = `U${(people.size + 1).toString(16).padStart(32, '0')}`
    const { level, ...duty } = act((tx) => takeUpDuty(tx, { ...given, lineUserId }, at))
    const role = given.role === 'executive' ? 'ผู้บริหาร' : ROLE_WORDS[level]
    people.set(key, { key, name: given.name, lineUserId, role, ...duty })
  }
  for (const { code, officer } of [...DEMO_INSTITUTIONS, ...DEMO_LAOS]) appoint(code, { name: officer, unit: code })
  appoint('province', { ...DEMO_OFFICERS.province, unit: 'P99' })
  appoint('department', { ...DEMO_OFFICERS.department, unit: '' })
  appoint('executive', { ...DEMO_OFFICERS.executive, unit: DEMO_OFFICERS.executive.lao })
  return {
    database,
    act,
    people,
    appoint,
    round: () => act((tx) => required(roundByCode(tx, DEMO_ROUND))),
    unitId: (code: string): UnitId => act((tx) => unitOf(tx, code).id),
    person: (key: string): GalleryPerson => required(people.get(key)),
    close(): void {
      database.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the gallery lacks something it made before')
  return value
}

/** Narrows an accepted decision; a refused one is a mistake of the gallery's story. */
export function accepted<T extends { ok: boolean }>(decision: T): Extract<T, { ok: true }> {
  if (!decision.ok) throw new Error(`the gallery's story was refused: ${JSON.stringify(decision)}`)
  return decision as Extract<T, { ok: true }>
}

function unitOf(tx: Tx, code: string) {
  if (code !== '') return required(unitByCode(tx, code))
  return required(tx.select().from(units).where(eq(units.level, 'department')).get())
}

function fillUnits(tx: Tx, now: Instant): void {
  accepted(importUnits(tx, demoUnitRows(), now))
  for (const round of SOURCE_ROUNDS) accepted(addRound(tx, { round, activate: round.code === DEMO_ROUND }, now))
  const roundId = required(roundByCode(tx, DEMO_ROUND)).id
  accepted(importOtherInstitutions(tx, { rows: demoOtherRows(), roundId }, now))
}

function addFiles(tx: Tx, round: Round): void {
  const counted = new Set<string>(DEMO_OTHERS.map((other) => other.lao))
  for (const code of [...DEMO_INSTITUTIONS.map((one) => one.code), ...counted]) {
    const unit = unitOf(tx, code)
    tx.insert(sheetFiles)
      .values({
        unitId: unit.id,
        roundId: round.id,
        kind: unit.level === 'lao' ? 'counts' : 'roster',
        spreadsheetId: `sheet-of-${code}`,
        dataTabId: 1,
        reportTabId: 2,
        state: 'ok',
        createdAt: round.recordingOpensAt,
      })
      .run()
  }
}

function takeUpDuty(
  tx: Tx,
  given: { name: string; unit: string; role?: Role; lineUserId: string },
  at: Instant,
): Pick<GalleryPerson, 'appointmentId' | 'personId' | 'unitId'> & { level: keyof typeof ROLE_WORDS } {
  const { name, unit, role = 'officer', lineUserId } = given
  const place = unitOf(tx, unit)
  const order = { orderNumber: '12/2567', orderDate: '2024-04-22' }
  const offer = { actor: null, unitId: place.id, role, personName: name, ...order }
  const { code } = accepted(createInvitation(tx, offer, at))
  const invitationId = required(invitationOf(tx, code, at)).id
  const joined = accepted(acceptInvitation(tx, { invitationId, lineUserId, displayName: name }, at))
  const { appointmentId, personId } = joined.accepted
  return { appointmentId, personId, unitId: place.id, level: place.level }
}
