import { eachSheetXml } from './xlsx-formulas.ts'

/** Rows and columns count from 0; the ends are inclusive, as in `B1:D2`. */
export type MergedBox = { top: number; left: number; bottom: number; right: number }

/** The merged cells of every sheet by its name: readers of .xlsx give only the value of the top left cell. */
export function findXlsxMerges(bytes: Buffer): Map<string, MergedBox[]> {
  const found = new Map<string, MergedBox[]>()
  for (const { name, xml } of eachSheetXml(bytes)) {
    const boxes = [...xml.matchAll(MERGE)].map(([, left, top, right, bottom]) => ({
      top: Number(top) - 1,
      left: columnIndex(left ?? ''),
      bottom: Number(bottom) - 1,
      right: columnIndex(right ?? ''),
    }))
    found.set(name, boxes)
  }
  return found
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']/g

function columnIndex(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
