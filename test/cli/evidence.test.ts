import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { evidenceCsv, evidenceText } from '../../src/cli/evidence/evidence-report.ts'
import { gatherEvidence } from '../../src/cli/evidence.ts'
import { outbox, people } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { remindOwing } from '../../src/workflow/remind-tick.ts'
import { requestReopening } from '../../src/workflow/reopening.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00:07')
const LATER = bangkok('2024-06-05T10:30:00')
const LAST_MORNING = bangkok('2024-06-10T08:30:00')

const evidence = (world: ChainWorld, options: { unit?: string; person?: string; round?: string }) =>
  world.act((tx) => gatherEvidence(tx, options, LATER))
const textOf = (world: ChainWorld, options: { unit?: string; person?: string; round?: string }): string =>
  evidenceText(evidence(world, options))
const SCHOOL = { unit: '3099200001' }

const send = (world: ChainWorld, set: Partial<typeof outbox.$inferInsert>) =>
  world.act((tx) => tx.update(outbox).set(set).where(eq(outbox.state, 'pending')).run())
const remind = (world: ChainWorld, at: number) =>
  world.act((tx) => remindOwing(tx, { departmentId: world.idOf('department') }, at))

describe('lec evidence --unit (R38)', () => {
  it('R38: says who did what and when, oldest first, with the receipt and the place in the log', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const lines = textOf(world, SCHOOL).split('\n')
    expect(lines[0]).toBe('หลักฐานการดำเนินการของ โรงเรียนเทศบาล 1 รหัส 3099200001')
    const at = (words: string) => lines.findIndex((line) => line.includes(words))
    expect(at('รับหน้าที่เจ้าหน้าที่ ตามคำสั่งที่ 1/2567')).toBeGreaterThan(0)
    expect(at('รับรองว่ามีตัวตนอยู่จริงทั้ง 10 คน')).toBeGreaterThan(at('รับหน้าที่'))
    const confirmed = at('ยืนยันข้อมูลรายชื่อ 10 คน')
    expect(confirmed).toBeGreaterThan(at('รับรองว่ามีตัวตน'))
    expect(lines[confirmed]).toContain('5 มิ.ย. 2567 09.00.07 น.')
    expect(lines[confirmed]).toContain('โดย ผู้รับผิดชอบ school (เจ้าหน้าที่ โรงเรียนเทศบาล 1)')
    expect(lines[confirmed]).toMatch(/ใบรับ 2567\/1-000001 · บันทึกที่ \d+$/)
  })

  it('R38: shows reminders with the fate of the message as recorded, and never claims that it arrived', () => {
    const world = openChainWorld()
    remind(world, LAST_MORNING)
    send(world, { state: 'accepted', endedAt: LAST_MORNING + 2000 })
    const words = textOf(world, SCHOOL)
    expect(words).toMatch(/10 มิ\.ย\. 2567 08\.30\.00 น\. {2}เตือนว่ายังไม่ได้ยืนยัน · โรงเรียนเทศบาล 1 ถึง ผู้รับผิดชอบ school/)
    expect(words).toContain('ผลการส่ง: LINE รับแล้ว 10 มิ.ย. 2567 08.30.02 น.')
    expect(words).not.toMatch(/ได้รับแล้ว|อ่านแล้ว/)
    expect(words.match(/เตือนว่ายังไม่ได้ยืนยัน/g)).toHaveLength(1)
  })

  it('R38: a reminder to somebody without a LINE account is on record as not sent', () => {
    const world = openChainWorld()
    const { personId } = world.actor('school', AT)
    world.act((tx) => tx.update(people).set({ blockedAt: AT }).where(eq(people.id, personId)).run())
    remind(world, LAST_MORNING)
    expect(textOf(world, SCHOOL)).toContain('ไม่ได้ส่ง เพราะไม่มีบัญชี LINE ที่ส่งถึงได้')
  })

  it.each([
    ['pending', { state: 'pending' }, 'รอส่ง'],
    ['unknown', { state: 'unknown' }, 'ส่งแล้วแต่ไม่ทราบผล'],
    ['dropped', { state: 'dropped' }, 'ไม่ได้ส่ง เพราะเรื่องสิ้นสุดก่อนถึงเวลาส่ง'],
    ['dead', { state: 'dead', error: '400 The property is invalid' }, 'ส่งไม่สำเร็จ: 400 The property is invalid'],
  ] as const)('names the fate of a message: %s', (_name, set, words) => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    send(world, set)
    expect(textOf(world, SCHOOL)).toContain(`ผลการส่ง: ${words}`)
  })

  it('holds what the level above did to the unit, the words typed with it, and nothing of its siblings', () => {
    const world = openChainWorld()
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at: AT }))
    const ref = { round: world.round(), unitId: world.idOf('school'), component: 'roster' as const }
    const reason = 'ซ้ำกับ 1-1017-00207-03-0 สองแถว'
    must(world.act((tx) => cancelDirectly(tx, { ...ref, actor: world.actor('town', LATER), reason }, LATER)))
    const words = textOf(world, SCHOOL)
    expect(words).toContain('ยกเลิกการยืนยันข้อมูลรายชื่อ · โรงเรียนเทศบาล 1 · โดย ผู้รับผิดชอบ town')
    expect(words).toContain('เหตุผล: ซ้ำกับ 1-1017-xxxxx-xx-0 สองแถว')
    expect(words).not.toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
    expect(textOf(world, { unit: '04990102' })).toContain('ยกเลิกการยืนยันข้อมูลรายชื่อ · โรงเรียนเทศบาล 1')
  })

  it('R39: names who edited the sheet last before each read that changed something, as Google names them', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school'), AT, 'kru@example.org')
    const words = textOf(world, SCHOOL)
    expect(words).toContain('ระบบอ่านตารางที่เปลี่ยนไป: นับได้ 10 คน เพิ่ม 10')
    expect(words).toContain('ผู้แก้ไขตารางล่าสุดตามที่ Google แจ้ง: kru@example.org')
  })

  it('a late act that the department accepted is dated by its tap', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT, now: AT + 5000 }))
    expect(textOf(world, SCHOOL)).toContain('ยืนยันข้อมูลรายชื่อ 10 คน (กดเมื่อ 5 มิ.ย. 2567 09.00.07 น.)')
  })

  it('holds the extensions that reach it from above', () => {
    const world = openChainWorld()
    const until = bangkok('2024-06-14T12:00')
    const given = { roundId: world.round().id, scope: 'lao' as const, until, reason: 'น้ำท่วม', letterNumber: 'มท 55' }
    must(world.act((tx) => grantExtension(tx, { ...given, unitId: world.idOf('town') }, AT)))
    expect(textOf(world, SCHOOL)).toContain('ขยายเวลาก่อนเวลา 12.00 น. วันที่ 14 มิ.ย. 2567 ตามหนังสือ มท 55')
    expect(textOf(world, { unit: '3099300001' })).not.toContain('ขยายเวลา')
  })

  it('names no pupil number in full, whatever was typed', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const ref = { round: world.round(), unitId: world.idOf('school'), component: 'roster' as const }
    const asked = { ...ref, category: 'wrong_data' as const, reason: 'เลข ๑๑๐๑๗๐๐๒๐๗๐๓๐ ผิด' }
    must(world.act((tx) => requestReopening(tx, { ...asked, actor: world.actor('school', LATER) }, LATER)))
    const numbers = world
      .rows('school')
      .flatMap(({ cells }) => cells.nationalId ?? [])
      .flatMap((cell) => (cell.kind === 'text' ? cell.text : []))
    expect(numbers).toHaveLength(10)
    for (const made of [textOf(world, SCHOOL), evidenceCsv(evidence(world, SCHOOL))]) {
      expect(made).toContain('1-1017-xxxxx-xx-0')
      expect(made).not.toMatch(/\d{13}|[๐-๙]{13}/)
      for (const number of numbers) expect(made).not.toContain(number)
    }
  })

  it('ends with the verification of the whole log, and says when it is broken', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    expect(textOf(world, SCHOOL)).toMatch(/ตรวจบันทึกการดำเนินการทั้งระบบ: \d+ รายการ รหัสล่าสุด [0-9a-f]{12} ถูกต้องครบถ้วน/)
    world.database.raw.exec("DROP TRIGGER events_no_update; UPDATE events SET at = at + 1 WHERE type = 'confirmed'")
    const broken = evidence(world, SCHOOL)
    expect(broken.verdict.whole).toBe(false)
    expect(evidenceText(broken)).toMatch(/รายการที่ \d+ \(.*ยืนยันข้อมูลรายชื่อ 10 คน.*\): ถูกแก้ไข/)
  })

  it('is limited to a round, and finds a unit by a code it no longer bears', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    expect(textOf(world, { ...SCHOOL, round: '2567/1' })).toContain('ปีการศึกษา 2567 (ครั้งที่ 1)')
    expect(() => textOf(world, { ...SCHOOL, round: '2570/1' })).toThrow('ไม่รู้จักรอบ 2570/1')
    expect(() => textOf(world, { unit: '3099299999' })).toThrow('ไม่รู้จักหน่วยงานรหัส 3099299999')
  })

  it('as CSV has one row for each act and message, with the verification last', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const made = evidence(world, SCHOOL)
    const rows = parse(evidenceCsv(made), { bom: true, relax_column_count: true }) as string[][]
    expect(rows[0]).toHaveLength(8)
    expect(rows.slice(1, -2)).toHaveLength(made.entries.length)
    expect(rows.at(-2)?.[0]).toMatch(/ถูกต้องครบถ้วน/)
  })
})

