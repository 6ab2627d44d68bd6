import type { AppointmentId, UnitId } from '../../src/db/ids.ts'
import { type OpenDatabase, type Tx, transact } from '../../src/db/open.ts'
import { type Actor, actorOf } from '../../src/workflow/actor.ts'
import { keepLaoFigures } from '../../src/workflow/lao-figures.ts'
import { activeRound, type Round } from '../../src/workflow/rounds.ts'
import { institutionStatus, laoStatus, nationStatus, provinceStatus } from '../../src/workflow/status.ts'
import { NOW } from '../nation/nation-size.ts'
import { seeded } from '../nation/seeded.ts'
import { printTimes, timed } from './measure.ts'

const RUNS = { unit: 2_000, province: 300, nation: 100, bareNation: 10 }
const AT_ONCE = 100
const CHANGED = 200

/** What people see of an institution, an LAO, a province and the nation, as the officer in charge asks for it. */
export function benchStatuses(open: OpenDatabase, lookup: number): void {
  const { db, raw } = open
  const round = transact(db, activeRound)
  if (!round) throw new Error('no active round')
  const random = seeded(7)
  const ids = (sql: string) => raw.prepare<[], UnitId>(sql).pluck().all()
  const institutions = ids(`SELECT id FROM units WHERE level = 'institution'`)
  const laos = ids(`SELECT id FROM units WHERE level = 'lao'`)
  const busiest = ids(
    `SELECT parent_id FROM units WHERE level = 'institution' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
  )
  const largest = ids(`SELECT parent_id FROM units WHERE level = 'lao' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`)
  const [departmentId] = ids(`SELECT id FROM units WHERE level = 'department'`)
  const pick = (from: UnitId[]): UnitId => from[random.below(from.length)] as UnitId
  const ask = (of: UnitId[], work: (tx: Tx, given: { round: Round; unitId: UnitId; actor: Actor }) => unknown) => () =>
    transact(db, (tx) => {
      const unitId = pick(of)
      return work(tx, { round, unitId, actor: officerOf(tx, open, unitId) })
    })
  const institution = ask(institutions, (tx, { unitId, ...who }) =>
    institutionStatus(tx, { ...who, institutionId: unitId }, NOW),
  )
  const lao = (of: UnitId[]) => ask(of, (tx, { unitId, ...who }) => laoStatus(tx, { ...who, laoId: unitId }, NOW))
  const province = ask(largest, (tx, { unitId, ...who }) => provinceStatus(tx, { ...who, provinceId: unitId }, NOW))
  const nation = () => transact(db, (tx) => nationStatus(tx, { round, departmentId: departmentId as UnitId }, NOW))
  printTimes('an institution', timed(RUNS.unit, institution), { goal: 2, lookup })
  printTimes('an LAO', timed(RUNS.unit, lao(laos)), { goal: 5, lookup })
  printTimes('the LAO with most institutions', timed(RUNS.unit, lao(busiest)), { goal: 5, lookup })
  printTimes('the largest province, 334 LAOs', timed(RUNS.province, province), { goal: 20, lookup })
  printTimes('the nation, nothing kept', timed(RUNS.bareNation, nation, 1), { lookup })
  const keepSome = () => transact(db, (tx) => keepLaoFigures(tx, { roundId: round.id, limit: AT_ONCE }, NOW))
  // As many LAOs as a busy minute changes have changed each time, and nobody has computed their figures yet.
  const change = raw.prepare<[UnitId]>('UPDATE component_states SET changed_at = changed_at + 1 WHERE unit_id = ?')
  const inSwing = () => {
    while (keepSome() > 0);
    for (let changed = 0; changed < CHANGED; changed += 1) change.run(pick(institutions))
  }
  printTimes(`the nation, ${CHANGED} rosters changed since`, timed(RUNS.nation, nation, 3, inSwing), {
    goal: 100,
    lookup,
  })
}

export function officerOf(tx: Tx, { raw }: OpenDatabase, unitId: UnitId): Actor {
  const appointment = raw
    .prepare<[UnitId], AppointmentId>(`SELECT id FROM appointments WHERE unit_id = ? AND role = 'officer'`)
    .pluck()
    .get(unitId)
  const actor = appointment === undefined ? null : actorOf(tx, appointment, NOW)
  if (!actor) throw new Error(`nobody in charge of ${unitId}`)
  return actor
}
