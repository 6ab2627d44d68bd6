import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { closedSince, fundsOthers, type KnownUnits, knownUnits } from './known-units.ts'
import type { Unit } from './unit.ts'
import { type ImportProblem, readUnitsFile, type UnitRow, type UnitsFile, type Wanted } from './units-file.ts'

/** A unit of the database, or one that the same file adds. */
export type Place = { unit: Unit } | { newCode: string }

export type PlanStep =
  | { what: 'add'; row: Wanted; parent: Place; freesCodeOf: { unitId: UnitId; at: Instant } | null }
  | { what: 'add-province'; code: string; name: string }
  | { what: 'rename-province'; unit: Unit; name: string }
  | { what: 'recode'; row: Wanted; unit: Unit }
  | { what: 'rename'; row: Wanted; unit: Unit }
  | { what: 'details'; row: Wanted; unit: Unit }
  | { what: 'move'; row: Wanted; unit: Unit; parent: Place }
  | { what: 'close'; row: Wanted; unit: Unit; at: Instant }

export type UnitsPlan = {
  steps: PlanStep[]
  unchanged: number
  warnings: ImportProblem[]
  /** Open units that the file does not name (ไม่อยู่ในไฟล์): told, never closed by themselves. */
  absent: { code: string; name: string }[]
}

type Planning = {
  tx: Tx
  known: KnownUnits
  file: UnitsFile
  now: Instant
  problems: ImportProblem[]
  warnings: ImportProblem[]
  rows: Map<string, Wanted>
  /** Codes whose bearers get another one by this file. */
  freed: Map<string, Unit>
}

/**
 * What importing a units file would do, without doing it. `whole`: the file is the whole registry, so that every unit that it
 * does not name is absent; without it only those of provinces and LAOs that it does name.
 */
export function planUnits(
  tx: Tx,
  input: { rows: readonly UnitRow[]; whole?: boolean },
  now: Instant,
): { ok: true; plan: UnitsPlan } | { ok: false; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const file = readUnitsFile(input.rows, problems)
  const known = knownUnits(tx)
  const rows = new Map(file.wanted.map((row) => [row.code, row]))
  const warnings = [...file.warnings]
  const planning: Planning = { tx, known, file, now, problems, warnings, rows, freed: freedCodes(known, file.wanted) }
  const steps = provinceSteps(planning)
  let unchanged = file.provinces.size - steps.length
  for (const row of file.wanted) {
    const own = rowSteps(planning, row)
    steps.push(...own)
    if (own.every((step) => step.what === 'details')) unchanged += 1
  }
  checkClosings(planning, steps)
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.line - b.line) }
  const absent = absentUnits(planning, input.whole ?? false)
  return { ok: true, plan: { steps, unchanged, warnings: warnings.sort((a, b) => a.line - b.line), absent } }
}

/** Codes that a row of the file takes away from their bearer by naming them as former. */
function freedCodes(known: KnownUnits, wanted: readonly Wanted[]): Map<string, Unit> {
  const freed = new Map<string, Unit>()
  for (const { code, formerCode, level } of wanted) {
    const unit = formerCode === null ? null : known.bearer(formerCode)
    if (formerCode !== null && unit?.level === level && !known.bearer(code)) freed.set(formerCode, unit)
  }
  return freed
}

function provinceSteps({ known, file }: Planning): PlanStep[] {
  return [...file.provinces].flatMap(([code, short]): PlanStep[] => {
    const name = `จังหวัด${short}`
    const unit = known.bearer(code)
    if (!unit) return [{ what: 'add-province', code, name }]
    return unit.name === name ? [] : [{ what: 'rename-province', unit, name }]
  })
}

function rowSteps(planning: Planning, row: Wanted): PlanStep[] {
  const { problems } = planning
  const before = problems.length
  const parent = parentOfRow(planning, row)
  const steps = parent ? stepsFor(planning, row, parent) : []
  return problems.length > before ? [] : steps
}

