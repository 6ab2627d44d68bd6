import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** One process for everything dies with its first page; switching web security off would hide what the page forbids. */
const UNWANTED = [
  '--single-process',
  '--disable-web-security',
  '--allow-running-insecure-content',
  "--headless='shell'",
]

/**
 * A headless Chromium that needs nothing installed: the npm package carries the browser and, for Linux, the system
 * libraries (NSS and the like) that a fresh Debian lacks. Elsewhere an installed Chrome is used.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' })
  const home = await unpackedBrowser()
  const args = packed.args.filter((arg) => !UNWANTED.includes(arg))
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: [...args, '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=th'],
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  })
}

/**
 * The package unpacks into TMPDIR and takes whatever lies there, a half-written file or another version's included.
 * So every version has a directory of its own, which appears whole or not at all.
 */
async function unpackedBrowser(): Promise<string> {
  const home = join(tmpdir(), `lec-chromium-${packageVersion()}`)
  if (existsSync(home)) return home
  const own = `${home}.${process.pid}`
  rmSync(own, { recursive: true, force: true })
  mkdirSync(own, { recursive: true })
  // The first is read by os.tmpdir() at each call; the second makes the package bring its libraries.
  await withEnvironment({ TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }, () => packed.executablePath())
  writeFileSync(join(own, 'fonts.conf'), fontSettings(home))
  try {
    renameSync(own, home)
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    // Another test process was faster; its copy is as good.
    if (!existsSync(home)) throw error
  }
  return home
}

/**
 * The package's own fonts.conf looks into /tmp/fonts. Without any font at all Chromium aborts at the first `<select>`
 * (SkFontMgr_FontConfigInterface: "Not implemented").
 */
function fontSettings(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts', 'fonts')}</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

function packageVersion(): string {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const described: unknown = JSON.parse(readFileSync(join(entry, '..', '..', 'package.json'), 'utf8'))
  const version = typeof described === 'object' && described !== null && 'version' in described && described.version
  return typeof version === 'string' ? version : 'unknown'
}

async function withEnvironment<T>(wanted: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = Object.keys(wanted).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, wanted)
  try {
    return await run()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