describe('lec evidence --person (R38)', () => {
  it('R38: shows the acts of a person for every duty, and what was told to them', () => {
    const world = openChainWorld()
    world.appoint('centre', { name: 'ผู้รับผิดชอบ school', account: world.actor('school', AT).lineUserId ?? '' })
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const words = textOf(world, { person: 'ผู้รับผิดชอบ school' })
    expect(words).toContain('โรงเรียนเทศบาล 1, ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')
    expect(words).toContain('ผูกบัญชี LINE')
    expect(words).toMatch(/ส่งใบรับการยืนยัน ถึง ผู้รับผิดชอบ school/)
    const { personId } = world.actor('school', AT)
    expect(textOf(world, { person: String(personId) })).toBe(words)
  })

  it('a message about one duty is no evidence for the other unit of the same person', () => {
    const world = openChainWorld()
    const account = world.actor('saoCentre', AT).lineUserId ?? ''
    world.appoint('school', { name: 'ผู้รับผิดชอบ saoCentre', account })
    remind(world, LAST_MORNING)
    const toBoth = textOf(world, SCHOOL).match(/เตือนว่ายังไม่ได้ยืนยัน.* ถึง ผู้รับผิดชอบ saoCentre/g)
    expect(toBoth).toEqual([expect.stringContaining('โรงเรียนเทศบาล 1')])
    expect(textOf(world, { person: 'ผู้รับผิดชอบ saoCentre' }).match(/เตือนว่ายังไม่ได้ยืนยัน/g)).toHaveLength(2)
  })

  it('a name that fits several people is answered with their numbers', () => {
    const world = openChainWorld()
    expect(() => textOf(world, { person: 'ผู้รับผิดชอบ' })).toThrow(/พบ 9 คน โปรดระบุหมายเลข:\n {2}\d+ ผู้รับผิดชอบ/)
    expect(() => textOf(world, { person: 'ไม่มีคนนี้' })).toThrow('ไม่พบบุคคลชื่อหรือหมายเลข ไม่มีคนนี้')
  })
})
