import type Database from 'better-sqlite3'
import type { ConfirmationId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { holds, SheetFileState } from '../db/schema.ts'
import { lastHoldOf } from './roster-holds.ts'
import { type SharedFigures, sharedFigures } from './shared-pupils-count.ts'
import { type Unit, unitById } from './unit.ts'
import { baseMoment, belongedElsewhere, momentsOf } from './units-at.ts'
import { hashOfShown } from './write-confirmation.ts'

export type InstitutionLine = {
  id: UnitId
  name: string
  kind: Unit['kind']
  state: 'open' | 'confirmed' | 'not_required'
  confirmationId: ConfirmationId | null
  reportedConfirmationId: ConfirmationId | null
  reopenedTimes: number
  /** Confirmed figure, or the last one while it is being corrected. */
  reportedCount: number | null
  receiptNumber: string | null
  confirmedAt: Instant | null
  /** What the sheet says now. */
  counted: number | null
  errors: number
  unexplainedWarnings: number
  readAt: Instant | null
  snapshotHash: string | null
  contentHash: string | null
  /** Edited in the sheet after confirming: the snapshot stays the official figure. */
  drifted: boolean
  /** Why the sheet cannot be read now, in words for people; null while it can. */
  sheetTrouble: string | null
  /** Rows that vanished from the sheet and wait for the officer's word (`refused`: for their return). */
  hold: { missing: number; refused: boolean } | null
  /** Pupils whom another institution counts too, and those of them who keep this one from confirming. */
  shared: SharedFigures
}

/** The institutions of an LAO in a round, each with its state; closed ones are left out. */
export function institutionLines(
  tx: Tx,
  input: { roundId: RoundId; laoIds: UnitId[] },
  now: Instant,
): (InstitutionLine & { laoId: UnitId })[] {
  if (input.laoIds.length === 0) return []
  const belonged = belongedElsewhere(tx, input, now)
  const { roundId } = input
  const { heldBelow } = preparedOn(tx, institutionStatements)
  const laoIds = JSON.stringify(input.laoIds)
  const rows = [...Map.groupBy(input.laoIds, momentsOf(tx, roundId, now))].flatMap(([at, ids]) =>
    rowsAt(tx, { roundId, laoIds: ids, belonged, at }),
  )
  const held = new Map(heldBelow.all({ roundId, ids: laoIds }).map((hold) => [hold.institutionId, hold]))
  const shared = sharedFigures(tx, input, now)
  return rows.map((row) => ({
    ...lineOf(row, { hold: held.get(row.id), shared: shared.get(row.id) }),
    laoId: belonged.get(row.id) ?? row.laoId,
  }))
}

/** The institutions of LAOs that are looked at as of the same moment, by id. */
function rowsAt(
  tx: Tx,
  input: { roundId: RoundId; laoIds: UnitId[]; belonged: ReadonlyMap<UnitId, UnitId>; at: Instant },
): InstitutionRow[] {
  const { roundId, laoIds, belonged, at } = input
  const { below, named } = preparedOn(tx, institutionStatements)
  const there = below.all({ roundId, ids: JSON.stringify(laoIds), at })
  if (belonged.size === 0) return there
  const left = [...belonged].filter(([, laoId]) => laoIds.includes(laoId)).map(([id]) => id)
  const stayed = there.filter(({ id }) => !belonged.has(id))
  return [...stayed, ...named.all({ roundId, ids: JSON.stringify(left), at })].sort((a, b) => a.id - b.id)
}

/** The line of one institution alone; null when it is closed. */
export function institutionLine(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId },
  now: Instant,
): InstitutionLine | null {
  const { roundId, institutionId } = input
  const { named } = preparedOn(tx, institutionStatements)
  const laoId = unitById(tx, institutionId).parentId
  const at = laoId === null ? now : momentsOf(tx, roundId, now)(laoId)
  const [row] = named.all({ roundId, ids: JSON.stringify([institutionId]), at })
  if (!row) return null
  const shared = sharedFigures(tx, { roundId, institutionIds: [institutionId] }, now).get(institutionId)
  return lineOf(row, { hold: lastHoldOf(tx, input) ?? undefined, shared })
}

