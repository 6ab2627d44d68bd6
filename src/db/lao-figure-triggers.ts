import type Database from 'better-sqlite3'

/** Of one LAO, given as itself or by an institution below it. */
const forget = (roundId: string, unitId: string): string =>
  `DELETE FROM lao_figures WHERE round_id = ${roundId} AND lao_id IN (${unitId}, (SELECT parent_id FROM units WHERE id = ${unitId}));`
const forgetEverywhere = (...unitIds: string[]): string =>
  `DELETE FROM lao_figures WHERE lao_id IN (${unitIds.join(', ')});`

/** While a roster is open, what its sheet says has no part in the figures: the many reads of a round cost nothing here. */
const isSettled = (unitId: string): string =>
  `EXISTS (SELECT 1 FROM component_states s WHERE s.round_id = NEW.round_id AND s.unit_id = ${unitId}
     AND s.component = 'roster' AND s.state <> 'open')`

/**
 * Everything that an LAO's completeness and reported figure rest on (`laoLines`), as `<when> <on what> → <what is forgotten>`.
 * Triggers, because no act that changes one of these can then forget to.
 */
const CAUSES: Record<string, string> = {
  component_states_insert: `AFTER INSERT ON component_states BEGIN ${forget('NEW.round_id', 'NEW.unit_id')} END`,
  component_states_update: `AFTER UPDATE ON component_states BEGIN ${forget('NEW.round_id', 'NEW.unit_id')} END`,
  component_states_delete: `AFTER DELETE ON component_states BEGIN ${forget('OLD.round_id', 'OLD.unit_id')} END`,
  rosters_insert: `AFTER INSERT ON rosters WHEN ${isSettled('NEW.institution_id')}
    BEGIN ${forget('NEW.round_id', 'NEW.institution_id')} END`,
  rosters_update: `AFTER UPDATE OF content_hash, counted ON rosters
    WHEN (OLD.content_hash <> NEW.content_hash OR OLD.counted <> NEW.counted) AND ${isSettled('NEW.institution_id')}
    BEGIN ${forget('NEW.round_id', 'NEW.institution_id')} END`,
  rosters_delete: `AFTER DELETE ON rosters BEGIN ${forget('OLD.round_id', 'OLD.institution_id')} END`,
  count_sheets_insert: `AFTER INSERT ON count_sheets BEGIN ${forget('NEW.round_id', 'NEW.lao_id')} END`,
  count_sheets_update: `AFTER UPDATE OF content_hash ON count_sheets WHEN OLD.content_hash <> NEW.content_hash
    BEGIN ${forget('NEW.round_id', 'NEW.lao_id')} END`,
  count_sheets_delete: `AFTER DELETE ON count_sheets BEGIN ${forget('OLD.round_id', 'OLD.lao_id')} END`,
  units_insert: `AFTER INSERT ON units BEGIN ${forgetEverywhere('NEW.parent_id')} END`,
  units_update: `AFTER UPDATE OF level, parent_id, closed_at ON units
    BEGIN ${forgetEverywhere('NEW.id', 'NEW.parent_id', 'OLD.parent_id')} END`,
  other_institutions_insert: `AFTER INSERT ON other_institutions BEGIN ${forgetEverywhere('NEW.lao_id')} END`,
  other_institutions_update: `AFTER UPDATE OF lao_id, code, closed_at ON other_institutions
    BEGIN ${forgetEverywhere('NEW.lao_id', 'OLD.lao_id')} END`,
  other_institutions_delete: `AFTER DELETE ON other_institutions BEGIN ${forgetEverywhere('OLD.lao_id')} END`,
  // A closed round shows its units as they were at its end. An extension moves that end; ending one does so for later acts only.
  extensions_insert: `AFTER INSERT ON extensions BEGIN DELETE FROM lao_figures WHERE round_id = NEW.round_id; END`,
  // So does a late act that was accepted after the close.
  held_acts_above: `AFTER UPDATE OF above_until ON held_acts BEGIN DELETE FROM lao_figures WHERE round_id = NEW.round_id; END`,
}

const PREFIX = 'lao_figures_after_'

/** Makes them as this program wants them; figures that were kept under others are forgotten. */
export function makeLaoFigureTriggers(raw: Database.Database): void {
  if (!raw.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'lao_figures'`).get()) return
  const wanted = Object.entries(CAUSES).map(([cause, what]) => `CREATE TRIGGER ${PREFIX}${cause} ${what}`)
  const known = new Set(triggersOf(raw).map(({ sql }) => sql))
  if (known.size === wanted.length && wanted.every((sql) => known.has(sql))) return
  dropLaoFigureTriggers(raw)
  for (const sql of wanted) raw.exec(sql)
  raw.exec('DELETE FROM lao_figures')
}

/** Before a migration too: a trigger that names a table keeps SQLite from rebuilding it. */
export function dropLaoFigureTriggers(raw: Database.Database): void {
  for (const { name } of triggersOf(raw)) raw.exec(`DROP TRIGGER ${name}`)
}

function triggersOf(raw: Database.Database): { name: string; sql: string }[] {
  return raw
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB ? || '*'`,
    )
    .all(PREFIX)
}
