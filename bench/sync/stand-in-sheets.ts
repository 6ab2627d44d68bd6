import { rosterColumns } from '../../src/workflow/rules/roster/columns.ts'
import { DATA_TAB, indexOf, REPORT_TAB, sheetOf, spreadsheetIdOf, type Typed } from './nation.ts'
import type { StandInDrive } from './stand-in-drive.ts'

type Batch = {
  requests: {
    updateCells?: {
      start?: { sheetId?: number; rowIndex?: number; columnIndex?: number }
      rows?: { values?: { note?: string }[] }[]
      fields?: string
    }
  }[]
}

const TEACHER = 'teacher@school.example'
const GRADE = rosterColumns.indexOf('grade')
/** The product formats its columns in no other way that a masked read would show. */
const COLUMN_METADATA = JSON.stringify(
  rosterColumns.map((column) => ({ developerMetadata: [{ metadataKey: 'lec.column', metadataValue: column }] })),
)
const REPORT = JSON.stringify({
  properties: { sheetId: REPORT_TAB.id, title: REPORT_TAB.title, gridProperties: { rowCount: 2_100 } },
  data: [{}],
})

/** A nation of spreadsheets: the typed cells are made when asked for, only edits and notes are kept. */
export function openStandInSheets(options: { rows: number; drive: StandInDrive }) {
  const { rows, drive } = options
  /** Row → grade typed there. */
  const edits = new Map<number, Map<number, string>>()
  const notes = new Map<number, Map<string, string>>()
  const waiting = new Map<number, number>()
  const read = new Set<number>()
  const feedback: number[] = []

  const typedCells = (index: number): Typed[][] => {
    const grid = sheetOf(index, rows)
    for (const [row, grade] of edits.get(index) ?? []) {
      const cells = grid[row]
      if (cells) cells[GRADE] = grade
    }
    return grid
  }

  const dataTab = (index: number, mask: string) => {
    const shown = mask.includes('formattedValue')
    const noted = mask.includes('note') ? notes.get(index) : undefined
    const cell = (typed: Typed, at: string) => {
      const note = noted?.get(at)
      const said = note ? `"note":${JSON.stringify(note)}` : ''
      if (typed === '') return `{${said}}`
      const kind = typeof typed === 'boolean' ? 'boolValue' : 'stringValue'
      const text = JSON.stringify(typed)
      const looks = typeof typed === 'boolean' ? `"${String(typed).toUpperCase()}"` : text
      const formatted = shown ? `,"formattedValue":${looks}` : ''
      return `{"userEnteredValue":{"${kind}":${text}}${formatted}${said === '' ? '' : `,${said}`}}`
    }
    const rowData = typedCells(index).map((cells, row) => {
      const last = cells.findLastIndex((typed, column) => typed !== '' || noted?.has(`${row}:${column}`))
      return `{"values":[${cells
        .slice(0, last + 1)
        .map((typed, column) => cell(typed, `${row}:${column}`))
        .join(',')}]}`
    })
    const properties = JSON.stringify({
      sheetId: DATA_TAB.id,
      title: DATA_TAB.title,
      gridProperties: { rowCount: 1_000 },
    })
    const metadata = mask.includes('columnMetadata') ? `,"columnMetadata":${COLUMN_METADATA}` : ''
    return `{"properties":${properties},"data":[{"rowData":[${rowData.join(',')}]${metadata}}]}`
  }

  const takeNotes = (index: number, { requests }: Batch) => {
    const own = notes.get(index) ?? new Map<string, string>()
    for (const { updateCells } of requests) {
      if (updateCells?.fields !== 'note' || (updateCells.start?.sheetId ?? 0) !== DATA_TAB.id) continue
      const { rowIndex = 0, columnIndex = 0 } = updateCells.start ?? {}
      for (const [down, row] of (updateCells.rows ?? []).entries()) {
        for (const [right, { note }] of (row.values ?? []).entries()) {
          const at = `${rowIndex + down}:${columnIndex + right}`
          if (note) own.set(at, note)
          else own.delete(at)
        }
      }
    }
    if (own.size > 0) notes.set(index, own)
    else notes.delete(index)
  }

  return {
    read(url: URL): string {
      const index = indexOf(decodeURIComponent(url.pathname.slice('/v4/spreadsheets/'.length)))
      read.add(index)
      return `{"sheets":[${dataTab(index, url.searchParams.get('fields') ?? '')},${REPORT}]}`
    },
    batchUpdate(url: URL, sent: { body: Batch; caller: string; now: number }): string {
      const index = indexOf(
        decodeURIComponent(url.pathname.slice('/v4/spreadsheets/'.length)).replace(':batchUpdate', ''),
      )
      takeNotes(index, sent.body)
      const asked = waiting.get(index)
      if (asked !== undefined) feedback.push(sent.now - asked)
      waiting.delete(index)
      drive.changed(spreadsheetIdOf(index), { at: sent.now, editor: sent.caller })
      const tab = dataTab(index, url.searchParams.get('fields') ?? '')
      return `{"spreadsheetId":"${spreadsheetIdOf(index)}","replies":[],"updatedSpreadsheet":{"sheets":[${tab}]}}`
    },
    /** A teacher mistypes a grade. */
    edit(index: number, at: number): void {
      const own = edits.get(index) ?? new Map<number, string>()
      own.set(1 + (own.size % rows), 'ป.99')
      edits.set(index, own)
      waiting.set(index, at)
      drive.changed(spreadsheetIdOf(index), { at, editor: TEACHER })
    },
    feedback: () => feedback,
    readOnce: () => read.size,
  }
}
