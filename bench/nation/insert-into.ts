import type Database from 'better-sqlite3'

export type Cell = string | number | null

/** A prepared insert whose cells stand in the order of `columns`. */
export function insertInto(
  raw: Database.Database,
  table: string,
  columns: readonly string[],
): (...cells: Cell[]) => number {
  const statement = raw.prepare<Cell[]>(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  return (...cells) => Number(statement.run(...cells).lastInsertRowid)
}
