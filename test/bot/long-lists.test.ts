import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { markCard, overviewCard } from '../../src/bot/cards/overview-card.ts'
import type { ConfirmationId, UnitId } from '../../src/db/ids.ts'
import { overviewLooks, pendingActions, reopeningRequests, sheetFiles, units } from '../../src/db/schema.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { provinceStatus } from '../../src/workflow/status.ts'
import { must, type Place } from '../world/chain-world.ts'
import { type Chat, openChat, type Sent } from './chat.ts'

/** As many LAOs as the largest province has, and an institution-rich LAO. */
const LAOS = 334
const INSTITUTIONS = 250
const PROVINCES = 75

/** Units beside the invented province's own, so that lists are as long as the country has them. */
function fillUp(chat: Chat, of: { laos?: number; institutions?: number; provinces?: number }): void {
  const laos = Array.from({ length: of.laos ?? 0 }, (_, index) => ({
    line: index + 100,
    cells: {
      code: `0699${String(1000 + index)}`,
      kind: 'sao',
      name_th: `ยาวมากแห่งที่ ${index + 1}`,
      province_code: '99',
      province_th: 'ทุ่งตะวัน',
    },
  }))
  const institutions = Array.from({ length: of.institutions ?? 0 }, (_, index) => ({
    line: index + 1000,
    cells: {
      code: `30995${String(10_000 + index)}`,
      kind: 'child_centre',
      name_th: `ชุมชนที่ ${index + 1}`,
      lao_code: '04990102',
    },
  }))
  const provinces = Array.from({ length: of.provinces ?? 0 }, (_, index) => ({
    line: index + 2000,
    cells: {
      code: `06${String(11 + index)}0101`,
      kind: 'sao',
      name_th: `กลาง ${index + 1}`,
      province_code: String(11 + index),
      province_th: `ที่ ${index + 1}`,
    },
  }))
  chat.world.act((tx) => must(importUnits(tx, [...laos, ...institutions, ...provinces], chat.now() - 1000)))
}

const sceneOf = (chat: Chat, place: Place) => ({
  now: chat.now(),
  deps: chat.deps(),
  actor: chat.world.actor(place, chat.now()),
  round: chat.world.round(),
})

const words = (messages: readonly Sent[]): string => JSON.stringify(messages)

/** Every page of a typed list, until no button leads on. */
function allPages(officer: ReturnType<Chat['officer']>, typed: string): string {
  const first = officer.say(typed)
  let text = first.words
  let shown = first
  for (let page = 2; shown.words.includes(`[หน้า ${page}]`); page += 1) {
    shown = officer.say(`${typed} หน้า ${page}`)
    expect(shown.words).toContain(`หน้า ${page} จาก `)
    text += `\n${shown.words}`
  }
  return text
}

