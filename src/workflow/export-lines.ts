import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, otherCounts, otherInstitutions, rounds, units } from '../db/schema.ts'
import { type ExportBase, exportBase, type Reported } from './export-base.ts'
import { type Round, windowOf } from './rounds.ts'
import { type InstitutionLine, type LaoLine, laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'
import { baseMoment, type MomentOf, momentsOf } from './units-at.ts'

export type ExportScope = { level: 'nation' } | { level: 'province' | 'lao'; unit: Unit }

/** `correcting`: opened again; the last confirmed figure stays the reported one (domain.md section 8). */
export type ExportState = 'confirmed' | 'correcting' | 'open' | 'not_required' | 'not_applicable'

export type ExportedComponent = {
  state: ExportState
  /** Why it is not required. */
  reason: string | null
  /** Edited in the sheet after confirming: the figure is the confirmed one. */
  drifted: boolean
  /** Opened again and never confirmed again before its time was over: the last figure is the reported one for good. */
  lapsed: boolean
  reported: Reported | null
}

export type ExportedInstitution = ExportedComponent & {
  id: UnitId
  code: string
  name: string
  kind: Unit['kind']
  reopenedTimes: number
  /** Closed or merged since it confirmed: listed, but part of no sum. */
  gone: boolean
}

export type OtherOfLao = { code: string; name: string; affiliation: string }

export type ExportedLao = {
  id: UnitId
  code: string
  name: string
  kind: Unit['kind']
  gone: boolean
  overview: ExportedComponent & { covers: boolean }
  otherCounts: ExportedComponent & { covers: boolean }
  /** Institutions of other affiliations, of a round that is over those that it had. */
  others: OtherOfLao[]
  institutions: ExportedInstitution[]
  marked: boolean
  complete: boolean
}

export type ExportedProvince = {
  id: UnitId
  code: string
  name: string
  confirmation: ExportedComponent
  laos: ExportedLao[]
}

export type ExportLines = Pick<ExportBase, 'head' | 'lastReceipt'> & { provinces: ExportedProvince[] }

/**
 * What is confirmed in a round, unit by unit, without figures of anything unconfirmed (R2). A round that is over is shown with
 * the units that it had, those that confirmed and were closed meanwhile included.
 */
export function exportLines(tx: Tx, input: { round: Round; scope: ExportScope }, now: Instant): ExportLines {
  const { round, scope } = input
  const at = momentsOf(tx, round.id, now)
  const base = exportBase(tx, round.id)
  const isOver: IsOver = (unitId, component) => windowOf(tx, { round, unitId, component }, now).state === 'closed'
  const provinces = provincesOf(tx, scope, baseMoment(tx, round.id, now)).map((province) => {
    const laos = laosOf(tx, { province, scope, base, at })
    return exportedProvince(tx, { round, province, laos, base, isOver, at, now })
  })
  return { head: base.head, lastReceipt: base.lastReceipt, provinces }
}

type IsOver = (unitId: UnitId, component: Component) => boolean
type Known = { base: ExportBase; isOver: IsOver }

function provincesOf(tx: Tx, scope: ExportScope, at: Instant): Unit[] {
  if (scope.level === 'province') return [scope.unit]
  if (scope.level === 'lao') return scope.unit.parentId === null ? [] : [unitById(tx, scope.unit.parentId)]
  const department = tx.select().from(units).where(eq(units.level, 'department')).get()
  return department ? childrenOf(tx, { unitId: department.id, level: 'province' }, at) : []
}

const isGone = (unit: Pick<Unit, 'closedAt'>, at: Instant): boolean => unit.closedAt !== null && unit.closedAt <= at

/** LAOs that exist, and closed ones below which something is confirmed in this round. */
function laosOf(tx: Tx, input: { province: Unit; scope: ExportScope; base: ExportBase; at: MomentOf }): Unit[] {
  const { province, scope, base, at } = input
  if (scope.level === 'lao') return [scope.unit]
  const below = and(eq(units.parentId, province.id), eq(units.level, 'lao'))
  const all = tx.select().from(units).where(below).orderBy(units.id).all()
  return all.filter(
    (lao) => !isGone(lao, at(lao.id)) || base.parentsOfReported.has(lao.id) || hasReported(base, lao.id),
  )
}

const hasReported = (base: ExportBase, id: UnitId): boolean =>
  base.reportedOf(id, 'overview') !== null || base.reportedOf(id, 'other_counts') !== null

function exportedProvince(
  tx: Tx,
  input: { round: Round; province: Unit; laos: Unit[]; at: MomentOf; now: Instant } & Known,
): ExportedProvince {
  const { round, province, laos, base, isOver, at, now } = input
  const known = { base, isOver }
  const lines = new Map(laoLines(tx, { roundId: round.id, laos }, now).map((line) => [line.id, line]))
  const others = othersOf(tx, { laos, roundId: round.id, at })
  const closed = closedInstitutions(tx, { laos, base, at })
  const state = base.isConfirmed(province.id, 'province') ? 'confirmed' : 'open'
  return {
    id: province.id,
    code: base.codeOf(province.id),
    name: province.name,
    confirmation: component(known, { id: province.id, of: 'province', state, drifted: false }),
    laos: laos.flatMap((lao) => {
      const line = lines.get(lao.id)
      if (!line) return []
      const gone = (closed.get(lao.id) ?? []).map((unit) => goneInstitution(unit, known))
      return [exportedLao({ lao, line, others: others.get(lao.id) ?? [], gone, at, ...known })]
    }),
  }
}

/** The figure of what is not required now stands for nothing, also when it was confirmed once. */
function component(
  { base, isOver }: Known,
  input: { id: UnitId; of: Component; state: Exclude<ExportState, 'correcting'>; drifted: boolean },
): ExportedComponent {
  const { id, of, drifted } = input
  const reported = input.state === 'not_required' ? null : base.reportedOf(id, of)
  const state = input.state === 'confirmed' || reported === null ? input.state : 'correcting'
  const reason = state === 'not_required' ? base.reasonOf(id, of) : null
  return { state, reason, drifted, lapsed: state === 'correcting' && isOver(id, of), reported }
}

function exportedLao(
  input: { lao: Unit; line: LaoLine; others: OtherOfLao[]; gone: ExportedInstitution[]; at: MomentOf } & Known,
): ExportedLao {
  const { lao, line, others, gone, at } = input
  const { id } = lao
  const overview = component(input, { id, of: 'overview', state: line.overview, drifted: false })
  const counts = component(input, { id, of: 'other_counts', state: line.otherCounts, drifted: line.countsDrifted })
  return {
    id,
    code: input.base.codeOf(id),
    name: lao.name,
    kind: lao.kind,
    gone: isGone(lao, at(lao.id)),
    overview: { ...overview, covers: line.overviewCovers },
    otherCounts: { ...counts, covers: line.countsCover },
    others,
    institutions: [...line.institutions.map((child) => exportedInstitution(child, input)), ...gone],
    marked: line.marked,
    complete: line.complete,
  }
}

function exportedInstitution(child: InstitutionLine, known: Known): ExportedInstitution {
  const { id, name, kind, state, drifted, reopenedTimes } = child
  const figure = component(known, { id, of: 'roster', state, drifted })
  return { id, code: known.base.codeOf(id), name, kind, reopenedTimes, gone: false, ...figure }
}

function goneInstitution({ id, name, kind }: Unit, known: Known): ExportedInstitution {
  const { base } = known
  const state = base.isConfirmed(id, 'roster') ? 'confirmed' : 'open'
  const figure = component(known, { id, of: 'roster', state, drifted: false })
  const reopenedTimes = base.reopenedTimesOf(id, 'roster')
  return { id, code: base.codeOf(id), name, kind, reopenedTimes, gone: true, ...figure }
}

function closedInstitutions(
  tx: Tx,
  input: { laos: Unit[]; base: ExportBase; at: MomentOf },
): Map<UnitId | null, Unit[]> {
  const { laos, base, at } = input
  if (laos.length === 0) return new Map()
  const below = inArray(
    units.parentId,
    laos.map((lao) => lao.id),
  )
  const all = tx
    .select()
    .from(units)
    .where(and(below, eq(units.level, 'institution')))
    .orderBy(units.id)
    .all()
  const closed = all.filter(
    (unit) => unit.parentId !== null && isGone(unit, at(unit.parentId)) && base.reportedOf(unit.id, 'roster') !== null,
  )
  return Map.groupBy(closed, (unit) => unit.parentId)
}

/** As `laoLines` counts them: those of a round that is over as they were at its end, and none that came with a later one. */
function othersOf(tx: Tx, input: { laos: Unit[]; roundId: RoundId; at: MomentOf }): Map<UnitId, OtherOfLao[]> {
  const { laos, roundId, at } = input
  if (laos.length === 0) return new Map()
  const since = sql`coalesce((select min(r.recording_opens_at) from ${rounds} r where exists (
    select 1 from ${otherCounts} c where c.round_id = r.id and c.other_institution_id = ${otherInstitutions.id})), 0)`
  const { laoId, code, name, affiliation, closedAt } = otherInstitutions
  const rows = tx
    .select({ laoId, code, name, affiliation, closedAt })
    .from(otherInstitutions)
    .where(
      and(
        inArray(
          laoId,
          laos.map((lao) => lao.id),
        ),
        gte(sql`(select recording_opens_at from ${rounds} where id = ${roundId})`, since),
      ),
    )
    .orderBy(code)
    .all()
    .filter((row) => row.closedAt === null || row.closedAt > at(row.laoId))
  return Map.groupBy(rows, (row) => row.laoId)
}
