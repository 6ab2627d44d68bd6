import { crc32, deflateRawSync } from 'node:zlib'

/** A cell of a made-up workbook: raw XML attributes and content let tests write what other programs write. */
export type XlsxCell = string | number | boolean | null | { formula: string; result?: string } | { date: number }

export type XlsxLooks = {
  /** Merged ranges by sheet, as `B1:D1`. */
  merges?: Record<string, readonly string[]>
  /** Texts in a table of their own, as Excel and most reporting tools write them. */
  sharedStrings?: boolean
  /** Days are counted from 1904, as old Macs did. */
  date1904?: boolean
  /** Title of the document. */
  title?: string
}

/** Makes a small .xlsx file: enough of the format for readers, with the sheets in the given order. */
export function makeXlsx(sheets: Record<string, readonly (readonly XlsxCell[])[]>, looks: XlsxLooks = {}): Buffer {
  const names = Object.keys(sheets)
  const shared = looks.sharedStrings ? new Map<string, number>() : null
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${looks.date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${names
      .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation(90, 'styles', 'styles.xml')}${shared ? relation(91, 'sharedStrings', 'sharedStrings.xml') : ''}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
  }
  for (const [i, name] of names.entries()) {
    files[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheets[name] ?? [], {
      merges: looks.merges?.[name] ?? [],
      shared,
    })
  }
  if (shared) {
    const items = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')
    files['xl/sharedStrings.xml'] =
      `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${shared.size}" uniqueCount="${shared.size}">${items}</sst>`
  }
  if (looks.title) {
    files['docProps/core.xml'] =
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(looks.title)}</dc:title></cp:coreProperties>`
  }
  return zip(files)
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
}

type Writing = { merges: readonly string[]; shared: Map<string, number> | null }

function sheetXml(rows: readonly (readonly XlsxCell[])[], { merges, shared }: Writing): string {
  const body = rows
    .map(
      (cells, r) =>
        `<row r="${r + 1}">${cells.map((cell, c) => cellXml(`${letters(c)}${r + 1}`, cell, shared)).join('')}</row>`,
    )
    .join('')
  const merged =
    merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}</sheetData>${merged}</worksheet>`
}

function cellXml(at: string, cell: XlsxCell, shared: Map<string, number> | null): string {
  if (cell === null) return ''
  if (typeof cell === 'string' && shared) {
    if (!shared.has(cell)) shared.set(cell, shared.size)
    return `<c r="${at}" t="s"><v>${shared.get(cell)}</v></c>`
  }
  if (typeof cell === 'string')
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if ('date' in cell) return `<c r="${at}" s="1"><v>${cell.date}</v></c>`
  const result = cell.result === undefined ? '' : `<v>${escaped(cell.result)}</v>`
  return `<c r="${at}" t="str"><f>${escaped(cell.formula)}</f>${result}</c>`
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function zip(files: Record<string, string>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    const title = Buffer.from(name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(plain), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(plain.length, 18)
    facts.writeUInt16LE(title.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), facts, title, packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, place, title]))
    bodies.push(body)
    offset += body.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