function lineOf(
  row: InstitutionRow,
  found: { hold: Hold | undefined; shared: SharedFigures | undefined },
): InstitutionLine {
  const { state, counted, contentHash, snapshotHash, sheetState } = row
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    // Spared as empty once; a pupil who appears makes it required again.
    state: state === 'not_required' && (counted ?? 0) > 0 ? 'open' : (state ?? 'open'),
    confirmationId: row.confirmationId,
    reportedConfirmationId: row.reportedConfirmationId,
    reopenedTimes: row.reopenedTimes ?? 0,
    reportedCount: row.reportedCount,
    snapshotHash,
    receiptNumber: row.receiptNumber,
    confirmedAt: row.confirmedAt,
    counted,
    errors: row.errors ?? 0,
    unexplainedWarnings: row.unexplainedWarnings ?? 0,
    readAt: row.readAt,
    contentHash,
    drifted: state === 'confirmed' && contentHash !== null && contentHash !== snapshotHash,
    sheetTrouble:
      sheetState === null || sheetState === 'ok' || sheetState === 'creating' ? null : (row.sheetReason ?? ''),
    hold: holdShown(found.hold, contentHash),
    shared: found.shared ?? { open: 0, blocking: 0 },
  }
}

/** A line as the tables say it: nothing read, confirmed or made yet is null. */
type InstitutionRow = Pick<
  InstitutionLine,
  | 'id'
  | 'name'
  | 'kind'
  | 'confirmationId'
  | 'reportedConfirmationId'
  | 'reportedCount'
  | 'receiptNumber'
  | 'confirmedAt'
  | 'counted'
  | 'readAt'
  | 'snapshotHash'
  | 'contentHash'
> & {
  laoId: UnitId
  state: InstitutionLine['state'] | null
  reopenedTimes: number | null
  errors: number | null
  unexplainedWarnings: number | null
  sheetState: SheetFileState | null
  sheetReason: string | null
}

type Hold = Pick<typeof holds.$inferSelect, 'missing' | 'state' | 'contentHash'>

const INSTITUTION_COLUMNS = `u.id, u.name, u.kind, u.parent_id AS laoId, s.state, s.confirmation_id AS confirmationId,
  s.reported_confirmation_id AS reportedConfirmationId, s.reopened_times AS reopenedTimes, n.counted AS reportedCount,
  n.hash AS snapshotHash, c.receipt_number AS receiptNumber, c.tapped_at AS confirmedAt, r.counted, r.errors,
  r.unexplained_warnings AS unexplainedWarnings, r.read_at AS readAt, r.content_hash AS contentHash,
  f.state AS sheetState, f.state_reason AS sheetReason`

const INSTITUTION_FACTS = `
  LEFT JOIN component_states s ON s.round_id = @roundId AND s.unit_id = u.id AND s.component = 'roster'
  LEFT JOIN confirmations c ON c.id = s.reported_confirmation_id
  LEFT JOIN snapshots n ON n.id = c.snapshot_id
  LEFT JOIN rosters r ON r.round_id = @roundId AND r.institution_id = u.id
  LEFT JOIN sheet_files f ON f.round_id = @roundId AND f.unit_id = u.id AND f.kind = 'roster'
  WHERE (u.closed_at IS NULL OR u.closed_at > @at) AND (u.opened_at <= @at OR s.unit_id IS NOT NULL)`

/** For whole provinces: prepared once, and beginning at the units asked for, or SQLite walks through everything of the round. */
function institutionStatements(raw: Database.Database) {
  type Asked = { roundId: RoundId; ids: string; at: Instant }
  return {
    below: raw.prepare<[Asked], InstitutionRow>(
      `SELECT ${INSTITUTION_COLUMNS} FROM json_each(@ids) asked
       CROSS JOIN units u INDEXED BY units_parent ON u.parent_id = asked.value AND u.level = 'institution'
       ${INSTITUTION_FACTS}`,
    ),
    named: raw.prepare<[Asked], InstitutionRow>(
      `SELECT ${INSTITUTION_COLUMNS} FROM json_each(@ids) asked CROSS JOIN units u ON u.id = asked.value
       ${INSTITUTION_FACTS}`,
    ),
    /** The last hold of an institution comes last. */
    heldBelow: raw.prepare<[Omit<Asked, 'at'>], Hold & { institutionId: UnitId }>(
      `SELECT h.institution_id AS institutionId, h.missing, h.state, h.content_hash AS contentHash FROM json_each(@ids) asked
       CROSS JOIN units u INDEXED BY units_parent ON u.parent_id = asked.value AND u.level = 'institution'
       CROSS JOIN holds h INDEXED BY holds_institution ON h.round_id = @roundId AND h.institution_id = u.id
       ORDER BY h.id`,
    ),
  }
}

