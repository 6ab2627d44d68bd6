import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { confirmations, events, otherInstitutions, snapshots, units } from '../../../src/db/schema.ts'
import { readRosterFileForImport } from '../../../src/sheets/rpt318-file.ts'
import { cancelDirectly } from '../../../src/workflow/cancel.ts'
import { setNotRequired } from '../../../src/workflow/confirm-province.ts'
import { verifyLog } from '../../../src/workflow/event-log.ts'
import { importUnits } from '../../../src/workflow/import-units.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../../world/chain-world.ts'
import { emptyFolder, exportWorld, type Row, rowsOf } from './exported.ts'

const AT = bangkok('2024-06-06T09:00')
const LATER = bangkok('2024-06-07T10:30')
const LATE = bangkok('2024-06-11T09:00')
const OVER = bangkok('2024-06-20T09:00')
const REASON = 'ไม่มีสถานศึกษาในสังกัดและสังกัดอื่น'

const sumOf = (rows: readonly Row[], column: string) => rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0)
const rowOf = (rows: readonly Row[], column: string, value: string): Row => {
  const row = rows.find((one) => one[column] === value)
  if (!row) throw new Error(`no row with ${column} ${value}`)
  return row
}
const spareBare = (world: ChainWorld) => {
  const input = { round: world.round(), actor: world.actor('province', AT), laoId: world.idOf('bare'), reason: REASON }
  must(world.act((tx) => setNotRequired(tx, input, AT)))
}
const cancelSchool = (world: ChainWorld, at: number) => {
  const ref = { round: world.round(), actor: world.actor('town', at), unitId: world.idOf('school') }
  must(world.act((tx) => cancelDirectly(tx, { ...ref, component: 'roster', reason: 'ข้อมูลผิด' }, at)))
}
const girls = (from: number, to: number) => (index: number) =>
  index >= from && index < to ? { prefix: 'ด.ญ.', firstName: 'ทดสอบหญิง' } : {}

/** Everything confirmed, the school with six boys of ป.1 and four girls, of whom two are in ป.2. */
function wholeProvince(): ChainWorld {
  const world = openChainWorld()
  const change = (index: number) => ({ ...girls(6, 10)(index), ...(index >= 8 ? { grade: 'ป.2' } : {}) })
  mustBeDone(world.confirmRoster('school', { at: AT, sheet: world.rows('school', 10, change) }))
  mustBeDone(world.confirmRoster('centre', { at: AT, sheet: world.rows('centre', 7) }))
  mustBeDone(world.confirmRoster('saoCentre', { at: AT, sheet: world.rows('saoCentre', 5, girls(0, 5)) }))
  for (const lao of ['town', 'countsOnly'] as const) mustBeDone(world.confirmCounts(lao, { at: AT }))
  for (const lao of ['town', 'sao'] as const) must(world.confirmLao(lao, { at: AT }))
  spareBare(world)
  must(world.markAll(AT))
  must(world.confirmProvince({ at: AT }))
  return world
}

