import { and, eq, isNull } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type UnitFacts, unitCodes, units } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { type Unit, unitById } from './unit.ts'
import { type Aftermath, finishAftermath, openAftermath, provincesToTell, tell } from './unit-aftermath.ts'
import { closeUnit, factsOf, moveUnit, recodeUnit, type UnitDecision } from './unit-changes.ts'
import type { ImportProblem, UnitRow, Wanted } from './units-file.ts'
import { type Place, type PlanStep, planUnits, type UnitsPlan } from './units-plan.ts'
import { type ChangeGround, insertUnit, writeUnitChange } from './write-unit.ts'

export type { ImportProblem, UnitRow } from './units-file.ts'

export type ImportReport = {
  added: number
  renamed: number
  recoded: number
  moved: number
  closed: number
  unchanged: number
  warnings: ImportProblem[]
  absent: UnitsPlan['absent']
  steps: PlanStep[]
}
export type ImportResult = { ok: true; report: ImportReport } | { ok: false; problems: ImportProblem[] }

/**
 * Imports LAOs (columns code, kind, name_th, province_code, province_th, district_th) and institutions (code, kind, name_th,
 * lao_code), in one file or several; optional columns former_code, opened, closed (ISO days), reason, letter. All or nothing:
 * every bad line is named and then nothing is changed. Idempotent. The kind comes from the file, never from the code (R19..R22).
 */
export function importUnits(
  tx: Tx,
  rows: readonly UnitRow[],
  now: Instant,
  options: { whole?: boolean } = {},
): ImportResult {
  const planned = planUnits(tx, { rows, whole: options.whole ?? false }, now)
  if (!planned.ok) return planned
  const aftermath = openAftermath(tx, now)
  const departmentId = ensureDepartment(tx, now)
  const adding = { departmentId, aftermath, newIds: new Map<string, UnitId>() }
  for (const step of inOrder(planned.plan.steps)) carryOut(tx, { ...adding, step }, now)
  finishAftermath(tx, aftermath, now)
  return { ok: true, report: reportOf(planned.plan) }
}

export function reportOf(plan: UnitsPlan): ImportReport {
  const count = (...whats: PlanStep['what'][]) => plan.steps.filter((step) => whats.includes(step.what)).length
  return {
    added: count('add', 'add-province'),
    renamed: count('rename', 'rename-province'),
    recoded: count('recode'),
    moved: count('move'),
    closed: count('close'),
    unchanged: plan.unchanged,
    warnings: plan.warnings,
    absent: plan.absent,
    steps: plan.steps,
  }
}

/** Codes are freed before another unit takes them, parents come before children, and what closes goes last, from below. */
function inOrder(steps: readonly PlanStep[]): PlanStep[] {
  return [...steps].sort((a, b) => rank(a) - rank(b))
}

function rank(step: PlanStep): number {
  if (step.what === 'add-province' || step.what === 'rename-province') return 0
  const isLao = 'row' in step && step.row.level === 'lao'
  if (step.what === 'recode') return 1
  if (step.what === 'add') return isLao ? 2 : 3
  if (step.what === 'close') return isLao ? 6 : 5
  return 4
}

type Adding = { departmentId: UnitId; aftermath: Aftermath; newIds: Map<string, UnitId> }

function carryOut(tx: Tx, input: Adding & { step: PlanStep }, now: Instant): void {
  const { step, departmentId } = input
  switch (step.what) {
    case 'add-province': {
      const unit = { code: step.code, level: 'province', kind: 'province', name: step.name } as const
      const rest = { parentId: departmentId, district: null, telephone: null, validFrom: now }
      input.newIds.set(step.code, insertUnit(tx, { unit: { ...unit, ...rest }, by: 'file' }, now))
      break
    }
    case 'rename-province':
      rename(tx, { unit: step.unit, name: step.name, ground: groundOf(null, now) }, now)
      break
    case 'add':
      addUnit(tx, { ...input, step }, now)
      break
    case 'rename':
      rename(tx, { ...step.row, unit: step.unit, ground: groundOf(step.row, now) }, now)
      break
    case 'details':
      writeDetails(tx, step, now)
      break
    default:
      carryOutAct(tx, { ...input, step }, now)
  }
}

type ActStep = Extract<PlanStep, { what: 'recode' | 'move' | 'close' }>

