import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { type Seeded, seeded } from '../../../bench/nation/seeded.ts'
import type { AppointmentId, PersonId, UnitId } from '../../../src/db/ids.ts'
import { type OpenDatabase, openDatabase, transact } from '../../../src/db/open.ts'
import { events, outbox, people, reminders } from '../../../src/db/schema.ts'
import { verifyLog } from '../../../src/workflow/event-log.ts'
import { grantExtension } from '../../../src/workflow/extensions.ts'
import type { ReminderNotice } from '../../../src/workflow/notice.ts'
import { setBlocked } from '../../../src/workflow/person-account.ts'
import { addRound, type Round, roundByCode } from '../../../src/workflow/rounds.ts'
import { SOURCE_ROUNDS } from '../../../src/workflow/source-rounds.ts'
import { bangkok, must } from '../../world/chain-world.ts'
import {
  addRosterFile,
  appointAccount,
  confirmCentre,
  confirmLaoOverview,
  type ManyUnits,
  type PlacedInstitution,
  type PlacedLao,
  placeManyUnits,
} from '../../world/many-units.ts'
import { type ChatItem, openSteppingClock, openUnsteadyLine, type UnsteadyLine } from '../../world/unsteady-line.ts'
import { lackingOf } from './lacking.ts'
import { isDown, MINUTE, stepsOf, WAYS_TO_FAIL } from './trouble.ts'

export type PlayedRound = Awaited<ReturnType<typeof openPlayedRound>>
export type Row = typeof outbox.$inferSelect & { unitIds: UnitId[] }

const CENTRES_EACH = 9
const LAOS_EACH = 9
const EXTENDED_AT = bangkok('2024-06-11T10:00')
const EXTENDED_UNTIL = bangkok('2024-06-12T17:00')
const END = bangkok('2024-06-14T21:00')

/**
 * The round 2567/1 of three invented provinces from its opening to after its close. At each step a process of its own lives for a
 * moment, LINE fails in one of its ways, and two out of three institutions confirm at some time, also while messages are being sent.
 */
