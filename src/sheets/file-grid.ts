import { readFile } from 'node:fs/promises'
import { CsvError } from 'csv-parse/sync'
import { readCsvRows } from './csv-grid.ts'
import type { GridRow, RosterGrid } from './roster-columns.ts'
import type { FileTab } from './xlsx-grid.ts'

export type FileFault = 'not-found' | 'old-excel' | 'not-a-table' | 'broken'
export type FileReading = { ok: true; grid: RosterGrid } | { ok: false; why: FileFault; detail?: string }

export type TabsReading =
  | { ok: true; tabs: readonly FileTab[]; properties: readonly string[] }
  | { ok: false; why: FileFault; detail?: string }

/** Every tab of a file (a CSV file is one tab without a name) with what the file says about itself. */
export async function readFileTabs(bytes: Buffer): Promise<TabsReading> {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return { ok: false, why: 'old-excel' }
  if (startsWith(bytes, [0x50, 0x4b])) return readXlsxWhole(bytes)
  const text = decodeText(bytes)
  if (text === null) return { ok: false, why: 'not-a-table' }
  try {
    const rows = readCsvRows(text)
    return { ok: true, tabs: [{ name: '', rows, merges: [], formulas: 0 }], properties: [] }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    return { ok: false, why: 'broken', detail: cause.code }
  }
}

async function readXlsxWhole(bytes: Buffer): Promise<TabsReading> {
  const [{ readXlsxTabs }, { xlsxProperties }] = await Promise.all([
    import('./xlsx-grid.ts'),
    import('./xlsx-formulas.ts'),
  ])
  try {
    return { ok: true, tabs: await readXlsxTabs(bytes), properties: xlsxProperties(bytes) }
  } catch (cause) {
    return { ok: false, why: 'broken', detail: cause instanceof Error ? cause.name : '' }
  }
}

/**
 * Reads a roster file (CSV in UTF-8, UTF-16 or Windows-874; XLSX) with its header in row 1. What the file is, is seen from
 * its bytes, not from its name.
 */
export async function readRosterFile(path: string): Promise<FileReading> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (cause) {
    return { ok: false, why: 'not-found', detail: cause instanceof Error && 'code' in cause ? String(cause.code) : '' }
  }
  return readRosterBytes(bytes)
}

/** The same for a file already in memory. */
export async function readRosterBytes(bytes: Buffer): Promise<FileReading> {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return { ok: false, why: 'old-excel' }
  if (startsWith(bytes, [0x50, 0x4b])) return readXlsx(bytes)
  const text = decodeText(bytes)
  if (text === null) return { ok: false, why: 'not-a-table' }
  try {
    return { ok: true, grid: splitHeader(readCsvRows(text)) }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    return { ok: false, why: 'broken', detail: cause.code }
  }
}

async function readXlsx(bytes: Buffer): Promise<FileReading> {
  // Loaded only when needed: it costs more than judging a whole CSV roster.
  const { readXlsxRows } = await import('./xlsx-grid.ts')
  try {
    return { ok: true, grid: splitHeader(await readXlsxRows(bytes)) }
  } catch (cause) {
    return { ok: false, why: 'broken', detail: cause instanceof Error ? cause.name : '' }
  }
}

function splitHeader(rows: readonly GridRow[]): RosterGrid {
  return { header: rows[0] ?? { row: 1, cells: [] }, rows: rows.slice(1) }
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

/** Text of a CSV file, or null when it is none. Thai Excel saves "CSV" as Windows-874 and "Unicode text" as UTF-16. */
function decodeText(bytes: Buffer): string | null {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-874').decode(bytes)
  }
}