/** The plan has judged it already; should the act refuse all the same, the whole import is rolled back. */
function carryOutAct(tx: Tx, input: Adding & { step: ActStep }, now: Instant): void {
  const { row } = input.step
  const decision = decide(tx, input, now)
  if (decision.ok) return
  const words = `บรรทัดที่ ${row.line}: ${row.name} นำเข้าไม่ได้ (${decision.why}) ข้อมูลเดิมไม่เปลี่ยนแปลง`
  throw new AppError(words, { code: 'bad-input' })
}

function decide(tx: Tx, input: Adding & { step: ActStep }, now: Instant): UnitDecision {
  const { step, aftermath } = input
  const { row, unit } = step
  const common = { unitId: unit.id, aftermath }
  switch (step.what) {
    case 'recode': {
      const { code, kind, name } = row
      return recodeUnit(tx, { ...common, code, kind, name, ground: groundOf(row, row.opened ?? now) }, now)
    }
    case 'move':
      return moveUnit(tx, { ...common, toId: idOf(step.parent, input.newIds), ground: groundOf(row, now) }, now)
    case 'close':
      return closeUnit(tx, { ...common, ground: groundOf(row, step.at) }, now)
  }
}

function groundOf(row: Wanted | null, validFrom: Instant): ChangeGround {
  return { validFrom, reason: row?.reason ?? null, letterNumber: row?.letter ?? null, by: 'file' }
}

function idOf(place: Place, newIds: ReadonlyMap<string, UnitId>): UnitId {
  if ('unit' in place) return place.unit.id
  const id = newIds.get(place.newCode)
  if (id === undefined) throw new Error(`unit ${place.newCode} was planned and is not there`)
  return id
}

function addUnit(tx: Tx, input: Adding & { step: Extract<PlanStep, { what: 'add' }> }, now: Instant): void {
  const { newIds, aftermath } = input
  const { row, parent, freesCodeOf } = input.step
  if (freesCodeOf) {
    tx.update(unitCodes)
      .set({ validTo: freesCodeOf.at })
      .where(and(eq(unitCodes.unitId, freesCodeOf.unitId), isNull(unitCodes.validTo)))
      .run()
  }
  const { code, level, kind, name, district, telephone } = row
  const unit = {
    code,
    level,
    kind,
    name,
    district,
    telephone,
    parentId: idOf(parent, newIds),
    validFrom: row.opened ?? now,
  }
  const unitId = insertUnit(tx, { unit, by: 'file' }, now)
  newIds.set(code, unitId)
  if ('unit' in parent && level === 'institution')
    tellAdded(tx, { unitId, lao: parent.unit, letterNumber: row.letter, aftermath }, now)
}

/** Founded in mid-round: its LAO owes one more, and an overview that stands confirmed lacks it. */
function tellAdded(
  tx: Tx,
  input: { unitId: UnitId; lao: Unit; letterNumber: string | null; aftermath: Aftermath },
  now: Instant,
): void {
  const { unitId, lao, letterNumber, aftermath } = input
  const { round } = aftermath
  if (!round || now < round.recordingOpensAt) return
  const provinces = provincesToTell(tx, { round, laoIds: [lao.id] }, now)
  tell(aftermath, [lao.id, ...provinces], { what: 'added', unitId, otherId: lao.id, letterNumber })
}

function rename(
  tx: Tx,
  input: { unit: Unit; name: string; kind?: Unit['kind']; ground: ChangeGround },
  now: Instant,
): void {
  const { unit, ground } = input
  const before = factsOf(tx, unit)
  const after: UnitFacts = { ...before, name: input.name, kind: input.kind ?? unit.kind }
  tx.update(units).set({ name: after.name, kind: after.kind }).where(eq(units.id, unit.id)).run()
  writeUnitChange(tx, { unitId: unit.id, what: 'renamed', before, after, ground }, now)
}

function writeDetails(tx: Tx, step: Extract<PlanStep, { what: 'details' }>, now: Instant): void {
  const { row } = step
  const unit = unitById(tx, step.unit.id)
  const district = row.district ?? unit.district
  const telephone = row.telephone ?? unit.telephone
  tx.update(units).set({ district, telephone }).where(eq(units.id, unit.id)).run()
  const data = { district, telephoneChanged: telephone !== unit.telephone, by: 'file' }
  appendEvent(tx, { at: now, type: 'unit-changed', unitId: unit.id, data })
}

function ensureDepartment(tx: Tx, now: Instant): UnitId {
  const known = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
  if (known) return known.id
  const unit = {
    code: null,
    level: 'department',
    kind: 'department',
    name: 'กรมส่งเสริมการปกครองท้องถิ่น',
    parentId: null,
    district: null,
    telephone: null,
    validFrom: now,
  } as const
  return insertUnit(tx, { unit, by: 'operator' }, now)
}