export async function openPlayedRound() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-reminders-'))
  const path = join(dir, 'lec.db')
  const source = SOURCE_ROUNDS.find(({ code }) => code === '2567/1')
  if (!source) throw new Error('round is missing')
  const began = source.recordingOpensAt
  const clock = openSteppingClock(began)
  const own = openDatabase(path)
  own.raw.pragma('synchronous = OFF')
  const world = fill(own, { began })
  const line = await openUnsteadyLine({ path, clock })
  await Promise.all([...world.accounts].map(line.addPerson))
  const random = seeded(23)
  const acts = plannedActs(world, random)
  const owedUntil = new Map<UnitId, number>()
  const doActs = (): void => {
    const now = clock.now()
    while ((acts[0]?.at ?? Number.POSITIVE_INFINITY) <= now) {
      const act = acts.shift()
      if (!act) return
      transact(own.db, (tx) => {
        if (act.centre) confirmCentre(tx, { round: world.round, centre: act.centre, appointmentId: act.by }, now)
        else confirmLaoOverview(tx, { round: world.round, appointmentId: act.by }, now)
      })
      owedUntil.set(act.unitId, now)
    }
  }
  let kills = 0
  let extended = false
  for (const { at, calm } of stepsOf(world.round, END)) {
    const now = clock.jumpTo(at)
    doActs()
    if (!extended && now >= EXTENDED_AT) {
      const unitId = world.extended.id
      const letter = { until: EXTENDED_UNTIL, reason: 'น้ำท่วมพื้นที่ทั้งตำบล', letterNumber: 'มท 0816/9' }
      must(
        transact(own.db, (tx) => grantExtension(tx, { roundId: world.round.id, scope: 'lao', unitId, ...letter }, now)),
      )
      extended = true
    }
    await trouble(line, { now, calm, random })
    const death = calm || random.chance(0.4) ? undefined : { atCall: random.below(7), done: random.chance(0.5) }
    const between = (): void => {
      clock.jumpTo(clock.now() + 20_000)
      doActs()
    }
    const cannotConnect = isDown(now) === 'gone'
    const died = await line.live({ ...(death ? { death } : {}), cannotConnect, between })
    if (died) kills += 1
    // Who is killed is started again.
    if (died) await line.live({ cannotConnect })
  }
  return { ...(await found(own, { line, world, owedUntil })), kills, close }

  async function close(): Promise<void> {
    own.close()
    await line.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function trouble(line: UnsteadyLine, given: { now: number; calm: boolean; random: Seeded }): Promise<void> {
  const { now, calm, random } = given
  await line.noFaults()
  const down = isDown(now)
  if (down === 'silent') {
    await line.fault('any', 'timeout', 2)
    await line.fault('any', '500', 1_000_000)
    return
  }
  if (calm || down) return
  for (let times = random.below(4); times > 0; times -= 1) {
    const kind = WAYS_TO_FAIL[random.below(WAYS_TO_FAIL.length)] ?? '500'
    await line.fault(random.chance(0.5) ? 'multicast' : 'push', kind, 1 + random.below(3))
  }
}

type Filled = ManyUnits & {
  round: Round
  accounts: Set<string>
  officers: Map<UnitId, AppointmentId[]>
  extended: PlacedLao
  isExecutive: (personId: PersonId, unitId: UnitId) => boolean
}

const accountOf = (unitId: UnitId, index = 0): string => `U${(unitId * 10 + index).toString(16).padStart(32, '0')}`

function fill({ db }: OpenDatabase, given: { began: number }): Filled {
  const { began } = given
  const source = SOURCE_ROUNDS.find(({ code }) => code === '2567/1')
  return transact(db, (tx) => {
    const units = placeManyUnits(tx, { laosEach: LAOS_EACH, centresEach: CENTRES_EACH }, began)
    if (source) addRound(tx, { round: source, activate: true }, began)
    const round = roundByCode(tx, '2567/1')
    const extended = units.provinces[1]?.laos[4]
    if (!round || !extended) throw new Error('the world is not whole')
    const officers = new Map<UnitId, AppointmentId[]>()
    const accounts = new Set<string>()
    const executives = new Set<string>()
    const personOf = (account: string) =>
      tx.select({ id: people.id }).from(people).where(eq(people.lineUserId, account)).get()?.id
    const appoint = (unitId: UnitId, account = accountOf(unitId), role: 'officer' | 'executive' = 'officer'): void => {
      const appointmentId = appointAccount(tx, { unitId, account, role }, began)
      accounts.add(account)
      if (role === 'executive') executives.add(`${personOf(account)} ${unitId}`)
      else officers.set(unitId, [...(officers.get(unitId) ?? []), appointmentId])
    }
    appoint(units.departmentId)
    for (const province of units.provinces) {
      appoint(province.id)
      for (const [place, lao] of province.laos.entries()) {
        appoint(lao.id)
        if (place % 2 === 0) appoint(lao.id, accountOf(lao.id, 1), 'executive')
        for (const [index, { id, number }] of lao.institutions.entries()) {
          addRosterFile(tx, { unitId: id, round })
          // Somebody holds six centres and their LAO; some have two officers; here and there nobody is appointed.
          if (place === 0 && index < 6) appoint(id, accountOf(lao.id))
          else if (number % 41 !== 5) appoint(id)
          if (number % 10 === 3) appoint(id, accountOf(id, 1))
          if (number % 37 === 7) setBlocked(tx, { lineUserId: accountOf(id), at: began })
        }
      }
    }
    const own = accountOf(units.provinces[2]?.laos[3]?.institutions[1]?.id ?? units.departmentId)
    tx.update(people)
      .set({ quietFrom: 12 * 60, quietTo: 14 * 60 })
      .where(eq(people.lineUserId, own))
      .run()
    const isExecutive = (personId: PersonId, unitId: UnitId) => executives.has(`${personId} ${unitId}`)
    return { ...units, round, accounts, officers, extended, isExecutive }
  })
}

type Act = { at: number; unitId: UnitId; by: AppointmentId; centre: PlacedInstitution | null }

/** Two of three institutions confirm at some time, most of them on the last days; some LAOs when all of theirs have. */
function plannedActs(world: Filled, random: Seeded): Act[] {
  const { institutionDueAt, recordingClosesAt } = world.round
  const acts: Act[] = []
  for (const lao of world.provinces.flatMap(({ laos }) => laos)) {
    const diligent = random.chance(0.4)
    let last = 0
    for (const centre of lao.institutions) {
      const by = world.officers.get(centre.id)?.[0]
      const early = random.chance(0.3)
      const span = early ? 14 * 24 * 60 : 40 * 60
      const at = institutionDueAt - 6 * 60 * MINUTE - random.below(span) * MINUTE
      const late = recordingClosesAt - random.below(20 * 60) * MINUTE
      if (by === undefined || !(diligent || random.chance(0.5))) last = Number.POSITIVE_INFINITY
      else {
        const when = random.chance(0.25) ? late : at
        acts.push({ at: when, unitId: centre.id, by, centre })
        last = Math.max(last, when)
      }
    }
    const by = world.officers.get(lao.id)?.[0]
    if (by !== undefined && Number.isFinite(last) && last + MINUTE < recordingClosesAt)
      acts.push({ at: last + MINUTE, unitId: lao.id, by, centre: null })
  }
  return acts.filter(({ at }) => at < recordingClosesAt).sort((a, b) => a.at - b.at)
}

async function found(
  { db }: OpenDatabase,
  given: { line: UnsteadyLine; world: Filled; owedUntil: ReadonlyMap<UnitId, number> },
) {
  const { line, world, owedUntil } = given
  const rows = transact(db, (tx) => tx.select().from(outbox).all()).flatMap((row): Row[] => {
    const notice = row.notice as ReminderNotice
    return notice.type === 'reminder' ? [{ ...row, unitIds: (notice.duties ?? []).map(({ unitId }) => unitId) }] : []
  })
  const told = transact(db, (tx) => tx.select().from(reminders).all())
  const others = new Set(
    transact(db, (tx) => tx.select().from(outbox).all())
      .filter(({ id }) => !rows.some((row) => row.id === id))
      .map(({ lineRequestId }) => lineRequestId),
  )
  const byPerson = await Promise.all(
    [...world.accounts].map(async (person) => {
      const heard: ChatItem[] = (await line.heardBy(person)).filter(({ requestId }) => !others.has(requestId ?? null))
      const own = rows.filter(({ lineUserId }) => lineUserId === person)
      const received = own.filter(({ lineRequestId }) => heard.some(({ requestId }) => requestId === lineRequestId))
      const ids = new Set(received.map(({ id }) => id))
      return { person, heard, rows: own, told: told.filter(({ outboxId }) => outboxId !== null && ids.has(outboxId)) }
    }),
  )
  const institutions = world.provinces.flatMap(({ laos }) => laos.flatMap((lao) => lao.institutions))
  const logged = transact(db, (tx) => tx.select().from(events).where(eq(events.type, 'reminder-queued')).all()).map(
    ({ unitId, data }) => (JSON.parse(data) as { moments: string[] }).moments.map((moment) => `${unitId} ${moment}`),
  )
  return {
    units: institutions.length,
    rows,
    byPerson,
    stillOwing: institutions.filter(({ id }) => !owedUntil.has(id)),
    finished: [...owedUntil.keys()],
    owedAt: (unitId: UnitId, at: number): boolean => at < (owedUntil.get(unitId) ?? Number.POSITIVE_INFINITY),
    lacking: transact(db, (tx) => lackingOf(tx, { world, rows, told, owedUntil })),
    logProblems: transact(db, (tx) => verifyLog(tx)).problems,
    logged: logged.flat().sort(),
    recorded: told.map(({ unitId, moment }) => `${unitId} ${moment}`).sort(),
  }
}
