import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import type { Clock } from '../src/clock.ts'
import type { UnitId } from '../src/db/ids.ts'
import { type OpenDatabase, openDatabase, transact } from '../src/db/open.ts'
import { readTogether } from '../src/db/read-together.ts'
import { remindOwingJob } from '../src/jobs/remind-owing.ts'
import { sendOutboxJob } from '../src/jobs/send-outbox.ts'
import { planDepartment, planProvince } from '../src/workflow/remind-plan.ts'
import { reminderPass, remindProvince } from '../src/workflow/remind-tick.ts'
import { addRound } from '../src/workflow/rounds.ts'
import { SOURCE_ROUNDS } from '../src/workflow/source-rounds.ts'
import { startLineProcess } from './line-process.ts'
import { insertInto } from './nation/insert-into.ts'
import { HOUR, NOW } from './nation/nation-size.ts'
import { type Places, placeUnits } from './nation/place-units.ts'
import { seeded } from './nation/seeded.ts'
import { percentile, printLine, share, whole } from './sync/print-line.ts'

const REGISTRY = fileURLToPath(new URL('../../shared/data/lao-registry.csv', import.meta.url))
const RUNS = 9

/** The national tick: 28,000 units, a third owing, beside one bare scan of the same rows; and what a campaign costs. */
export async function benchReminders(): Promise<void> {
  console.log('\n# Reminders: a nation with a third owing')
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-reminders-'))
  const open = openDatabase(join(dir, 'nation.db'))
  try {
    const { departmentId } = fill(open)
    const scan = percentile(
      Array.from({ length: RUNS }, () => bareScan(open)),
      0.5,
    )
    printLine('one bare scan of units and their states', ms(scan))
    tickOf(open, { departmentId, at: Date.parse('2024-05-20T10:00+07:00'), name: 'tick, no moment has come', scan })
    const at = Date.parse('2024-06-10T13:30+07:00')
    await campaign(open, { departmentId, at, scan })
    tickOf(open, { departmentId, at: at + 60_000, name: 'tick, everybody was told already', scan })
    await costs(open, { at, dir })
  } finally {
    open.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

function bareScan({ raw }: OpenDatabase): number {
  const began = performance.now()
  raw
    .prepare(`SELECT u.id, s.state FROM units u LEFT JOIN component_states s ON s.round_id = 1 AND s.unit_id = u.id`)
    .raw()
    .all()
  return performance.now() - began
}

function tickOf(open: OpenDatabase, given: { departmentId: UnitId; at: number; name: string; scan: number }): void {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now()
    const pass = readTogether(open.db, (tx) => reminderPass(tx, given, given.at))
    for (const provinceId of pass?.provinceIds ?? [])
      readTogether(open.db, (tx) => pass && planProvince(tx, { ...pass, provinceId }, given.at))
    if (pass) readTogether(open.db, (tx) => planDepartment(tx, pass, given.at))
    return performance.now() - began
  })
  const median = percentile(times, 0.5)
  const goal = median > 1_000 ? ', MISSED' : ''
  printLine(given.name, ms(median), `${(median / given.scan).toFixed(2)} scans  (goal: 1,000 ms${goal})`)
}

async function campaign(open: OpenDatabase, given: { departmentId: UnitId; at: number; scan: number }): Promise<void> {
  const pass = readTogether(open.db, (tx) => reminderPass(tx, given, given.at))
  if (!pass) throw new Error('no moment has come')
  const longest: number[] = []
  for (const provinceId of pass.provinceIds.slice(0, 10)) {
    const began = performance.now()
    transact(open.db, (tx) => remindProvince(tx, { ...pass, provinceId }, given.at))
    longest.push(performance.now() - began)
  }
  printLine(
    'one province told, its transaction',
    ms(percentile(longest, 0.5)),
    `longest of ten ${ms(Math.max(...longest))}`,
  )
  const clock: Clock = { now: () => given.at, platformNow: () => given.at, toDomain: (at) => at }
  const began = performance.now()
  await remindOwingJob({ db: open.db, clock, wakeOutbox: () => undefined }).run(new AbortController().signal)
  const took = performance.now() - began
  printLine('the job tells all the others', ms(took), `${(took / given.scan).toFixed(1)} scans`)
}