function stepsFor(planning: Planning, row: Wanted, parent: Place): PlanStep[] {
  const { known, freed } = planning
  const upgraded = row.formerCode === null ? undefined : freed.get(row.formerCode)
  const bearer = freed.has(row.code) ? null : known.bearer(row.code)
  if (bearer) return bearerSteps(planning, { row, parent, unit: bearer })
  if (!upgraded) return newcomerSteps(planning, row, parent)
  if (upgraded.closedAt !== null) return warn(planning, row, `หน่วยที่ใช้รหัสเดิม ${row.formerCode} ปิดแล้ว จึงไม่เปลี่ยนรหัส`)
  return [{ what: 'recode', row, unit: upgraded }, ...laterSteps(planning, { row, parent, unit: upgraded })]
}

function bearerSteps(planning: Planning, input: { row: Wanted; parent: Place; unit: Unit }): PlanStep[] {
  const { known, problems, now, tx } = planning
  const { row, unit, parent } = input
  const other = row.formerCode === null ? null : known.bearer(row.formerCode)
  if (row.formerCode !== null && other && other.id !== unit.id && !known.bore(unit.id, row.formerCode)) {
    const words = `รหัส ${row.code} เป็นของ${unit.name}อยู่แล้ว จึงเปลี่ยนรหัส ${row.formerCode} ของ${other.name}เป็นรหัสนี้ไม่ได้`
    problems.push({ line: row.line, words })
    return []
  }
  if (unit.closedAt !== null && unit.closedAt <= now) {
    const since = closedSince(tx, unit)
    if (row.opened !== null && row.opened >= since)
      return [{ what: 'add', row, parent, freesCodeOf: { unitId: unit.id, at: since } }]
    if (row.closed !== null) return []
    return warn(
      planning,
      row,
      `${unit.name} (${row.code}) ปิดแล้ว จึงไม่เปลี่ยนแปลง หากเป็นหน่วยใหม่ที่ใช้รหัสเดิม ให้ใส่วันที่เปิด (opened) หลังวันที่ปิด`,
    )
  }
  const renamed = unit.name !== row.name || unit.kind !== row.kind
  const rename: PlanStep[] = renamed ? [{ what: 'rename', row, unit }] : []
  return [...rename, ...laterSteps(planning, input)]
}

function laterSteps(planning: Planning, input: { row: Wanted; parent: Place; unit: Unit }): PlanStep[] {
  const { row, parent, unit } = input
  const steps: PlanStep[] = []
  const district = row.district !== null && row.district !== unit.district
  const telephone = row.telephone !== null && row.telephone !== unit.telephone
  if (district || telephone) steps.push({ what: 'details', row, unit })
  const moves = 'newCode' in parent || parent.unit.id !== unit.parentId
  if (moves && row.closed === null) steps.push({ what: 'move', row, unit, parent })
  if (row.closed === null) return steps
  if (row.closed > planning.now) {
    warn(planning, row, `${unit.name} ยังไม่ถึงวันที่ปิด จะปิดเมื่อนำเข้าไฟล์อีกครั้งตั้งแต่วันนั้น`)
    return steps
  }
  return [...steps, { what: 'close', row, unit, at: row.closed }]
}

function newcomerSteps(planning: Planning, row: Wanted, parent: Place): PlanStep[] {
  const { known, now } = planning
  const former = known.formerBearer(row.code)
  const isAnother = planning.freed.has(row.code) || (row.opened !== null && row.opened >= (former?.until ?? 0))
  if (former && !isAnother) {
    const code = known.codeOf(former.unit.id)
    return warn(
      planning,
      row,
      `${row.code} เป็นรหัสเดิมของ${former.unit.name} (รหัสปัจจุบัน ${code ?? '-'}) จึงไม่เพิ่มหน่วยใหม่ หากเป็นหน่วยอื่นที่ใช้รหัสนี้ต่อ ให้ใส่วันที่เปิด (opened)`,
    )
  }
  if (row.closed !== null && row.closed <= now) return warn(planning, row, `${row.name} ปิดแล้ว จึงไม่เพิ่ม`)
  if (row.opened !== null && row.opened > now) return warn(planning, row, `${row.name} ยังไม่ถึงวันที่เปิด จึงยังไม่เพิ่ม`)
  if (row.formerCode !== null) warn(planning, row, `ไม่รู้จักรหัสเดิม ${row.formerCode} จึงเพิ่มเป็นหน่วยใหม่`)
  return [{ what: 'add', row, parent, freesCodeOf: null }]
}

