/** A cell as both formats write it. A code or a number of a person is text, never a number. */
export type Cell = string | number | null

export type Column<Row> = { header: string; width: number; cell: (row: Row) => Cell }

export type Table = { name: string; columns: readonly Pick<Column<never>, 'header' | 'width'>[]; rows: Cell[][] }

export function toCells<Row>(columns: readonly Column<Row>[], row: Row): Cell[] {
  return columns.map((column) => column.cell(row))
}

export function toTable<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): Table {
  return { name, columns, rows: rows.map((row) => toCells(columns, row)) }
}
