import type { CellFormat } from './sheet-state.ts'

const white = { red: 1, green: 1, blue: 1 }

/** The format of a cell that nobody formatted. */
export const defaultFormat: CellFormat = {
  backgroundColor: white,
  backgroundColorStyle: { rgbColor: white },
  padding: { top: 2, right: 3, bottom: 2, left: 3 },
  verticalAlignment: 'BOTTOM',
  wrapStrategy: 'OVERFLOW_CELL',
  textFormat: {
    foregroundColor: {},
    foregroundColorStyle: { rgbColor: {} },
    fontFamily: 'arial,sans,sans-serif',
    fontSize: 10,
    bold: false,
    italic: false,
    strikethrough: false,
    underline: false,
  },
}

export function effectiveFormat(format: CellFormat | undefined): CellFormat {
  return { ...defaultFormat, ...format, textFormat: { ...defaultFormat.textFormat, ...format?.textFormat } }
}
