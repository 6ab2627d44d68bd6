import { describe, expect, it } from 'vitest'
import { dutiesOfLineUser } from '../../src/workflow/actor.ts'
import { type Chat, openChat } from './chat.ts'

const NEWCOMER = `U${'e'.repeat(32)}`
const SCHOOL = 'โรงเรียนเทศบาล 1'
const codeIn = (words: string): string => /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(words)?.[0] ?? ''
const onDuty = (chat: Chat, lineUserId: string): number =>
  chat.world.act((tx) => dutiesOfLineUser(tx, lineUserId, chat.now())).length

describe('เชิญ', () => {
  it('takes number and date of the order, shows them to the one who joins, and keeps them', () => {
    const chat = openChat()
    const made = chat.officer('town').say(`เชิญ ${SCHOOL} คำสั่งที่ ๑๒/๒๕๖๗ ลงวันที่ 3 พ.ค. 2567`).words
    expect(made).toContain('คำสั่งที่ 12/2567 ลงวันที่ 3 พฤษภาคม 2567')
    const newcomer = chat.person(NEWCOMER)
    expect(newcomer.say(codeIn(made)).words).toContain('12/2567 ลงวันที่ 3 พฤษภาคม 2567')
    newcomer.tap('ยอมรับ')
    expect(chat.officer('town').say(`ผู้รับผิดชอบ ${SCHOOL}`).words).toContain('คำสั่งที่ 12/2567 ลงวันที่ 3 พฤษภาคม 2567')
    expect(chat.officer('school').say('ผู้รับผิดชอบ').words).toContain('12/2567')
  })

  it('with a date that is none makes no code', () => {
    const chat = openChat()
    const words = chat.officer('town').say(`เชิญ ${SCHOOL} คำสั่งที่ 12/2567 ลงวันที่ 31 ก.พ. 2567`).words
    expect(words).toContain('อ่านวันที่ของคำสั่ง')
    expect(codeIn(words)).toBe('')
  })

  it('แทน: the successor takes over at the tap, with all that is open; the former officer is told and can do nothing more', () => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    const former = chat.officer('school')
    former.say('ขอยกเลิกการยืนยัน เพราะมีเด็กย้ายเข้า 1 คน')
    const status = former.say('สถานะ')
    expect(status.words).toContain('ถอนคำขอ')
    const made = chat.officer('town').say(`เชิญ ${SCHOOL} แทน ผู้รับผิดชอบ school`).words
    expect(made).toContain('แทน ผู้รับผิดชอบ school')
    expect(onDuty(chat, former.lineUserId)).toBe(1)
    const newcomer = chat.person(NEWCOMER)
    expect(newcomer.say(codeIn(made)).words).toContain('รับหน้าที่แทน')
    const joined = newcomer.tap('ยอมรับ').words
    expect(joined).toContain('เรื่องที่ค้างอยู่ของหน่วย')
    expect(joined).toContain('รับต่อจาก ผู้รับผิดชอบ school')
    expect(joined).toContain('รอ เทศบาลเมืองทุ่งตะวัน')
    expect(onDuty(chat, former.lineUserId)).toBe(0)
    expect(former.heard().words).toContain('สิ้นสุดเมื่อ')
    for (const heard of [former.tap('ถอนคำขอ'), former.say('ยืนยัน'), former.say('สถานะ')]) {
      expect(heard.words).toContain('สิ้นสุดเมื่อ')
      expect(heard.words).toContain('ผู้รับผิดชอบขณะนี้')
      expect(heard.words).toContain('เทศบาลเมืองทุ่งตะวัน')
    }
    expect(newcomer.say('ถอนคำขอ').words).toContain('ถอนคำขอแล้ว')
  })

  it('แทน somebody who is not there makes no code', () => {
    const chat = openChat()
    const words = chat.officer('town').say(`เชิญ ${SCHOOL} แทน สมปอง ไม่มีตัวตน`).words
    expect(words).toContain('ไม่พบ “สมปอง ไม่มีตัวตน”')
    expect(codeIn(words)).toBe('')
  })
})