describe('lec export (R2): everything confirmed can be taken out', () => {
  it('gives each institution by grade and sex with its state, receipt and moment', async () => {
    const world = wholeProvince()
    const out = await exportWorld(world, LATER)
    const school = rowOf(out.csv('institutions'), 'รหัสสถานศึกษา', '3099200001')
    const receipt = world.act((tx) =>
      tx
        .select()
        .from(confirmations)
        .where(eq(confirmations.unitId, world.idOf('school')))
        .get(),
    )
    expect(school).toMatchObject({
      สถานศึกษา: 'โรงเรียนเทศบาล 1',
      สถานะ: 'ยืนยันแล้ว',
      จำนวนที่ยืนยัน: '10',
      ชาย: '6',
      หญิง: '4',
      'ป.1 ชาย': '6',
      'ป.1 หญิง': '2',
      'ป.2 หญิง': '2',
      'ป.2 ชาย': '0',
      'ม.1 ชาย': '',
      เลขที่ใบรับ: receipt?.receiptNumber,
      วันเวลายืนยัน: '6 มิ.ย. 2567 เวลา 09.00 น.',
      รหัสบันทึก: receipt?.headHash.slice(0, 12),
      ระบบที่ยืนยัน: 'LEC Confirm',
    })
  })

  it('adds up: rows, LAOs, provinces, the nation and the confirmed overviews say the same', async () => {
    const out = await exportWorld(wholeProvince(), LATER)
    const [institutions, laos, others] = [out.csv('institutions'), out.csv('laos'), out.csv('other-counts')]
    expect(sumOf(institutions, 'จำนวนที่ยืนยัน')).toBe(22)
    expect(sumOf(laos, 'รวมที่ยืนยัน ในสังกัด')).toBe(22)
    expect(sumOf(laos, 'ยอดในภาพรวมที่ยืนยัน')).toBe(22)
    expect(sumOf(others, 'จำนวนที่ยืนยัน')).toBe(412 + 96 + 57)
    expect(sumOf(laos, 'รวมที่ยืนยัน สังกัดอื่น')).toBe(412 + 96 + 57)
    const [province] = out.csv('provinces')
    expect(province).toMatchObject({
      สถานะ: 'ยืนยันแล้ว',
      'รวมที่ยืนยัน ในสังกัด': '22',
      ยอดที่จังหวัดยืนยัน: '22',
      'รวมที่ยืนยัน สังกัดอื่น': '565',
      ชาย: '13',
      หญิง: '9',
    })
    const nation = out.csv('nation')
    expect(rowOf(nation, 'รายการ', 'ป.1')).toMatchObject({ ชาย: '6', หญิง: '2', รวม: '8' })
    expect(rowOf(nation, 'รายการ', 'อ.1')).toMatchObject({ ชาย: '7', หญิง: '5', รวม: '12' })
    expect(rowOf(nation, 'รายการ', 'รวมที่ยืนยัน ในสังกัด')).toMatchObject({ ชาย: '13', หญิง: '9', รวม: '22' })
    expect(out.unexplained).toBe(0)
    expect(out.csv('checks')[0]).toMatchObject({ หน่วย: 'ไม่พบยอดที่ต่างกัน' })
  })

  it('says the same in XLSX as in CSV, a workbook for the nation and one for each province', async () => {
    const out = await exportWorld(wholeProvince(), LATER)
    const book = await out.sheets()
    expect([...book.keys()]).toEqual(['ปก', 'ประเทศ', 'จังหวัด', 'อปท.', 'ตรวจยอด'])
    const province = await out.sheets('provinces/P99.xlsx')
    expect([...province.keys()]).toEqual(['อปท.', 'สถานศึกษา', 'สังกัดอื่น'])
    expect(rowsOf(province.get('สถานศึกษา'))).toEqual(out.csv('institutions'))
    expect(rowsOf(province.get('สังกัดอื่น'))).toEqual(out.csv('other-counts'))
    expect(rowsOf(province.get('อปท.'))).toEqual(out.csv('laos'))
    expect(rowsOf(book.get('จังหวัด'))).toEqual(out.csv('provinces'))
  })

  it('keeps codes with leading zeros as text', async () => {
    const out = await exportWorld(wholeProvince(), LATER, { province: 'P99' })
    const laos = (await out.sheets()).get('อปท.') ?? []
    expect(laos.slice(1).map((row) => row[2])).toContain('06990301')
  })

  it('gives no figure for what is not confirmed, whatever the sheet says', async () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 10), AT)
    mustBeDone(world.confirmRoster('centre', { at: AT, sheet: world.rows('centre', 7) }))
    const out = await exportWorld(world, LATER)
    const school = rowOf(out.csv('institutions'), 'รหัสสถานศึกษา', '3099200001')
    expect(school).toMatchObject({ สถานะ: 'ยังไม่ยืนยัน', จำนวนที่ยืนยัน: '', ชาย: '', หญิง: '', เลขที่ใบรับ: '' })
    expect(Object.entries(school).filter(([name, value]) => /ชาย|หญิง/.test(name) && value !== '')).toEqual([])
    const town = rowOf(out.csv('laos'), 'รหัส อปท.', '04990102')
    expect(town).toMatchObject({
      สถานะภาพรวม: 'ยังไม่ยืนยัน',
      'รวมที่ยืนยัน ในสังกัด': '7',
      'ยังไม่ยืนยัน (แห่ง) ไม่รวมในยอด': '1',
      ยอดในภาพรวมที่ยืนยัน: '',
    })
    const sao = rowOf(out.csv('laos'), 'รหัส อปท.', '06990301')
    expect(sao['รวมที่ยืนยัน ในสังกัด']).toBe('')
    const others = out.csv('other-counts')
    expect(others).toHaveLength(3)
    for (const row of others) expect(row).toMatchObject({ สถานะ: 'ยังไม่ยืนยัน', จำนวนที่ยืนยัน: '' })
  })

  it('keeps the last confirmed figure while a unit corrects, and says when the round ended without a new one', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT, sheet: world.rows('school', 10) }))
    cancelSchool(world, AT + 60_000)
    world.read('school', world.rows('school', 12), LATER)
    const during = rowOf((await exportWorld(world, LATER)).csv('institutions'), 'รหัสสถานศึกษา', '3099200001')
    expect(during).toMatchObject({
      สถานะ: 'อยู่ระหว่างแก้ไข (ตัวเลขที่ยืนยันครั้งล่าสุด)',
      จำนวนที่ยืนยัน: '10',
      'เปิดให้แก้ไข (ครั้ง)': '1',
      หมายเหตุ: '',
    })
    const after = rowOf((await exportWorld(world, OVER)).csv('institutions'), 'รหัสสถานศึกษา', '3099200001')
    expect(after).toMatchObject({ จำนวนที่ยืนยัน: '10', หมายเหตุ: 'ปิดรอบโดยไม่ได้ยืนยันใหม่' })
  })

  it('says what was confirmed after the due date, what was edited after confirming, and why a unit need not confirm', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: LATE }))
    mustBeDone(world.confirmRoster('school', { at: AT, sheet: world.rows('school', 10) }))
    world.read('school', world.rows('school', 9), LATER)
    spareBare(world)
    const out = await exportWorld(world, LATE + 60_000)
    const institutions = out.csv('institutions')
    expect(rowOf(institutions, 'รหัสสถานศึกษา', '3099500001')['หมายเหตุ']).toBe(
      'ยืนยันหลังกำหนด (กำหนดภายในวันที่ 10 มิ.ย. 2567)',
    )
    const school = rowOf(institutions, 'รหัสสถานศึกษา', '3099200001')
    expect(school).toMatchObject({ จำนวนที่ยืนยัน: '10', หมายเหตุ: expect.stringMatching(/^แก้ไขหลังยืนยัน/) })
    const bare = rowOf(out.csv('laos'), 'รหัส อปท.', '05990201')
    expect(bare).toMatchObject({ สถานะภาพรวม: 'ไม่ต้องยืนยัน', หมายเหตุ: `ภาพรวม: เหตุผล: ${REASON}` })
  })

  it('opens with a cover that says what it is and how to prove it', async () => {
    const world = wholeProvince()
    const out = await exportWorld(world, LATER, { province: 'P99' })
    const cover = new Map(out.csv('cover').map((row) => [row['รายการ'], row['ข้อมูล']]))
    const { head, rows } = world.act((tx) => verifyLog(tx))
    const last = world.receipts().at(-1)
    expect(cover.get('ข้อมูลที่ยืนยันแล้ว')).toBe('ปีการศึกษา 2567 ครั้งที่ 1')
    expect(cover.get('ส่งออกเมื่อ')).toBe('7 มิ.ย. 2567 เวลา 10.30 น.')
    expect(cover.get('รหัสบันทึกล่าสุดขณะส่งออก')).toBe(`รายการที่ ${rows}: ${head}`)
    expect(cover.get('วิธีตรวจสอบ')).toContain(
      `lec verify-log --receipt ${last?.receiptNumber} --hash ${last?.headHash.slice(0, 12)}`,
    )
    expect(cover.get('สถานศึกษา: ยืนยันแล้ว')).toBe('3 แห่ง')
    expect(cover.get('รวมที่ยืนยัน ในสังกัด')).toBe('22 คน')
  })

  it('takes one LAO alone and then says nothing about its province', async () => {
    const out = await exportWorld(wholeProvince(), LATER, { lao: '06990301' })
    expect(out.files).not.toContain('csv/provinces.csv')
    expect(out.csv('institutions').map((row) => row['รหัสสถานศึกษา'])).toEqual(['3099300001'])
    expect([...(await out.sheets()).keys()]).toEqual(['ปก', 'อปท.', 'สถานศึกษา', 'สังกัดอื่น', 'ตรวจยอด'])
  })

  it.each([
    [{ round: '2599/1' }, /ไม่รู้จักรอบ 2599\/1/],
    [{ province: 'P98' }, /ไม่รู้จักจังหวัดรหัส P98/],
    [{ lao: '3099200001' }, /ไม่รู้จัก อปท\. รหัส 3099200001/],
  ])('refuses %j', async (options, words) => {
    await expect(exportWorld(openChainWorld(), AT, options)).rejects.toThrow(words)
  })
})

