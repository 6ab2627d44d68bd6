import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnHeader, rosterColumns } from '../../src/workflow/rules/roster/columns.ts'
import { makeXlsx } from '../sheets/xlsx-fixture.ts'
import { validId } from '../workflow/rules/roster/sample-row.ts'

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'check-roster-'))
  const command = new URL('../../src/cli/check-roster.ts', import.meta.url).href
  await writeFile(
    join(dir, 'lec.mjs'),
    `import { checkRosterCommand } from ${JSON.stringify(command)}\nawait checkRosterCommand().parseAsync(process.argv)\n`,
  )
})
afterAll(() => rm(dir, { recursive: true }))

type Run = { status: number | null; out: string; err: string }

/** Runs the real command in a process of its own: exit status and streams are its contract. */
function run(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [join(dir, 'lec.mjs'), ...args])
  const seen = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    seen.err += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...seen }))
  })
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(dir, name)
  await writeFile(path, content)
  return path
}

const header = rosterColumns.map((column) => columnHeader(column))
const good = ['1101700207030', '1', 'ด.ช.', 'ก', 'ข', '', '15/05/2560', 'ไทย', 'ป.1', '1', '', 'เรียนอยู่', 'TRUE', '']
const bad = good.with(0, '113200420331').with(8, '1101700207030')
const csvOf = (...rows: string[][]) => `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`
const asked = ['--kind', 'school', '--as-of', '2024-06-10', '--json']