describe('รหัสที่ยังไม่ใช้', () => {
  it('lists the open codes without the codes, and takes one back by button or number', () => {
    const chat = openChat()
    const town = chat.officer('town')
    expect(town.say('รหัสที่ยังไม่ใช้').words).toContain('ไม่มีรหัสเข้าร่วมที่ยังไม่ได้ใช้')
    const first = codeIn(town.say(`เชิญ ${SCHOOL} คำสั่งที่ 7/2567`).words)
    const second = codeIn(town.say('เชิญผู้บริหาร ศพด.เมืองทุ่งตะวัน').words)
    const list = town.say('รหัสที่ยังไม่ใช้').words
    expect(list).toContain(`1. ${SCHOOL} (เจ้าหน้าที่) คำสั่งที่ 7/2567`)
    expect(list).not.toContain(first)
    expect(town.say('ยกเลิกรหัส 2').words).toContain('ยกเลิกรหัสเข้าร่วมของ ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน แล้ว')
    expect(town.tap('ยกเลิกรหัสลำดับ 1').words).toContain('ยกเลิกรหัสเข้าร่วมของ โรงเรียนเทศบาล 1 แล้ว')
    for (const code of [first, second]) expect(chat.person(NEWCOMER).say(code).words).toContain('ไม่พบรหัสนี้')
    expect(chat.officer('school').say('รหัสที่ยังไม่ใช้').words).toContain('ไม่มีรหัส')
  })
})

describe('ผู้รับผิดชอบ of a unit below', () => {
  it('suspends by button with a reason, says why to whoever was suspended, and resumes by name', () => {
    const chat = openChat()
    const town = chat.officer('town')
    const teacher = chat.officer('school')
    town.say(`ผู้รับผิดชอบ ${SCHOOL}`)
    expect(town.tap('ระงับหน้าที่').words).toContain('โปรดพิมพ์เหตุผล')
    const done = town.say('อยู่ระหว่างสอบข้อเท็จจริง').words
    expect(done).toContain('มีผลทันที')
    expect(done).toContain(`หน่วย ${SCHOOL} ไม่มีผู้รับผิดชอบ ขณะนี้ไม่มีเรื่องที่รอดำเนินการ`)
    expect(teacher.heard().words).toContain('อยู่ระหว่างสอบข้อเท็จจริง')
    const refused = teacher.say('ยืนยัน').words
    expect(refused).toContain('ถูกระงับเมื่อ')
    expect(refused).toContain('ขณะนี้หน่วยนี้ยังไม่มีผู้รับผิดชอบ')
    expect(town.say('สถานะ').words).toContain('ยังไม่มีผู้รับผิดชอบ 1 แห่ง')
    expect(town.say(`ผู้รับผิดชอบ ${SCHOOL}`).words).toContain('ระงับหน้าที่ตั้งแต่')
    town.say('คืนหน้าที่ ผู้รับผิดชอบ school')
    expect(town.say('สอบแล้วไม่พบความผิด').words).toContain('คืนหน้าที่')
    expect(teacher.heard().words).toContain('กลับมาปฏิบัติหน้าที่')
    expect(teacher.say('สถานะ').words).toContain(SCHOOL)
  })

  it('a button that was sent before does nothing after the end, and says who is in charge', () => {
    const chat = openChat()
    const account = 'U'.padEnd(33, '9')
    const school = chat.world.appoint('school', { account, name: 'ครูสองหน้าที่' })
    chat.world.appoint('centre', { account, name: 'ครูสองหน้าที่' })
    const teacher = chat.person(account)
    teacher.say('เปลี่ยนหน้าที่ 1')
    teacher.say('ยืนยัน')
    chat.readSheet('school')
    teacher.heard()
    chat.officer('town').say('ให้พ้นหน้าที่ ครูสองหน้าที่')
    const town = chat.officer('town')
    town.say(`ผู้รับผิดชอบ ${SCHOOL}`)
    town.tap('ให้พ้นหน้าที่: ครูสองหน้าที่')
    town.say('ย้ายไปโรงเรียนอื่น')
    const tapped = teacher.tap('ตรวจแล้ว มีตัวตนจริง').words
    expect(tapped).toContain(`หน้าที่ของท่านที่ ${SCHOOL} สิ้นสุดเมื่อ`)
    expect(tapped).toContain('ผู้รับผิดชอบขณะนี้: ผู้รับผิดชอบ school')
    expect(chat.world.act((tx) => tx.query.attestations.findMany().sync())).toEqual([])
    expect(school).toBeGreaterThan(0)
  })

  it('whom a name fits twice is chosen from the unit, and of strangers nobody is touched', () => {
    const chat = openChat()
    chat.world.appoint('school', { name: 'สมศรี ใจดี' })
    chat.world.appoint('centre', { name: 'สมศรี ใจดี' })
    const town = chat.officer('town')
    expect(town.say('ระงับหน้าที่ สมศรี ใจดี').words).toContain('ตรงกับผู้รับผิดชอบหลายคน')
    expect(town.say('ระงับหน้าที่ ผู้รับผิดชอบ saoCentre').words).toContain('ไม่พบผู้รับผิดชอบชื่อ')
    expect(chat.officer('school').say('ระงับหน้าที่ สมศรี ใจดี').words).toContain('ไม่พบผู้รับผิดชอบชื่อ')
  })

  it('two people of one name get a number each, on the buttons and typed, and the number of the card shown last counts', () => {
    const chat = openChat()
    const [first, second] = ['ไม่ทราบชื่อ', 'ไม่ทราบชื่อ'].map((name) => chat.world.appoint('school', { name }))
    const town = chat.officer('town')
    const card = town.say(`ผู้รับผิดชอบ ${SCHOOL}`)
    for (const label of ['ระงับหน้าที่: ผู้รับผิดชอบ school', 'ระงับหน้าที่ 2: ไม่ทราบชื่อ', 'ระงับหน้าที่ 3: ไม่ทราบชื่อ'])
      expect(card.words.split(label), label).toHaveLength(2)
    expect(card.words).toContain('ระงับหน้าที่ ลำดับ 3')
    expect(card.words).toContain('ระงับหน้าที่ ผู้รับผิดชอบ school')
    const stateOf = (id: number | undefined) =>
      chat.world.act((tx) => tx.query.appointments.findMany().sync()).find((one) => one.id === id)?.suspendedAt ?? null
    town.say('ระงับหน้าที่ ลำดับ 3')
    town.say('อยู่ระหว่างสอบข้อเท็จจริง')
    expect([stateOf(first), stateOf(second)]).toEqual([null, chat.now()])
    town.tap('ระงับหน้าที่ 2')
    town.say('อยู่ระหว่างสอบข้อเท็จจริง')
    expect(stateOf(first)).toBe(chat.now())
    expect(town.say('ระงับหน้าที่ 9').words).toContain('ไม่พบลำดับนี้')
  })

  it('a name that fits somebody elsewhere too is typed by its number', () => {
    const chat = openChat()
    chat.world.appoint('school', { name: 'สมศรี ใจดี' })
    chat.world.appoint('centre', { name: 'สมศรี ใจดี' })
    const town = chat.officer('town')
    town.say('ผู้รับผิดชอบ ศพด.เมืองทุ่งตะวัน')
    expect(town.say(`ผู้รับผิดชอบ ${SCHOOL}`).words).toContain('ระงับหน้าที่ ลำดับ 2')
    expect(town.say('ระงับหน้าที่ ลำดับ 2').words).toContain(`สมศรี ใจดี (เจ้าหน้าที่ ${SCHOOL})`)
  })

  it('the one who stays gets what is open; with nobody left the level above does', () => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    chat.officer('school').say('ขอยกเลิกการยืนยัน เพราะมีเด็กย้ายเข้า 1 คน')
    const second = chat.officer(chat.world.appoint('town', { name: 'นายคนที่สอง', at: chat.now() }))
    const other = chat.officer(chat.world.appoint('province', { name: 'นางจังหวัดคนที่สอง', at: chat.now() }))
    const province = chat.officer('province')
    province.say('ให้พ้นหน้าที่ ผู้รับผิดชอบ town')
    province.say('เกษียณอายุ')
    const kept = second.heard().words
    expect(kept).toContain('ผู้รับผิดชอบ town: พ้นหน้าที่แล้ว')
    expect(kept).toContain('คำขอที่รอท่านพิจารณา')
    province.say('ระงับหน้าที่ นายคนที่สอง')
    expect(province.say('ป่วย').words).toContain('ไม่มีผู้รับผิดชอบ ขณะนี้มีเรื่องที่รอดำเนินการ 1 รายการ')
    expect(other.heard().words).toContain('หน่วย เทศบาลเมืองทุ่งตะวัน ไม่มีผู้รับผิดชอบ ขณะนี้มีเรื่องที่รอดำเนินการ 1 รายการ')
  })
})