describe('a long list', () => {
  it('of a province with 334 more LAOs names every one of them, page by page', () => {
    const chat = openChat()
    fillUp(chat, { laos: LAOS })
    const province = chat.officer('province')
    const first = province.say('เหลือใคร')
    expect(first.words).toContain(`เหลือ ${LAOS + 4} จาก ${LAOS + 4} อปท. · ปิดใน `)
    const text = allPages(province, 'รายชื่อที่ยังไม่ยืนยัน')
    for (let index = 1; index <= LAOS; index += 1) expect(text).toContain(`ยาวมากแห่งที่ ${index} (`)
    expect(province.say('รายชื่อที่ยังไม่ยืนยัน หน้า ๑๗').words).toContain('หน้า 17 จาก 17')
    expect(province.say('เหลือใครบ้าง หน้า 99').words).toContain('หน้า 17 จาก 17')
  })

  it('of an LAO with 250 more institutions names every one, the ready ones apart', () => {
    const chat = openChat()
    fillUp(chat, { institutions: INSTITUTIONS })
    chat.world.read('school', chat.world.rows('school', 12), chat.now())
    const town = chat.officer('town')
    const text = allPages(town, 'รายชื่อที่ยังไม่ยืนยัน')
    for (let index = 1; index <= INSTITUTIONS; index += 1) expect(text).toContain(`ชุมชนที่ ${index} (`)
    expect(text).toContain('พร้อมยืนยัน เหลือเพียงกดยืนยัน 1 แห่ง')
    expect(text).toContain('ยังไม่มีข้อมูล 251 แห่ง (ต่อ)')
    expect(town.say('สถานะ').words).toContain('และอีก 243 แห่ง')
  })

  it('of an overview is looked at page by page before attesting, and its news are kept for the first page', () => {
    const chat = openChat()
    fillUp(chat, { institutions: 45 })
    const scene = sceneOf(chat, 'town')
    const pages = [1, 2, 3].map((page) => chat.world.act((tx) => overviewCard({ ...scene, tx }, page)))
    expect(
      pages.map(({ lines }) => lines.filter((line) => line.kind === 'pair' && line.label !== 'รวมทุกแห่ง').length),
    ).toEqual([20, 20, 7])
    expect(pages.map(({ buttons }) => buttons.map((button) => button.label).slice(2))).toEqual([
      ['หน้า 2'],
      ['หน้า 3', 'หน้า 1'],
      ['หน้า 2'],
    ])
    const looks = chat.world.act((tx) => tx.select().from(overviewLooks).all())
    expect(looks).toHaveLength(1)
  })

  it('of LAOs that wait for the province’s mark: the button of a page marks exactly those on it', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now() - 3_600_000)
    const scene = sceneOf(chat, 'province')
    const card = chat.world.act((tx) => {
      const status = provinceStatus(
        tx,
        { round: scene.round, provinceId: scene.actor.unitId, actor: scene.actor },
        chat.now(),
      )
      const [lao] = status.laos.filter(({ complete }) => complete)
      if (!lao) throw new Error('no complete LAO')
      const laos = Array.from({ length: 45 }, (_, index) => ({
        ...lao,
        id: (9000 + index) as UnitId,
        name: `แห่งที่ ${index}`,
      }))
      return markCard({ ...scene, tx }, { ...status, laos }, 3)
    })
    expect(card?.lines.flatMap((line) => (line.kind === 'item' ? [line.text.split(' · ')[0]] : []))).toEqual([
      'แห่งที่ 40',
      'แห่งที่ 41',
      'แห่งที่ 42',
      'แห่งที่ 43',
      'แห่งที่ 44',
    ])
    const [offered] = chat.world.act((tx) => tx.select().from(pendingActions).all())
    expect(offered?.input).toMatchObject({ laos: [9040, 9041, 9042, 9043, 9044].map((id) => ({ id })) })
  })

  it('of LAOs shown on different pages: one is marked by name from whichever page it was shown on', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now() - 3_600_000)
    const province = chat.officer('province')
    expect(province.say('ตรวจสอบแล้ว หน้า 2').words).toContain('[ตรวจสอบแล้วทั้ง 3 แห่ง]')
    expect(province.say('ตรวจสอบแล้ว อบต.เขาเขียว').words).toContain('บันทึกว่าตรวจสอบแล้ว 1 แห่ง')
  })

  it('of requests is numbered on through its pages, with the longest reasons', () => {
    const chat = openChat()
    fillUp(chat, { institutions: 15 })
    chat.world.act((tx) => {
      const { personId, appointmentId } = chat.world.actor('school', chat.now())
      const children = tx
        .select()
        .from(units)
        .where(eq(units.parentId, chat.unit('town')))
        .all()
      const roundId = chat.world.round().id
      for (const { id } of children.slice(0, 14))
        tx.insert(reopeningRequests)
          .values({
            roundId,
            unitId: id,
            component: 'roster',
            confirmationId: 1 as ConfirmationId,
            category: 'moved_in',
            reason: 'มีนักเรียนย้ายเข้าระหว่างภาคเรียน '.repeat(30),
            state: 'waiting',
            waitingAtUnitId: chat.unit('town'),
            personId,
            appointmentId,
            version: 1,
            createdAt: chat.now(),
          })
          .run()
    })
    const town = chat.officer('town')
    expect(town.say('คำขอ').words).toMatch(/1\. [\s\S]*6\. [\s\S]*คำขอที่รอท่านพิจารณา 14 เรื่อง[\s\S]*หน้า 1 จาก 3/)
    const last = town.say('คำขอ หน้า 3').words
    expect(last).toMatch(/13\. [\s\S]*14\. /)
    expect(last).not.toContain('[หน้า 4]')
  })

  it('of 252 institutions that owe is reminded in one act, and the answer still is one readable card', () => {
    const chat = openChat()
    fillUp(chat, { institutions: INSTITUTIONS })
    const town = chat.officer('town')
    town.heard()
    const answer = town.say('เตือนทั้งหมด')
    expect(answer.messages).toHaveLength(1)
    expect(answer.words).toContain('กำลังส่งข้อความเตือน 2 แห่ง')
    expect(answer.words).toContain('ยังไม่มีเจ้าหน้าที่ จึงเตือนทางแชตไม่ได้ 250 แห่ง')
    const text = allPages(town, 'เตือน')
    for (let index = 1; index <= INSTITUTIONS; index += 1) expect(text).toContain(`ชุมชนที่ ${index} ไม่มีหมายเลขโทรศัพท์`)
  })

  it('of everybody in charge below is paged, those first whom nobody answers for', () => {
    const chat = openChat()
    fillUp(chat, { laos: 40 })
    const province = chat.officer('province')
    expect(province.say('ผู้รับผิดชอบ').words).toContain('[ผู้รับผิดชอบของทุกหน่วยในสังกัด]')
    const text = allPages(province, 'ผู้รับผิดชอบทั้งหมด')
    for (let index = 1; index <= 40; index += 1) expect(text).toContain(`ยาวมากแห่งที่ ${index}: ยังไม่มีผู้รับผิดชอบ`)
    expect(text).toContain('เทศบาลเมืองทุ่งตะวัน: ผู้รับผิดชอบ town เจ้าหน้าที่')
  })
})

