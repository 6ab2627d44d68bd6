import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const HEADING = '## Who may import whom'

type Import = { file: string; what: string }

const posix = (path: string): string => path.split(sep).join('/')
const sourceFiles = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|js)$/.test(name))
  .map((name) => `src/${posix(name)}`)
  .sort()

/** Everything a file imports, statically or on the way; comments left out, so that an example in one is no import. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
  const found = [
    ...text.matchAll(
      /^(?:import|export|\})[^\n'"]*\bfrom\s*['"]([^'"\n]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]/gm,
    ),
  ]
  return found.map((match) => ({ file, what: match[1] ?? match[2] ?? match[3] ?? '' }))
}

const isRelative = ({ what }: Import): boolean => what.startsWith('.')
const targetOf = ({ file, what }: Import): string => posix(relative(ROOT, resolve(ROOT, dirname(file), what)))

/** folder → what it may import, from the table in ARCHITECTURE.md; `except` where the table says "but". */
function readTable(): Map<string, { allowed: string[]; except: string[] }> {
  const text = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
  const section = text.slice(text.indexOf(HEADING) + HEADING.length).split(/^## /m)[0] ?? ''
  const table = new Map<string, { allowed: string[]; except: string[] }>()
  for (const line of section.split('\n')) {
    const [, folders, may] = /^\|(.+)\|(.+)\|\s*$/.exec(line) ?? []
    if (!folders || !may || /^[\s-]+$/.test(folders) || folders.trim() === 'folder') continue
    const [positive = '', negative = ''] = may.split(/\bbut\b/)
    const quoted = (part: string) => [...part.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    for (const folder of quoted(folders)) table.set(folder, { allowed: quoted(positive), except: quoted(negative) })
  }
  return table
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)
const longest = (folders: string[], path: string): string | undefined =>
  folders.filter((folder) => isInside(path, folder)).sort((a, b) => b.length - a.length)[0]

const table = readTable()
const allImports = sourceFiles.flatMap(importsOf)

describe('who may import whom', () => {
  it('is written down for every room, and every room of the table exists', () => {
    expect(table.size).toBeGreaterThan(8)
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(rooms.map((room) => `src/${room.name}`).filter((room) => !table.has(room))).toEqual([])
    expect([...table.keys()].filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([])
  })

  it('saw the files', () => {
    expect(sourceFiles.length).toBeGreaterThan(100)
    expect(allImports.length).toBeGreaterThan(500)
    expect(sourceFiles).toContain('src/main.ts')
  })

  it('is kept by every import', () => {
    const offenders = allImports.filter(isRelative).flatMap((one) => {
      const target = targetOf(one)
      const room = longest([...table.keys()], one.file)
      const { allowed, except } = table.get(room ?? '') ?? { allowed: [], except: [] }
      const ok =
        allowed.some((folder) => isInside(target, folder)) && !except.some((folder) => isInside(target, folder))
      return ok ? [] : [`${one.file} (${room}) imports ${target}`]
    })
    expect(offenders).toEqual([])
  })

  it('the table itself says what the house says: rules nothing, bot and sheets never meet, the sandbox stands alone', () => {
    const may = (from: string, to: string) => {
      const { allowed = [], except = [] } = table.get(from) ?? {}
      return allowed.some((folder) => isInside(to, folder)) && !except.some((folder) => isInside(to, folder))
    }
    expect(table.get('src/workflow/rules')?.allowed).toEqual(['src/workflow/rules'])
    expect(table.get('src/sandbox')?.allowed).toEqual(['src/sandbox'])
    for (const [from, to] of [
      ['src/bot', 'src/sheets'],
      ['src/sheets', 'src/bot'],
      ['src/workflow', 'src/bot'],
      ['src/workflow', 'src/config.ts'],
      ['src/db', 'src/workflow'],
      ['src/web', 'src/sheets'],
      ['src', 'src/sandbox'],
      ['src/demo', 'src/sandbox'],
    ] as const)
      expect(may(from, to), `${from} > ${to}`).toBe(false)
  })

  it('every relative import names a file that exists', () => {
    const lost = allImports.filter(isRelative).filter((one) => !existsSync(join(ROOT, targetOf(one))))
    expect(lost.map((one) => `${one.file} imports ${one.what}`)).toEqual([])
  })

  it('nothing in src imports from test', () => {
    const offenders = allImports
      .filter(isRelative)
      .filter((one) => !isInside(targetOf(one), 'src') && targetOf(one) !== 'package.json')
    expect(offenders.map((one) => `${one.file} imports ${one.what}`)).toEqual([])
  })

  it('the rules import nothing from outside their folder: no package, no part of Node', () => {
    const rules = allImports.filter(({ file }) => isInside(file, 'src/workflow/rules'))
    expect(rules.length).toBeGreaterThan(20)
    const offenders = rules.filter((one) => !isRelative(one) || !isInside(targetOf(one), 'src/workflow/rules'))
    expect(offenders.map((one) => `${one.file} imports ${one.what}`)).toEqual([])
  })

  it('the rules have no clock and no randomness', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bperformance\.now\(|\bcrypto\b|\bprocess\./
    const offenders = sourceFiles
      .filter((file) => isInside(file, 'src/workflow/rules'))
      .filter((file) => impure.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(offenders).toEqual([])
  })

  it('packages are those of package.json, and only real dependencies', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const nameOf = (what: string) =>
      what
        .split('/')
        .slice(0, what.startsWith('@') ? 2 : 1)
        .join('/')
    const offenders = allImports
      .filter((one) => !isRelative(one) && !one.what.startsWith('node:'))
      .filter((one) => sourceFiles.includes(one.file) && !isInside(one.file, 'src/sandbox/page/browser'))
      .filter((one) => !(nameOf(one.what) in dependencies))
    expect(offenders.map((one) => `${one.file} imports ${one.what}`)).toEqual([])
  })
})

describe('files', () => {
  it('are named for what they make or decide: no drawers', () => {
    const drawers =
      /(^|[/-])(utils?|helpers?|managers?|services?|common|misc)\.(ts|js)$|(^|\/)(utils?|helpers?|common|types?|lib|misc|shared|managers?|services?)[./]/
    expect(sourceFiles.filter((file) => drawers.test(file))).toEqual([])
  })

  it('are written in kebab-case, without barrels', () => {
    expect(sourceFiles.filter((file) => !/^[a-z0-9/.-]+$/.test(file) || /(^|\/)index\.(ts|js)$/.test(file))).toEqual([])
  })

  it('have no default exports, no enums, no classes but errors and the one auth client', () => {
    const text = (file: string) => readFileSync(join(ROOT, file), 'utf8')
    expect(sourceFiles.filter((file) => /^export default\b/m.test(text(file)))).toEqual([])
    expect(sourceFiles.filter((file) => /^(export )?(const )?enum\b/m.test(text(file)))).toEqual([])
    const classes = sourceFiles.flatMap((file) =>
      [...text(file).matchAll(/^(?:export )?(?:abstract )?class (\w+)(?: extends (\w+))?/gm)].map((match) => ({
        file,
        name: match[1],
        base: match[2],
      })),
    )
    expect(classes.filter(({ base }) => !base?.endsWith('Error') && base !== 'AuthClient')).toEqual([])
  })
})
