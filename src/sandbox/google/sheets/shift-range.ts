import type { Dimension, GridRange } from './sheet-state.ts'

export type DimensionEdit =
  | { kind: 'insert'; at: number; count: number }
  | { kind: 'delete'; start: number; end: number }
  | { kind: 'move'; start: number; end: number; to: number }

/** Where a row or column is after the edit; nothing when it was deleted. `to` counts positions before the move. */
export function shiftIndex(index: number, edit: DimensionEdit): number | undefined {
  switch (edit.kind) {
    case 'insert':
      return index >= edit.at ? index + edit.count : index
    case 'delete':
      if (index >= edit.end) return index - (edit.end - edit.start)
      return index >= edit.start ? undefined : index
    case 'move': {
      const count = edit.end - edit.start
      const target = edit.to > edit.start ? edit.to - count : edit.to
      if (index >= edit.start && index < edit.end) return target + (index - edit.start)
      const without = index >= edit.end ? index - count : index
      return without >= target ? without + count : without
    }
  }
}

/** A span after the edit: it grows with what is inserted inside it and shrinks with what is deleted from it. */
export function shiftSpan(
  span: { start: number; end: number },
  edit: DimensionEdit,
): { start: number; end: number } | undefined {
  const { start, end } = span
  switch (edit.kind) {
    case 'insert':
      return {
        start: start >= edit.at ? start + edit.count : start,
        end: end > edit.at ? end + edit.count : end,
      }
    case 'delete': {
      const shift = (position: number) =>
        position <= edit.start ? position : Math.max(edit.start, position - (edit.end - edit.start))
      const shifted = { start: shift(start), end: shift(end) }
      return shifted.start < shifted.end ? shifted : undefined
    }
    case 'move': {
      if (start >= edit.start && end <= edit.end) {
        const moved = shiftIndex(start, edit) ?? start
        return { start: moved, end: moved + (end - start) }
      }
      if (edit.start >= start && edit.end <= end && edit.to >= start && edit.to <= end) return span
      const count = edit.end - edit.start
      const left = shiftSpan(span, { kind: 'delete', start: edit.start, end: edit.end })
      const at = edit.to > edit.start ? edit.to - count : edit.to
      return left && shiftSpan(left, { kind: 'insert', at, count })
    }
  }
}

export function shiftRange(range: GridRange, dimension: Dimension, edit: DimensionEdit): GridRange | undefined {
  const rows = dimension === 'ROWS'
  const start = rows ? range.startRowIndex : range.startColumnIndex
  const end = rows ? range.endRowIndex : range.endColumnIndex
  if ((start ?? undefined) === undefined && (end ?? undefined) === undefined) return range
  const span = shiftSpan({ start: start ?? 0, end: end ?? Number.MAX_SAFE_INTEGER / 2 }, edit)
  if (!span) return undefined
  const open = (end ?? undefined) === undefined
  return rows
    ? { ...range, startRowIndex: span.start, ...(open ? {} : { endRowIndex: span.end }) }
    : { ...range, startColumnIndex: span.start, ...(open ? {} : { endColumnIndex: span.end }) }
}