describe('the nation', () => {
  it('is one card by region, and each region’s provinces have a list of their own', () => {
    const chat = openChat()
    fillUp(chat, { provinces: PROVINCES })
    const department = chat.officer('department')
    const card = department.say('สถานะ')
    expect(card.words).toContain(`เหลือ ${PROVINCES + 1} จาก ${PROVINCES + 1} จังหวัด`)
    expect(card.words).toContain('ภาคเหนือ · จังหวัดยืนยันแล้ว 0/')
    expect(card.words).toContain('ภาคใต้ · จังหวัดยืนยันแล้ว 0/')
    expect(words(card.messages)).toContain('รายชื่อที่ยังไม่ยืนยัน ภาคเหนือ')
    const north = allPages(department, 'รายชื่อที่ยังไม่ยืนยัน ภาคเหนือ')
    expect(north).toContain('ที่ 40 · ')
    expect(north).not.toContain('จังหวัดทุ่งตะวัน')
    const all = allPages(department, 'เหลือใคร')
    for (let index = 1; index <= PROVINCES; index += 1) expect(all).toContain(`ที่ ${index} · `)
  })

  it('is followed down to the LAOs of a province and the institutions of an LAO by name', () => {
    const chat = openChat()
    const department = chat.officer('department')
    expect(department.say('เหลือใคร จังหวัดทุ่งตะวัน').words).toContain('เทศบาลเมืองทุ่งตะวัน (สถานศึกษา 0/2')
    expect(chat.officer('province').say('รายชื่อที่ยังไม่ยืนยันของ ทม.ทุ่งตะวัน').words).toContain('โรงเรียนเทศบาล 1')
  })
})

describe('an LAO sees its institutions by state', () => {
  it('what must be mended, what is stuck, what was reopened or edited after confirming, each under its own heading', () => {
    const chat = openChat()
    chat.world.read(
      'centre',
      chat.world.rows('centre', 5, () => ({ grade: 'ป.9' })),
      chat.now(),
    )
    chat.world.confirmRoster('school', { at: chat.now() })
    const town = chat.officer('town')
    expect(town.say('เหลือใคร').words).toMatch(/เหลือ 1 จาก 2 แห่ง[\s\S]*ต้องแก้ไขหรือชี้แจง 1 แห่ง/)
    chat.world.act((tx) => tx.update(sheetFiles).set({ state: 'header_broken', stateReason: 'หัวตารางหาย' }).run())
    expect(town.say('เหลือใคร').words).toContain('อ่านตารางไม่ได้ หรือรายชื่อหายไป 1 แห่ง')
    chat.world.read('school', chat.world.rows('school', 9), chat.now())
    expect(town.say('เหลือใคร').words).toMatch(/เหลือ 2 จาก 2 แห่ง[\s\S]*แก้ไขหลังยืนยัน 1 แห่ง/)
  })

  it('and, when all have confirmed, what is left to itself', () => {
    const chat = openChat()
    for (const place of ['school', 'centre'] as const) chat.world.confirmRoster(place, { at: chat.now() })
    expect(chat.officer('town').say('เหลือใคร').words).toContain(
      'ยืนยันครบทุกแห่งแล้ว ขั้นต่อไปของ อปท. พิมพ์ ยืนยันภาพรวม / ยืนยันสังกัดอื่น',
    )
  })

  it('with the times agreed on and how long until then', () => {
    const chat = openChat()
    chat.officer('centre').say('นัดส่ง 7 มิ.ย. 67 16.30')
    const town = chat.officer('town')
    town.heard()
    town.say('ตกลงนัดส่ง')
    expect(town.say('สถานะ').words).toContain(
      'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน นัดส่ง 7 มิ.ย. 2567 เวลา 16.30 น. (เหลือ 2 วัน 7 ชั่วโมง)',
    )
  })

  it('and what changed since it last looked', () => {
    const chat = openChat()
    const town = chat.officer('town')
    expect(town.say('สถานะ').words).not.toContain('ตั้งแต่ท่านดู')
    expect(town.say('สถานะ').words).toContain('ไม่มีการเปลี่ยนแปลงตั้งแต่ท่านดูเมื่อ')
    chat.world.confirmRoster('school', { at: chat.now() })
    const changed = town.say('สถานะ').words
    expect(changed).toContain('เปลี่ยนแปลงตั้งแต่ท่านดูเมื่อ 5 มิ.ย. 2567 เวลา 09.00 น.: 1 แห่ง')
    expect(changed).toContain('โรงเรียนเทศบาล 1: ยืนยันแล้ว')
    expect(chat.officer('province').say('สถานะ ทม.ทุ่งตะวัน').words).not.toContain('ตั้งแต่ท่านดู')
  })
})
