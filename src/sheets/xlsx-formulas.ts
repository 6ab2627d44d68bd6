import { openZip } from './zip-entries.ts'

/** Cell addresses (`B3`) that hold a formula, for every sheet by its name: readers of .xlsx give only the results. */
export function findXlsxFormulas(bytes: Buffer): Map<string, Set<string>> {
  const read = openZip(bytes)
  const targets = relationTargets(read('xl/_rels/workbook.xml.rels') ?? '')
  const found = new Map<string, Set<string>>()
  for (const tag of (read('xl/workbook.xml') ?? '').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const name = attribute(tag[0], 'name')
    const target = targets.get(attribute(tag[0], '\\w+:id') ?? '')
    if (name === null || target === undefined) continue
    found.set(unescapeXml(name), formulaCells(read(target) ?? ''))
  }
  return found
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