describe('lec check-roster', () => {
  it('exits 0 for a good roster and prints its totals', async () => {
    const { status, out, err } = await run(await file('good.csv', csvOf(good)), ...asked)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({ problems: [], totals: { rows: 1, counted: 1, male: 1, errors: 0 } })
  })

  it('exits 0 when there are only warnings', async () => {
    const { status, out } = await run(await file('warned.csv', csvOf(good.with(0, validId('6')))), ...asked)
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ problems: [{ severity: 'warning' }] })
  })

  it('exits 1 for errors and prints exactly row, column, severity, code and message of each', async () => {
    const { status, out } = await run(await file('bad.csv', csvOf(good, bad)), ...asked)
    expect(status).toBe(1)
    const { problems } = JSON.parse(out) as { problems: Record<string, unknown>[] }
    expect(problems).toEqual([
      {
        row: 3,
        column: 'เลขประจำตัวประชาชน',
        severity: 'error',
        code: 'id_lost_zero',
        message: expect.stringContaining('0-1132-xxxxx-xx-1'),
      },
      { row: 3, column: 'ระดับชั้น', severity: 'error', code: 'grade_unknown', message: expect.any(String) },
    ])
  })

  it('never prints a whole national ID, in JSON or in words', async () => {
    const path = await file(
      'ids.csv',
      csvOf(
        good,
        good,
        bad,
        good.map(() => '1101700207030'),
      ),
    )
    for (const args of [asked, asked.slice(0, 4)]) {
      const { status, out, err } = await run(path, ...args)
      expect(status).toBe(1)
      expect(out + err).not.toMatch(/\d{12}/)
      expect(out).toContain('1-1017-xxxxx-xx-0')
    }
  })

  it('reads .xlsx by the same rules', async () => {
    const rows = [
      header,
      good.map((cell, i) => (i === 12 ? true : cell)),
      bad.map((cell, i) => (i === 0 ? 113200420331 : cell)),
    ]
    const { status, out } = await run(await file('roster.xlsx', makeXlsx({ รายชื่อ: rows })), ...asked)
    expect(status).toBe(1)
    const { problems } = JSON.parse(out) as { problems: { row: number; code: string }[] }
    expect(problems.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 id_lost_zero', '3 grade_unknown'])
  })

  it.each([
    ['an empty file', ''],
    ['a file without header', `${good.join(',')}\n`],
    ['a missing column', csvOf(good).replace('ระดับชั้น', 'อื่น')],
    ['a doubled header', csvOf(good).replace('ห้อง', 'ชื่อ')],
  ])('gives %s one clear problem about the header', async (_, content) => {
    const { status, out } = await run(await file('header.csv', content), ...asked)
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      problems: [{ row: 1, column: null, severity: 'error', code: expect.stringMatching(/^header_/) }],
      totals: { rows: 0, counted: 0, blockingErrors: 1 },
    })
    const words = (await run(await file('header.csv', content), ...asked.slice(0, 4))).out
    expect(words).toContain('ยังไม่ได้อ่านรายชื่อในตาราง')
    expect(words).not.toMatch(/ทั้งหมด 0 ราย|ต้องแก้ไข 1 ราย/)
  })

  it('tells of cells that it does not read, under an unknown header or none, without what stands in them', async () => {
    const wide = [
      [...header, 'เชื้อชาติ', ''],
      [...good, 'ลับ', 'ลับ'],
      [...bad, 'ลับ', ''],
    ]
    const path = await file('wide.csv', `${wide.map((cells) => cells.join(',')).join('\n')}\n`)
    const told = 'O (หัวคอลัมน์ไม่อยู่ในแบบฟอร์ม มีข้อมูล 2 ช่อง), P (ไม่มีหัวคอลัมน์ มีข้อมูล 1 ช่อง)'
    const inWords = await run(path, ...asked.slice(0, 4))
    const inJson = await run(path, ...asked)
    expect(inWords.out).toContain(told)
    expect(inJson.err).toContain(told)
    expect(Object.keys(JSON.parse(inJson.out))).toEqual(['problems', 'totals'])
    expect(inWords.out + inJson.out + inJson.err).not.toContain('ลับ')
  })

  it('offers what was probably meant, masked', async () => {
    const { out } = await run(await file('meant.csv', csvOf(bad.with(8, 'ป.1/2'))), ...asked.slice(0, 4))
    expect(out).toContain('น่าจะเป็น 0-1132-xxxxx-xx-1')
    expect(out).toContain('น่าจะเป็น ป.1\n')
  })

  it('finds nothing wrong in a header without rows', async () => {
    const { status, out } = await run(await file('header-only.csv', csvOf()), ...asked)
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ problems: [], totals: { rows: 0 } })
  })

  it('takes the school year from the as-of date: it begins on 16 May', async () => {
    const path = await file('year.csv', csvOf(good.with(6, '15/05/2563')))
    const on = async (day: string) => (await run(path, '--kind', 'school', '--as-of', day, '--json')).out
    // ป.1 expects 7: born in 2563 that is 3 years off in school year 2567 and 2 in 2568.
    expect(await on('2025-05-15')).toContain('age_off_grade')
    expect(await on('2025-05-16')).not.toContain('age_off_grade')
  })

  it.each([
    ['a file that is not there', ['no-such-file.csv', ...asked]],
    ['no file', asked],
    ['no kind', ['x.csv', '--as-of', '2024-06-10']],
    ['an unknown kind', ['x.csv', '--kind', 'nursery', '--as-of', '2024-06-10']],
    ['no date', ['x.csv', '--kind', 'school']],
    ['a date that does not exist', ['x.csv', '--kind', 'school', '--as-of', '2023-02-29']],
    ['a BE year', ['x.csv', '--kind', 'school', '--as-of', '2567-06-10']],
    ['an unknown option', ['x.csv', '--colour']],
    ['an option without its value', ['x.csv', '--kind']],
  ])('exits 2 for %s, says so on stderr and prints nothing else', async (_, args) => {
    const { status, out, err } = await run(...args)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err.trim()).not.toBe('')
  })

  it('exits 2 for a file that cannot be read as a table', async () => {
    const { status, out, err } = await run(await file('broken.xlsx', Buffer.from('PK\x03\x04 nothing')), ...asked)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain('ไฟล์เสียหาย')
  })

  it('judges 5,000 rows quickly', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => good.with(0, validId(`1${String(i).padStart(6, '0')}`)))
    const { status, out } = await run(await file('large.csv', csvOf(...rows)), ...asked)
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ totals: { counted: 5000 } })
  })

  it('explains itself', async () => {
    const { status, out } = await run('--help')
    expect(status).toBe(0)
    for (const word of ['--kind', '--as-of', '--json', 'child_centre', 'Exit status']) expect(out).toContain(word)
  })
})