/** What keeps an institution from confirming, as `blockingHold` says it of a single one. */
function holdShown(hold: Hold | undefined, contentHash: string | null): InstitutionLine['hold'] {
  if (!hold) return null
  if (hold.state === 'open') return { missing: hold.missing, refused: false }
  const back = hold.state !== 'refused' || hold.contentHash !== contentHash
  return back ? null : { missing: hold.missing, refused: true }
}

export type LaoLine = {
  id: UnitId
  name: string
  kind: Unit['kind']
  institutions: InstitutionLine[]
  overview: 'not_applicable' | 'open' | 'confirmed' | 'not_required'
  overviewConfirmationId: ConfirmationId | null
  otherCounts: 'not_applicable' | 'open' | 'confirmed' | 'not_required'
  otherCountsConfirmationId: ConfirmationId | null
  /** False: it was confirmed before an institution came or went, and must be reopened and confirmed again. */
  overviewCovers: boolean
  /** False: it was confirmed before an institution of another affiliation came. */
  countsCover: boolean
  /** Edited in the sheet after confirming: the snapshot stays the official figure. */
  countsDrifted: boolean
  otherInstitutionCount: number
  /** Confirmed total of the other-affiliation institutions, or null. */
  otherCounted: number | null
  /** Own institutions all confirmed and undrifted, overview and other counts confirmed as they are now, where they apply. */
  complete: boolean
  /** Hash of what the province would see and mark (ตรวจสอบแล้ว). */
  shownHash: string
  marked: boolean
}

/** The LAOs of a province, or one LAO, with both components, derived from structure and state (domain.md section 8). */
export function laoLines(tx: Tx, input: { roundId: RoundId; laos: Unit[] }, now: Instant): LaoLine[] {
  const laoIds = input.laos.map((lao) => lao.id)
  if (laoIds.length === 0) return []
  const { roundId } = input
  const { components, others, sheets, marks } = preparedOn(tx, laoStatements)
  const asked = { roundId, ids: JSON.stringify(laoIds) }
  const byLao = Map.groupBy(institutionLines(tx, { roundId, laoIds }, now), (line) => line.laoId)
  const componentsByLao = Map.groupBy(components.all(asked), (row) => row.laoId)
  const at = momentsOf(tx, roundId, now)
  const othersNow = others
    .all({ ...asked, at: baseMoment(tx, roundId, now) })
    .filter(({ laoId, closedAt }) => closedAt === null || closedAt > at(laoId))
  const othersByLao = Map.groupBy(othersNow, (row) => row.laoId)
  const countHashes = new Map(sheets.all(asked).map((row) => [row.laoId, row.hash]))
  const markedHashes = new Map(marks.all(asked).map((row) => [row.laoId, row.hash]))
  return input.laos.map((lao) => {
    const institutions = byLao.get(lao.id) ?? []
    const required = institutions.filter((line) => line.state !== 'not_required')
    const otherCodes = (othersByLao.get(lao.id) ?? []).map((row) => row.code)
    const own = componentsByLao.get(lao.id) ?? []
    const overviewRow = own.find((row) => row.component === 'overview')
    const countsRow = own.find((row) => row.component === 'other_counts')
    const overview = shownState(overviewRow?.state, required.length > 0)
    const otherCounts = shownState(countsRow?.state, otherCodes.length > 0)
    const shownHash = hashOfShown([
      [lao.id, overviewRow?.confirmationId ?? null, countsRow?.confirmationId ?? null, otherCodes.length],
      ...required.map((line) => [line.id, line.confirmationId] as const),
    ])
    const overviewCovers = overview !== 'confirmed' || overviewRow?.hash === overviewHash(required)
    const countsCover = otherCounts !== 'confirmed' || coversAll(countsRow?.rows, otherCodes)
    const countsNow = countHashes.get(lao.id)
    const countsDrifted = otherCounts === 'confirmed' && countsNow !== undefined && countsNow !== countsRow?.hash
    const childrenDone = required.every((line) => line.state === 'confirmed' && !line.drifted)
    const bothAbsent = overview === 'not_applicable' && otherCounts === 'not_applicable'
    return {
      id: lao.id,
      name: lao.name,
      kind: lao.kind,
      institutions,
      overview,
      overviewConfirmationId: overviewRow?.confirmationId ?? null,
      otherCounts,
      otherCountsConfirmationId: countsRow?.confirmationId ?? null,
      overviewCovers,
      countsCover,
      countsDrifted,
      otherInstitutionCount: otherCodes.length,
      otherCounted: countsRow?.counted ?? null,
      complete:
        childrenDone &&
        overview !== 'open' &&
        otherCounts !== 'open' &&
        overviewCovers &&
        countsCover &&
        !countsDrifted &&
        !bothAbsent,
      shownHash,
      marked: markedHashes.get(lao.id) === shownHash,
    }
  })
}