describe('a second person certifies in chat', () => {
  const open = () => {
    const chat = openChat()
    const town = chat.officer('town')
    const teacher = chat.officer('school')
    expect(teacher.say('เปิดผู้รับรอง').words).toContain('ยังไม่มีผู้รับรอง')
    const code = codeIn(town.say(`เชิญผู้รับรอง ${SCHOOL}`).words)
    const head = chat.person(NEWCOMER)
    head.say(code)
    head.say('ยอมรับ')
    head.say('ชื่อ วิชัย ตั้งใจ')
    teacher.heard()
    return { chat, town, teacher, head }
  }
  const submit = ({ chat, teacher }: Pick<ReturnType<typeof open>, 'chat' | 'teacher'>) => {
    teacher.say('ยืนยัน')
    chat.readSheet('school')
    teacher.heard()
    const step = teacher.tap('ตรวจแล้ว มีตัวตนจริง').words
    expect(step).toContain('ระบบจะส่งให้ผู้รับรอง')
    expect(step).toContain('[ส่ง 10 คน ให้ผู้รับรอง]')
    expect(step).not.toContain('[ยืนยัน 10 คน]')
    expect(step).toMatch(/พิมพ์.*ยืนยัน 10/)
    return teacher.tap('ส่ง 10 คน').words
  }

  it('by button: the same figures, one tap, and a receipt with both names for both', () => {
    const world = open()
    const { chat, teacher, head } = world
    expect(submit(world)).toContain('ส่งให้ผู้รับรองแล้ว')
    expect(chat.isConfirmed('school', 'roster')).toBe(false)
    expect(teacher.say('สถานะ').words).toContain('รอผู้รับรอง')
    expect(head.heard().words).toContain('10 คน')
    expect(head.tap('รับรองและยืนยัน 10 คน').loading).toBe(true)
    chat.readSheet('school')
    for (const person of [head, teacher]) {
      const receipt = person.heard().words
      expect(receipt).toContain('ผู้รับผิดชอบ school')
      expect(receipt).toContain('วิชัย ตั้งใจ')
    }
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
  })

  it('typed: with the number shown and no other; sent back with a word', () => {
    const world = open()
    const { chat, teacher, head } = world
    expect(head.say('ยืนยัน').words).toContain('ไม่มีข้อมูลที่รอท่านรับรอง')
    submit(world)
    head.heard()
    expect(head.say('รับรองและยืนยัน 11').words).toContain('ไม่ตรงกับจำนวนที่แสดงล่าสุด')
    expect(head.say('ส่งคืน ยังขาดเด็กย้ายเข้า').words).toContain('ส่งคืนให้เจ้าหน้าที่แก้ไขแล้ว')
    expect(teacher.heard().words).toContain('วิชัย ตั้งใจ ส่งคืน เหตุผล: ยังขาดเด็กย้ายเข้า')
    submit(world)
    expect(head.heard().words).toContain('ขอให้รับรองและยืนยันข้อมูล')
    expect(head.say('รับรองและยืนยัน 10').loading).toBe(true)
    chat.readSheet('school')
    expect(chat.isConfirmed('school', 'roster')).toBe(true)
  })

  it('is switched off by the LAO alone', () => {
    const { chat, town, teacher } = open()
    expect(teacher.say('ปิดผู้รับรอง').words).toContain('ปิดใช้ผู้รับรองเองไม่ได้')
    expect(town.say(`ปิดผู้รับรอง ${SCHOOL}`).words).toContain('เจ้าหน้าที่ยืนยันได้เอง')
    expect(teacher.heard().words).toContain('ไม่ต้องมีผู้รับรองแล้ว')
    teacher.say('ยืนยัน')
    chat.readSheet('school')
    teacher.heard()
    teacher.tap('ตรวจแล้ว มีตัวตนจริง')
    expect(teacher.tap('ยืนยัน 10 คน').loading).toBe(true)
  })
})