describe('lec export cross-checks itself', () => {
  it('names a figure that somebody changed behind the log', async () => {
    const world = wholeProvince()
    const schoolId = world.idOf('school')
    world.act((tx) => tx.update(snapshots).set({ counted: 11 }).where(eq(snapshots.unitId, schoolId)).run())
    const out = await exportWorld(world, LATER)
    const listed = out.csv('checks').filter((row) => row['รหัส'] === '3099200001')
    expect(listed.map((row) => row['รายการตรวจ'])).toEqual([
      'จำนวนในใบรับ เทียบกับรายการที่ยืนยัน',
      'จำนวนในใบรับ เทียบกับผลรวมแยกชั้น',
      'จำนวนในบันทึกการดำเนินการ เทียบกับใบรับ',
      'จำนวนในภาพรวมที่ยืนยัน เทียบกับใบรับของสถานศึกษา',
    ])
    expect(listed[2]).toMatchObject({ ตามที่บันทึก: '10', ตามที่นับได้: '11', ต่างกัน: '1' })
    expect(out.unexplained).toBeGreaterThanOrEqual(4)
    expect(out.csv('cover').some((row) => /ไม่ทราบสาเหตุ [1-9]/.test(row['ข้อมูล'] ?? ''))).toBe(true)
  })

  it('names a pupil taken out of a confirmed list', async () => {
    const world = wholeProvince()
    const centreId = world.idOf('centre')
    world.act((tx) => {
      const rows = tx.select().from(snapshots).where(eq(snapshots.unitId, centreId)).get()?.rows ?? []
      tx.update(snapshots)
        .set({ rows: rows.slice(1) })
        .where(eq(snapshots.unitId, centreId))
        .run()
    })
    const out = await exportWorld(world, LATER)
    expect(rowOf(out.csv('checks'), 'รหัส', '3099500001')).toMatchObject({ ตามที่บันทึก: '7', ตามที่นับได้: '6' })
  })

  it('lists a unit that closed after it confirmed, adds it to no sum and says why the overview differs', async () => {
    const world = wholeProvince()
    const centreId = world.idOf('centre')
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: AT + 60_000 })
        .where(eq(units.id, centreId))
        .run(),
    )
    const out = await exportWorld(world, LATER)
    const centre = rowOf(out.csv('institutions'), 'รหัสสถานศึกษา', '3099500001')
    expect(centre).toMatchObject({ จำนวนที่ยืนยัน: '7', หมายเหตุ: 'ปิดหรือยุบรวมแล้ว ไม่รวมในยอด' })
    expect(rowOf(out.csv('laos'), 'รหัส อปท.', '04990102')['รวมที่ยืนยัน ในสังกัด']).toBe('10')
    expect(out.unexplained).toBe(0)
    expect(out.csv('checks').map((row) => row['สาเหตุ'])).toContain('หน่วยในสังกัดเพิ่ม ปิด หรือย้าย หลังหน่วยนี้ยืนยัน')
  })

  it('shows a round that is over with the units that it had', async () => {
    const world = wholeProvince()
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: OVER })
        .where(eq(units.id, world.idOf('centre')))
        .run(),
    )
    const out = await exportWorld(world, OVER + 86_400_000)
    expect(rowOf(out.csv('institutions'), 'รหัสสถานศึกษา', '3099500001')['หมายเหตุ']).toBe('')
    expect(sumOf(out.csv('laos'), 'รวมที่ยืนยัน ในสังกัด')).toBe(22)
  })

  it('shows a round that is over with the institutions of other affiliations that it had, and none that came later', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('town', { at: AT }))
    const before = (await exportWorld(world, LATE)).csv('other-counts')
    expect(before.length).toBeGreaterThan(1)
    world.act((tx) => {
      tx.update(otherInstitutions).set({ closedAt: OVER }).run()
    })
    const after = (await exportWorld(world, OVER + 86_400_000)).csv('other-counts')
    expect(after.map((row) => row['หมายเหตุ'])).toEqual(before.map((row) => row['หมายเหตุ']))
    expect(after).toHaveLength(before.length)
  })

  it('lists an institution that came after its LAO confirmed as not confirmed', async () => {
    const world = wholeProvince()
    const cells = { code: '3099200009', kind: 'school', name_th: 'เทศบาล 9', lao_code: '04990102' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], LATER)))
    const out = await exportWorld(world, LATER + 1)
    expect(rowOf(out.csv('institutions'), 'รหัสสถานศึกษา', '3099200009')).toMatchObject({ สถานะ: 'ยังไม่ยืนยัน' })
    expect(rowOf(out.csv('laos'), 'รหัส อปท.', '04990102')['หมายเหตุ']).toMatch(/ต้องยืนยันใหม่/)
    expect(out.unexplained).toBe(0)
  })
})