/** A component of an LAO with what it reports now; `rows` (JSON) for other-affiliation counts alone. */
type ComponentRow = {
  laoId: UnitId
  component: 'overview' | 'other_counts'
  state: 'open' | 'confirmed' | 'not_required'
  confirmationId: ConfirmationId | null
  hash: string | null
  counted: number | null
  rows: string | null
}

function laoStatements(raw: Database.Database) {
  type Asked = { roundId: RoundId; ids: string }
  return {
    components: raw.prepare<[Asked], ComponentRow>(
      `SELECT s.unit_id AS laoId, s.component, s.state, s.confirmation_id AS confirmationId, n.hash, n.counted,
         CASE s.component WHEN 'other_counts' THEN n.rows END AS rows
       FROM json_each(@ids) asked CROSS JOIN component_states s ON s.round_id = @roundId AND s.unit_id = asked.value
       LEFT JOIN confirmations c ON c.id = s.reported_confirmation_id LEFT JOIN snapshots n ON n.id = c.snapshot_id`,
    ),
    /** Those that came with a later round are none of this one's. */
    others: raw.prepare<[Asked & { at: Instant }], { laoId: UnitId; code: string; closedAt: Instant | null }>(
      `SELECT o.lao_id AS laoId, o.code, o.closed_at AS closedAt FROM json_each(@ids) asked
       CROSS JOIN other_institutions o ON o.lao_id = asked.value AND (o.closed_at IS NULL OR o.closed_at > @at)
       WHERE (SELECT recording_opens_at FROM rounds WHERE id = @roundId) >= coalesce((
         SELECT min(r.recording_opens_at) FROM rounds r WHERE EXISTS (
           SELECT 1 FROM other_counts c WHERE c.round_id = r.id AND c.other_institution_id = o.id)), 0)`,
    ),
    sheets: raw.prepare<[Asked], { laoId: UnitId; hash: string }>(
      `SELECT c.lao_id AS laoId, c.content_hash AS hash FROM json_each(@ids) asked
       CROSS JOIN count_sheets c ON c.round_id = @roundId AND c.lao_id = asked.value`,
    ),
    marks: raw.prepare<[Asked], { laoId: UnitId; hash: string }>(
      `SELECT m.lao_id AS laoId, m.shown_hash AS hash FROM json_each(@ids) asked
       CROSS JOIN lao_marks m ON m.round_id = @roundId AND m.lao_id = asked.value`,
    ),
  }
}

/** Hash of what an LAO's overview stands for: every required institution with its confirmation and content. */
export function overviewHash(institutions: readonly InstitutionLine[]): string {
  return hashOfShown(institutions.map((child) => [child.id, child.confirmationId, child.snapshotHash]))
}

/** What was declared not required must be confirmed all the same as soon as there is something to confirm. */
function shownState(state: 'open' | 'confirmed' | 'not_required' | undefined, applies: boolean): LaoLine['overview'] {
  if (state === 'confirmed') return 'confirmed'
  if (applies) return 'open'
  return state === 'not_required' ? 'not_required' : 'not_applicable'
}

function coversAll(rows: string | null | undefined, codes: readonly string[]): boolean {
  const confirmed = new Set((JSON.parse(rows ?? '[]') as { code?: unknown }[]).map((row) => row.code))
  return codes.every((code) => confirmed.has(code))
}