describe('a pupil’s name', () => {
  it('is shown to no executive by any command (R9)', () => {
    const chat = openChat()
    const name = (index: number) => ({ firstName: `ชื่อลับ${index}`, lastName: 'สกุลลับ' })
    chat.world.read(
      'school',
      chat.world.rows('school', 10, (index) => ({ ...name(index), grade: 'ป.9' })),
      chat.now(),
    )
    chat.world.confirmRoster('centre', { at: chat.now(), sheet: chat.world.rows('centre', 10, name) })
    chat.world.read(
      'centre',
      chat.world.rows('centre', 10, (index) => ({ ...name(index), firstName: `ชื่อลับใหม่${index}` })),
      chat.now(),
    )
    for (const place of ['town', 'province', 'school', 'centre'] as const) {
      const executive = chat.officer(chat.world.appoint(place, { role: 'executive', at: chat.now() }))
      const said = ['สถานะ', `สถานะ ${SCHOOL}`, 'สถานะ ศพด.เมืองทุ่งตะวัน', 'รายชื่อที่ยังไม่ยืนยัน', 'คำขอ', 'ผู้รับผิดชอบ']
      const asked = [...said, 'แก้หลังยืนยัน', 'แก้หลังยืนยัน ศพด.เมืองทุ่งตะวัน', 'รายชื่อซ้ำ', 'ยืนยัน', 'กำหนดเวลา', 'ช่วยเหลือ']
      for (const command of asked) {
        const heard = executive.say(command)
        expect(heard.words, `${place}: ${command}`).not.toMatch(/ชื่อลับ|สกุลลับ/)
        expect(JSON.stringify(heard.messages), `${place}: ${command}`).not.toContain('"postback"')
      }
    }
  })
})
