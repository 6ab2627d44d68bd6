import type { Cell } from './cells.ts'

/** Google advises payloads of up to 2 MB: https://developers.google.com/workspace/sheets/api/limits */
const MOST_ROW_BYTES = 1_000_000

/** `start` counts from the first row of the list. */
export type RowPiece = { start: number; rows: Cell[][] }

/** Rows in pieces that are each small enough for one request. */
export function rowPieces(rows: readonly Cell[][]): RowPiece[] {
  const pieces: RowPiece[] = []
  let bytes = 0
  for (const [start, cells] of rows.entries()) {
    const size = Buffer.byteLength(JSON.stringify(cells))
    const last = pieces.at(-1)
    if (last && bytes + size <= MOST_ROW_BYTES) {
      last.rows.push(cells)
      bytes += size
    } else {
      pieces.push({ start, rows: [cells] })
      bytes = size
    }
  }
  return pieces
}
