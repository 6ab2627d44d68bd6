import type { DeveloperMetadata, Dimension, DocState, GridRange, SheetState } from './sheet-state.ts'
import { type DimensionEdit, shiftIndex, shiftRange } from './shift-range.ts'

/** Moves everything that points at rows or columns along with an insert, a delete or a move. */
export function followEdit(
  doc: DocState,
  options: { sheet: SheetState; dimension: Dimension; edit: DimensionEdit },
): void {
  const { sheet, dimension, edit } = options
  const shift = (range: GridRange | null | undefined) => range && shiftRange(range, dimension, edit)
  sheet.merges = sheet.merges.flatMap((range) => shift(range) ?? [])
  sheet.protectedRanges = sheet.protectedRanges.flatMap((one) => {
    const range = shift(one.range)
    if (!range) return []
    const exceptions = one.unprotectedRanges?.flatMap((exception) => shift(exception) ?? [])
    return [{ ...one, range, ...(exceptions ? { unprotectedRanges: exceptions } : {}) }]
  })
  sheet.conditionalFormats = sheet.conditionalFormats.flatMap((rule) => {
    const ranges = (rule.ranges ?? []).flatMap((range) => shift(range) ?? [])
    return ranges.length > 0 ? [{ ...rule, ranges }] : []
  })
  if (sheet.basicFilter?.range) {
    const range = shift(sheet.basicFilter.range)
    if (range) sheet.basicFilter = { ...sheet.basicFilter, range }
    else delete sheet.basicFilter
  }
  doc.namedRanges = doc.namedRanges.flatMap((named) => {
    if ((named.range?.sheetId ?? 0) !== sheet.sheetId) return [named]
    const range = shift(named.range)
    return range ? [{ ...named, range }] : []
  })
  doc.metadata = doc.metadata.flatMap((one) => followMetadata(one, options))
}

// Metadata sits on one row or column and goes where it goes; it dies with it.
function followMetadata(
  one: DeveloperMetadata,
  options: { sheet: SheetState; dimension: Dimension; edit: DimensionEdit },
): DeveloperMetadata[] {
  const range = one.location?.dimensionRange
  if (!range || (range.sheetId ?? 0) !== options.sheet.sheetId || range.dimension !== options.dimension) return [one]
  const index = shiftIndex(range.startIndex ?? 0, options.edit)
  if (index === undefined) return []
  return [
    { ...one, location: { ...one.location, dimensionRange: { ...range, startIndex: index, endIndex: index + 1 } } },
  ]
}
