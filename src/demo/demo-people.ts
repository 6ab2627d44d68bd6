import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { AttachedSandbox } from '../attach-sandbox.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Instant, UnitId } from '../db/ids.ts'
import { type OpenDatabase, type Tx, transact } from '../db/open.ts'
import { installation, type Role, units } from '../db/schema.ts'
import { acceptInvitation } from '../workflow/accept-invitation.ts'
import { giveGoogleAddress } from '../workflow/google-address.ts'
import { createInvitation, invitationOf } from '../workflow/invitations.ts'
import { unitByCode } from '../workflow/unit.ts'
import { DEMO_INSTITUTIONS, DEMO_LAOS, DEMO_NEWCOMER, DEMO_OFFICERS } from './demo-units.ts'
import type { SandboxControl } from './sandbox-control.ts'

export type Fill = {
  config: Config
  sandbox: AttachedSandbox
  clock: Clock
  log: Logger
  database: OpenDatabase
  say: (line: string) => void
}

export type DemoPerson = Planned & { userId: string; email: string }

export type PageEntry = {
  userId: string
  role: string
  unitName: string
  name: string
  email: string
  files: { id: string; title: string }[]
}

/** `group`: under which heading the sandbox page lists the person. */
type Planned = { key: string; name: string; role: Role; group: string; unitId: UnitId; unitName: string; pc?: boolean }

function plannedPeople(tx: Tx): Planned[] {
  const unitOf = (code: string) => {
    const unit = unitByCode(tx, code)
    if (!unit) throw new Error(`demo unit ${code} is missing`)
    return { unitId: unit.id, unitName: unit.name }
  }
  const department = tx.select().from(units).where(eq(units.level, 'department')).get()
  if (!department) throw new Error('department is missing')
  return [
    ...DEMO_INSTITUTIONS.map(({ code, officer }) => ({
      key: code,
      name: officer,
      role: 'officer' as const,
      group: 'เจ้าหน้าที่สถานศึกษา',
      ...unitOf(code),
    })),
    ...DEMO_LAOS.map(({ code, officer }) => ({
      key: code,
      name: officer,
      role: 'officer' as const,
      group: 'เจ้าหน้าที่ อปท.',
      ...unitOf(code),
      pc: true,
    })),
    { key: 'executive', group: 'ผู้บริหาร', ...DEMO_OFFICERS.executive, ...unitOf(DEMO_OFFICERS.executive.lao) },
    { key: 'province', group: 'เจ้าหน้าที่จังหวัด', ...DEMO_OFFICERS.province, ...unitOf('P99'), pc: true },
    {
      key: 'department',
      group: 'เจ้าหน้าที่กรม',
      ...DEMO_OFFICERS.department,
      unitId: department.id,
      unitName: department.name,
      pc: true,
    },
  ]
}

/** A LINE account that added the bot long ago, a Google account, and an appointment by a one-time code, for each person. */
export async function joinPeople(fill: Fill, control: SandboxControl): Promise<DemoPerson[]> {
  const planned = transact(fill.database.db, (tx) => plannedPeople(tx))
  const existing = await control.get<{ people: { userId: string; displayName: string }[] }>('/line/people')
  const joined: DemoPerson[] = []
  for (const [index, person] of planned.entries()) {
    const email = `demo${String(index + 1).padStart(2, '0')}@example.com`
    const known = existing.people.find((candidate) => candidate.displayName === person.name)
    const { userId } =
      known ??
      (await control.send<{ userId: string }>('POST', '/line/people', {
        displayName: person.name,
        friend: true,
        device: person.pc ? 'pc' : 'phone',
      }))
    await control.send('POST', '/google/accounts', { email, name: person.name })
    transact(fill.database.db, (tx) => appoint(tx, { person, userId, email }, fill.clock.now()))
    joined.push({ ...person, userId, email })
  }
  return joined
}

/** Somebody with LINE and Google accounts but no duty yet: for trying the joining with a code from `เชิญ`. */
export async function addNewcomer(control: SandboxControl): Promise<PageEntry> {
  const { name, email } = DEMO_NEWCOMER
  const { people } = await control.get<{ people: { userId: string; displayName: string }[] }>('/line/people')
  const known = people.find((person) => person.displayName === name)
  const { userId } =
    known ?? (await control.send<{ userId: string }>('POST', '/line/people', { displayName: name, friend: true }))
  await control.send('POST', '/google/accounts', { email, name })
  return { userId, role: 'ผู้ยังไม่เข้าร่วม', unitName: 'ยังไม่มีหน้าที่', name, email, files: [] }
}

function appoint(tx: Tx, input: { person: Planned; userId: string; email: string }, now: Instant): void {
  const { person, userId, email } = input
  const marker = `demo-person:${person.key}`
  if (tx.select().from(installation).where(eq(installation.name, marker)).get()) return
  const order = { orderNumber: `${person.unitId}/2567`, orderDate: '2024-04-22' }
  const created = createInvitation(
    tx,
    { actor: null, unitId: person.unitId, role: person.role, personName: person.name, ...order },
    now,
  )
  if (!created.ok) throw new Error('demo invitation was refused')
  const invitation = invitationOf(tx, created.code, now)
  if (!invitation) throw new Error('demo invitation is gone')
  const accepted = acceptInvitation(
    tx,
    { invitationId: invitation.id, lineUserId: userId, displayName: person.name },
    now,
  )
  if (!accepted.ok) throw new Error('demo invitation was not accepted')
  must(giveGoogleAddress(tx, { personId: accepted.accepted.personId, email }, now))
  tx.insert(installation).values({ name: marker, value: userId }).run()
}

export function must<T extends { ok: boolean }>(result: T): void {
  if (!result.ok) throw new Error(`demo data were refused: ${JSON.stringify(result)}`)
}
