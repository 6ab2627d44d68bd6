import { openZip } from './zip-entries.ts'

/** Cell addresses (`B3`) that hold a formula, for every sheet by its name: readers of .xlsx give only the results. */
export function findXlsxFormulas(bytes: Buffer): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { name, xml } of eachSheetXml(bytes)) found.set(name, formulaCells(xml))
  return found
}

/** The XML of every sheet, in the order of the workbook. */
export function eachSheetXml(bytes: Buffer): { name: string; xml: string }[] {
  const read = openZip(bytes)
  const targets = relationTargets(read('xl/_rels/workbook.xml.rels') ?? '')
  const sheets: { name: string; xml: string }[] = []
  for (const tag of (read('xl/workbook.xml') ?? '').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const name = attribute(tag[0], 'name')
    const target = targets.get(attribute(tag[0], '\\w+:id') ?? '')
    if (name === null || target === undefined) continue
    sheets.push({ name: unescapeXml(name), xml: read(target) ?? '' })
  }
  return sheets
}

/** What the file says about itself: title, subject, company, tab names, properties of its own. */
export function xlsxProperties(bytes: Buffer): string[] {
  const read = openZip(bytes)
  return ['docProps/core.xml', 'docProps/app.xml', 'docProps/custom.xml'].flatMap((name) =>
    [...(read(name) ?? '').matchAll(/>([^<>]+)</g)].map(([, text]) => unescapeXml(text ?? '').trim()),
  )
}

function relationTargets(rels: string): Map<string, string> {
  const targets = new Map<string, string>()
  for (const tag of rels.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const id = attribute(tag[0], 'Id')
    const target = attribute(tag[0], 'Target')
    if (id !== null && target !== null) targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return targets
}

const cellOrFormula = /<(?:\w+:)?(?:c\s[^>]*|f(?:\s[^>]*)?\/?)>/g

function formulaCells(sheet: string): Set<string> {
  const cells = new Set<string>()
  let current: string | null = null
  for (const [tag] of sheet.matchAll(cellOrFormula)) {
    if (/^<(?:\w+:)?c\s/.test(tag)) current = attribute(tag, 'r')
    else if (current !== null) cells.add(current)
  }
  return cells
}

function attribute(tag: string, name: string): string | null {
  return (
    new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`)
      .exec(tag)
      ?.slice(1)
      .find((value) => value !== undefined) ?? null
  )
}

function unescapeXml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
}