describe('lec export --rosters', () => {
  const withLeaver = (world: ChainWorld) =>
    world.rows('school', 4, (index) => (index === 3 ? { status: 'ย้ายออก', exists: false, pupilNumber: '=1+1' } : {}))

  it('writes the confirmed rows in the column order of RPT318, as our own import reads them', async () => {
    const world = openChainWorld()
    const sheet = withLeaver(world)
    mustBeDone(world.confirmRoster('school', { at: AT, sheet }))
    world.read('school', world.rows('school', 2), LATER)
    const out = await exportWorld(world, LATER, { rosters: true })
    const path = join(out.target, 'rosters/04990102/3099200001')
    const [header = '', first = ''] = readFileSync(`${path}.csv`, 'utf8').split('\r\n')
    expect(header).toBe(
      '\ufeffเลขประจำตัวนักเรียน,คำนำหน้า,ชื่อ,นามสกุล,วันเดือนปีเกิด,เชื้อชาติ,สัญชาติ,ศาสนา,เลขประจำตัวประชาชน,วันที่เข้าศึกษา,ส่วนสูง,น้ำหนัก,สภาพนักเรียน,ระดับชั้น,ห้อง',
    )
    const id = sheet[0]?.cells.nationalId
    const number = id?.kind === 'text' ? id.text : ''
    expect(first).toBe(`101000,ด.ช.,ทดสอบ,สมมติ,15/05/2560,,ไทย,,${number},,,,เรียนอยู่,ป.1,1`)
    for (const ending of ['xlsx', 'csv']) {
      const bytes = readFileSync(`${path}.${ending}`)
      const reading = await readRosterFileForImport({ bytes, fileName: `3099200001.${ending}` })
      expect(reading).toMatchObject({ ok: true, file: { formulas: 0 } })
      if (!reading.ok) continue
      const read = reading.file.rows.map(({ cells }) =>
        cells.nationalId?.kind === 'text' ? cells.nationalId.text : '',
      )
      expect(read).toEqual(sheet.map(({ cells }) => (cells.nationalId?.kind === 'text' ? cells.nationalId.text : '')))
    }
    expect(readFileSync(`${path}.csv`, 'utf8')).toContain("\r\n'=1+1,")
  })

  it('is readable for the one who exports only, and is on record', async () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const out = await exportWorld(world, LATER, { rosters: true, province: 'P99' })
    const mode = (path: string) => statSync(join(out.target, path)).mode & 0o777
    for (const folder of ['.', 'rosters', 'rosters/04990102', 'csv']) expect(mode(folder)).toBe(0o700)
    for (const file of out.files) expect(mode(file)).toBe(0o600)
    expect(out.said.join('\n')).toMatch(/เลขประจำตัวเต็ม.*0700.*0600/)
    const event = world.act((tx) => tx.select().from(events).where(eq(events.type, 'rosters-exported')).get())
    expect(event).toMatchObject({ personId: null, unitId: world.idOf('province') })
    expect(JSON.parse(event?.data ?? '{}')).toEqual({ by: 'operator', institutions: 1 })
    expect(world.act((tx) => verifyLog(tx)).problems).toEqual([])
  })

  it('without the flag no name and no number of a pupil leaves the database', async () => {
    const world = wholeProvince()
    const out = await exportWorld(world, LATER, { format: 'csv' })
    expect(out.files.filter((file) => file.startsWith('rosters'))).toEqual([])
    for (const file of out.files) {
      const text = readFileSync(join(out.target, file), 'utf8')
      expect(text).not.toMatch(/สมมติ|(?<!\d)\d{13}(?!\d)/)
    }
    expect(world.act((tx) => tx.select().from(events).where(eq(events.type, 'rosters-exported')).all())).toEqual([])
  })

  it('has no list of an institution that never confirmed', async () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 3), AT)
    const out = await exportWorld(world, LATER, { rosters: true })
    expect(out.files.filter((file) => file.startsWith('rosters'))).toEqual([])
  })
})