function warn(planning: Planning, row: Wanted, words: string): [] {
  planning.warnings.push({ line: row.line, words })
  return []
}

function parentOfRow(planning: Planning, row: Wanted): Place | null {
  const { known, file, freed, rows, problems } = planning
  const { parentCode, line } = row
  if (row.level === 'lao') {
    const unit = known.bearer(parentCode)
    if (unit?.level === 'province') return { unit }
    if (file.provinces.has(parentCode)) return { newCode: parentCode }
    problems.push({ line, words: `ไม่รู้จักจังหวัดรหัส ${parentCode.slice(1)} (ไม่มี province_th)` })
    return null
  }
  const inFile = rows.get(parentCode)
  const upgraded = inFile?.formerCode ? freed.get(inFile.formerCode) : undefined
  if (upgraded) return { unit: upgraded }
  const bearer = known.bearer(parentCode)
  if (inFile?.level === 'lao' && (!bearer || freed.has(parentCode)) && !isStale(planning, inFile))
    return { newCode: parentCode }
  // A list of institutions that was made before its LAO got a new code.
  const unit = bearer ?? known.formerBearer(parentCode)?.unit ?? null
  if (unit?.level !== 'lao') problems.push({ line, words: `ไม่รู้จัก อปท. ต้นสังกัดรหัส ${parentCode}` })
  else if (unit.closedAt !== null && row.closed === null && !known.bearer(row.code)?.closedAt)
    problems.push({ line, words: `อปท. ต้นสังกัดรหัส ${parentCode} (${unit.name}) ปิดแล้ว` })
  else {
    if (unit !== bearer || freed.has(parentCode)) warn(planning, row, `${parentCode} เป็นรหัสเดิมของ${unit.name}`)
    return { unit }
  }
  return null
}

/** A row that would add nothing because its code is a former one of somebody else. */
function isStale({ known, freed, now }: Planning, row: Wanted): boolean {
  const former = known.formerBearer(row.code)
  if (row.closed !== null && row.closed <= now) return true
  return former !== null && !freed.has(row.code) && (row.opened === null || row.opened < former.until)
}

/** An LAO is closed after everything below it: what stays there must be moved or closed first. */
function checkClosings(planning: Planning, steps: readonly PlanStep[]): void {
  const { tx, known, problems } = planning
  const closings = steps.filter((step) => step.what === 'close')
  const laos = closings.filter((step) => step.unit.level === 'lao')
  if (laos.length === 0) return
  const going = new Set(closings.map((step) => step.unit.id))
  for (const step of steps) if (step.what === 'move') going.add(step.unit.id)
  for (const { unit, row } of laos) {
    const stays = known.units.find(
      (child) => child.parentId === unit.id && child.closedAt === null && !going.has(child.id),
    )
    const comes = steps.find(
      (step) =>
        (step.what === 'add' || step.what === 'move') && 'unit' in step.parent && step.parent.unit.id === unit.id,
    )
    const newcomer = comes && 'row' in comes ? comes.row.name : undefined
    const below = stays?.name ?? newcomer ?? (fundsOthers(tx, unit.id) ? 'สถานศึกษาสังกัดอื่น' : null)
    if (below) problems.push({ line: row.line, words: `${unit.name} ยังปิดไม่ได้ เพราะยังมี${below}` })
  }
}

function absentUnits(planning: Planning, whole: boolean): UnitsPlan['absent'] {
  const { known, file, rows, freed, now } = planning
  const namedParents = new Set<UnitId>()
  for (const row of file.wanted) {
    const parent = known.bearer(row.parentCode) ?? known.formerBearer(row.parentCode)?.unit
    if (parent) namedParents.add(parent.id)
  }
  return known.units.flatMap((unit) => {
    const code = known.codeOf(unit.id)
    const open = unit.closedAt === null || unit.closedAt > now
    if (!open || code === null || (unit.level !== 'lao' && unit.level !== 'institution')) return []
    if (rows.has(code) || freed.has(code)) return []
    const isAsked = whole || (unit.parentId !== null && namedParents.has(unit.parentId))
    return isAsked ? [{ code, name: unit.name }] : []
  })
}