/** LINE's calls and quota of one moment, really sent, beside one push per owing appointment. */
async function costs({ db, raw }: OpenDatabase, given: { at: number; dir: string }): Promise<void> {
  const one = (sql: string): number => raw.prepare<[], number>(sql).pluck().get() ?? 0
  const appointments = one(
    "SELECT count(DISTINCT unit_id || ' ' || person_id) FROM reminders WHERE outbox_id IS NOT NULL",
  )
  const people = one('SELECT count(DISTINCT person_id) FROM outbox')
  const line = await startLineProcess(given.dir)
  try {
    const clock: Clock = { now: () => given.at, platformNow: Date.now, toDomain: () => given.at }
    const deps = {
      now: given.at,
      toDomain: () => given.at,
      webAddress: null,
      sheetUrl: () => 'https://docs.google.com/',
    }
    const log = pino({ level: 'error' })
    const job = sendOutboxJob({ db, clock, log, line: line.client, handleDeps: () => deps })
    const began = performance.now()
    while (one("SELECT count(*) FROM outbox WHERE state = 'pending'") > 0) await job.run(new AbortController().signal)
    const seconds = (performance.now() - began) / 1000
    const { items } = (await line.control('GET', '/requests?after=0&limit=100000')) as { items: { path: string }[] }
    const calls = (endpoint: string): number => items.filter(({ path }) => path.endsWith(`/message/${endpoint}`)).length
    const pushes = calls('push')
    const multicasts = calls('multicast')
    const recipients = one('SELECT sum(sent_by_us) FROM quota_months')
    const assumed = `${whole(appointments)} owing appointments, assumed ${(appointments / people).toFixed(2)} to a person`
    const nagged = recipients > people ? ', MISSED' : ''
    printLine('recipients of the moment', whole(recipients), `${assumed}  (goal: ${whole(people)} people${nagged})`)
    const most = (pushes + multicasts) / appointments
    const missed = most > 0.5 ? ', MISSED' : ''
    const kinds = `${whole(pushes)} pushes and ${whole(multicasts)} multicasts`
    printLine('calls to LINE', whole(pushes + multicasts), `${share(most)} of one push per owing appointment: ${kinds}`)
    printLine('', '', `(goal where texts can be shared: 50 %${missed})`)
    printLine(
      'until LINE had taken all',
      `${seconds.toFixed(1)} s`,
      `${whole(recipients / seconds)} recipients a second`,
    )
  } finally {
    line.stop()
  }
}

/** Registry, institutions and officers as everywhere; the officer of an LAO holds every other of its centres too. */
function fill({ db, raw }: OpenDatabase): Places & { departmentId: UnitId } {
  raw.pragma('synchronous = OFF')
  return transact(db, (tx) => {
    const source = SOURCE_ROUNDS.find((round) => round.code === '2567/1')
    if (!source || !addRound(tx, { round: { ...source, carries: null }, activate: true }, 0).ok)
      throw new Error('no round')
    const places = placeUnits(raw, REGISTRY)
    const random = seeded(11)
    const state = insertInto(raw, 'component_states', [
      'round_id',
      'unit_id',
      'component',
      'state',
      'version',
      'changed_at',
    ])
    const complete = raw.prepare('INSERT INTO lao_figures (round_id, lao_id, complete, counted) VALUES (1, ?, 1, 0)')
    const hand = raw.prepare('UPDATE appointments SET person_id = ? WHERE unit_id = ?')
    for (const lao of places.provinces.flatMap(({ laos }) => laos)) {
      let open = lao.institutions.length === 0 && random.chance(0.33)
      for (const { id, index } of lao.institutions) {
        if (index % 4 === 2) hand.run(lao.officer.personId, id)
        if (random.chance(0.33)) open = true
        else state(1, id, 'roster', 'confirmed', 1, NOW - HOUR)
      }
      if (!open) complete.run(lao.id)
    }
    return { ...places, departmentId: places.departmentId as UnitId }
  })
}