describe('what people typed', () => {
  it('is text in both formats, with numbers of people masked', async () => {
    const world = openChainWorld()
    const reason = (row: { row: number }) => ({
      current: 0,
      reason: row.row === 2 ? '=HYPERLINK("x")' : 'ดู 1101700207030',
    })
    mustBeDone(world.confirmCounts('town', { at: AT, rows: world.countRows('town', reason) }))
    const out = await exportWorld(world, LATER, { province: 'P99' })
    const typed = out.csv('other-counts').map((row) => row['เหตุผล'])
    expect(typed).toEqual(['\'=HYPERLINK("x")', 'ดู 1-1017-xxxxx-xx-0', ''])
    expect((await out.sheets()).get('สังกัดอื่น')?.[1]).toContain('=HYPERLINK("x")')
    expect(sumOf(out.csv('other-counts'), 'จำนวนที่ยืนยัน')).toBe(0)
    expect(rowOf(out.csv('laos'), 'รหัส อปท.', '04990102')['รวมที่ยืนยัน สังกัดอื่น']).toBe('0')
  })
})

describe('the export folder', () => {
  it('is the same when nothing changed, and leaves nothing else behind', async () => {
    const world = wholeProvince()
    const out = emptyFolder()
    const first = await exportWorld(world, LATER, { out, format: 'csv' })
    const texts = first.files.map((file) => readFileSync(join(first.target, file), 'utf8'))
    const second = await exportWorld(world, LATER, { out, format: 'csv' })
    expect(second.files.map((file) => readFileSync(join(second.target, file), 'utf8'))).toEqual(texts)
    expect(readdirSync(out)).toEqual(['lec-export-2567-1'])
  })

  it('is replaced as a whole: nothing of a former export stays', async () => {
    const world = wholeProvince()
    const out = emptyFolder()
    await exportWorld(world, LATER, { out, rosters: true })
    const second = await exportWorld(world, LATER, { out, format: 'xlsx' })
    expect(second.files).toEqual(['lec-export-2567-1.xlsx', 'provinces/P99.xlsx'])
  })

  it('is never replaced when somebody put another file in it', async () => {
    const world = wholeProvince()
    const out = emptyFolder()
    const { target } = await exportWorld(world, LATER, { out, format: 'csv' })
    writeFileSync(join(target, 'บันทึก.txt'), 'ของฉัน')
    await expect(exportWorld(world, LATER, { out, format: 'csv' })).rejects.toThrow(/มีไฟล์อื่นอยู่ด้วย \(บันทึก\.txt\)/)
    expect(readFileSync(join(target, 'บันทึก.txt'), 'utf8')).toBe('ของฉัน')
  })

  it('stays as it was when an export breaks half way', async () => {
    const world = wholeProvince()
    const out = emptyFolder()
    const { target, files } = await exportWorld(world, LATER, { out, format: 'csv' })
    world.act((tx) =>
      tx
        .update(snapshots)
        .set({ rows: 'broken' as unknown as unknown[] })
        .where(eq(snapshots.unitId, world.idOf('town')))
        .run(),
    )
    await expect(exportWorld(world, LATER, { out, format: 'csv' })).rejects.toThrow()
    expect(readdirSync(out)).toEqual(['lec-export-2567-1'])
    expect(files.every((file) => existsSync(join(target, file)))).toBe(true)
  })

  it('takes away what a killed export left', async () => {
    const out = emptyFolder()
    mkdirSync(join(out, '.lec-export-999999999'))
    writeFileSync(join(out, '.lec-export-999999999', 'x'), '')
    await exportWorld(openChainWorld(), LATER, { out, format: 'csv' })
    expect(readdirSync(out)).toEqual(['lec-export-2567-1'])
  })
})
