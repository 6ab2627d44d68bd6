import { describe, expect, it } from 'vitest'
import { openChat } from './chat.ts'

describe('ประวัติการดำเนินการ', () => {
  it('shows the person’s own acts, newest first, with moment, unit and receipt', () => {
    const chat = openChat()
    chat.world.confirmRoster('school', { at: chat.now() })
    chat.at('2024-06-05T10:30')
    const officer = chat.officer('school')
    officer.say('ขอยกเลิกการยืนยัน เด็กชายสมมติ ย้ายเข้า')
    const { words } = officer.say('ประวัติการดำเนินการ')
    expect(words.indexOf('ขอยกเลิกการยืนยัน')).toBeLessThan(words.indexOf('ยืนยันข้อมูลรายชื่อ 10 คน'))
    expect(words).toContain('5 มิ.ย. 2567 เวลา 10.30 น.')
    expect(words).toContain('ใบรับ 2567/1-')
    expect(words).toContain('โรงเรียนเทศบาล 1')
    expect(words).not.toContain('สมมติ ย้ายเข้า')
  })

  it('has pages, by button and by typing, each act on exactly one', () => {
    const chat = openChat()
    const officer = chat.officer('school')
    for (let hour = 0; hour < 10; hour += 1) officer.say(hour % 2 === 0 ? 'เปิดเลขไทย' : 'ปิดเลขไทย')
    const first = officer.say('ประวัติการดำเนินการ').words
    expect(first).toContain('หน้า 1 จาก 2')
    expect(officer.tap('ก่อนหน้านั้น (หน้า 2)').words).toContain('หน้า 2 จาก 2')
    const second = officer.say('ประวัติ หน้า ๒').words
    expect(second).toContain('รับหน้าที่')
    expect(officer.say('ประวัติ หน้า 99').words).toContain('หน้า 2 จาก 2')
    const acts = (words: string): number => words.split('ตั้งค่าการแสดงเลขไทย').length - 1
    expect(acts(first) + acts(second)).toBe(10)
  })

  it('shows what was done at a unit below, by whom', () => {
    const chat = openChat()
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    const { words } = chat.officer('sao').say('ประวัติการดำเนินการ ศพด.บ้านนา')
    expect(words).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา')
    expect(words).toContain('ยืนยันข้อมูลรายชื่อ')
    expect(words).toContain('โดย ผู้รับผิดชอบ saoCentre (เจ้าหน้าที่)')
  })

  it('shows one’s own unit by name', () => {
    const chat = openChat()
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    expect(chat.officer('saoCentre').say('ประวัติ ศพด.บ้านนา').words).toContain('ยืนยันข้อมูลรายชื่อ')
  })

  it.each(['centre', 'town'] as const)('tells %s nothing about units elsewhere', (place) => {
    const chat = openChat()
    chat.world.confirmRoster('saoCentre', { at: chat.now() })
    const { words } = chat.officer(place).say('ประวัติการดำเนินการ ศพด.บ้านนา')
    expect(words).toContain('ไม่พบ')
    expect(words).not.toContain('saoCentre')
  })
})
