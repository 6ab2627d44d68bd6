import { describe, expect, it } from 'vitest'
import { countChecks, events, otherCounts, pendingActions } from '../../src/db/schema.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { must } from '../world/chain-world.ts'
import { type Chat, openChat } from './chat.ts'

const checks = (chat: Chat) => chat.world.act((tx) => tx.select().from(countChecks).all())
const logged = (chat: Chat) =>
  chat.world.act((tx) => tx.select().from(events).all()).filter(({ type }) => type === 'counts-checked')

describe('ตรวจสังกัดอื่น (R23, R25)', () => {
  it('shows every earlier figure with its date before anything is called unchanged', () => {
    const chat = openChat()
    const { words } = chat.officer('town').say('ตรวจสังกัดอื่น')
    expect(words).toContain('ยังไม่ได้ตรวจ จำนวนเดิมคือ 2 แห่ง')
    expect(words).toContain('โรงเรียนอนุบาลทุ่งตะวัน · เดิม 412 คน')
    expect(words).toContain('จำนวนเดิม ณ วันที่ 7 สิงหาคม 2563')
    expect(words).toContain('[ตรวจแล้ว ไม่เปลี่ยนแปลง 2 แห่ง]')
    expect(words).toContain('สังกัดอื่นไม่เปลี่ยนแปลง 2')
    expect(checks(chat)).toEqual([])
  })

  it.each(['tapped', 'typed'])('records all that were shown at once, %s, and reads the sheet afresh', (way) => {
    const chat = openChat()
    const town = chat.officer('town')
    town.say('ตรวจสังกัดอื่น')
    const answer = way === 'tapped' ? town.tap('ไม่เปลี่ยนแปลง 2 แห่ง') : town.say('สังกัดอื่นไม่เปลี่ยนแปลง ๒ แห่ง')
    expect(answer.loading || answer.messages.length === 0).toBe(true)
    expect(chat.runs()).toMatchObject([{ component: 'other_counts', purpose: 'show' }])
    expect(checks(chat).map(({ total }) => total)).toEqual([412, 96])
    const { personId } = chat.world.actor('town', chat.now())
    expect(logged(chat)).toMatchObject([{ unitId: chat.unit('town'), personId }])
    expect(town.say('ตรวจสังกัดอื่น').words).toContain('ตรวจแล้ว 2 แห่ง')
  })

  it('row by row, by name, and only of those that were shown', () => {
    const chat = openChat()
    const town = chat.officer('town')
    expect(town.say('สังกัดอื่นไม่เปลี่ยนแปลง คลองใส').words).toContain('ยังไม่ได้ตรวจ จำนวนเดิมคือ 2 แห่ง')
    expect(checks(chat)).toEqual([])
    const answer = town.say('สังกัดอื่นไม่เปลี่ยนแปลง คลองใส').words
    expect(answer).toContain('บันทึกว่าตรวจแล้ว ไม่เปลี่ยนแปลง 1 แห่ง (การบันทึกยังไม่ใช่การยืนยัน)')
    expect(answer).toContain('[ตรวจแล้ว ไม่เปลี่ยนแปลง 1 แห่ง]')
    expect(town.say('สังกัดอื่นไม่เปลี่ยนแปลง 7').words).toContain('ไม่ตรงกับจำนวนที่แสดงล่าสุด (1)')
  })

  it('leaves alone what was typed in the sheet since it was shown', () => {
    const chat = openChat()
    const town = chat.officer('town')
    town.say('ตรวจสังกัดอื่น')
    chat.world.act((tx) => tx.update(otherCounts).set({ current: 90 }).run())
    expect(town.tap('ไม่เปลี่ยนแปลง 2 แห่ง').words).toContain('ไม่มีรายการที่จะบันทึกว่าไม่เปลี่ยนแปลง')
    expect(checks(chat)).toEqual([])
    expect(town.say('ตรวจสังกัดอื่น').words).toContain('ต้องกรอกหรือแก้ไขในตาราง 2 แห่ง')
  })

  it('is pages long for an LAO that funds many, and the button takes the page that is shown', () => {
    const chat = openChat()
    const rows = Array.from({ length: 45 }, (_, index) => ({
      line: index + 2,
      cells: {
        lao_code: '06990302',
        code: String(1099100000 + index),
        name_th: `โรงเรียนสังกัดอื่นที่ ${index + 1}`,
        affiliation: 'สพฐ.',
        baseline: String(100 + index),
        baseline_date: '2020-08-07',
      },
    }))
    chat.world.act((tx) => must(importOtherInstitutions(tx, { rows, roundId: chat.world.round().id }, chat.now())))
    const officer = chat.officer('countsOnly')
    expect(officer.say('ตรวจสังกัดอื่น').words).toContain('หน้า 1 จาก 3')
    expect(officer.say('ตรวจสังกัดอื่น หน้า 3').words).toContain('[ตรวจแล้ว ไม่เปลี่ยนแปลง 6 แห่ง]')
    expect(officer.say('สังกัดอื่นไม่เปลี่ยนแปลง 6').words).toContain('บันทึกว่าตรวจแล้ว ไม่เปลี่ยนแปลง 6 แห่ง')
    expect(checks(chat)).toHaveLength(6)
    expect(officer.say('ตรวจสังกัดอื่น').words).toContain('ยังไม่ได้ตรวจ จำนวนเดิมคือ 40 แห่ง')
  })

  it('is refused to others, after the close, and once confirmed', () => {
    const chat = openChat()
    expect(chat.officer('school').say('ตรวจสังกัดอื่น').words).toContain('ไม่อยู่ในหน้าที่')
    chat.at('2024-06-11T16:00')
    const town = chat.officer('town')
    town.say('ตรวจสังกัดอื่น')
    chat.at('2024-06-11T17:00')
    expect(town.tap('ไม่เปลี่ยนแปลง 2 แห่ง').words).toContain('ปิดรับแล้ว')
    expect(town.say('ตรวจสังกัดอื่น').words).not.toContain('[ตรวจแล้ว')
    chat.at('2024-06-05T09:00')
    chat.world.confirmCounts('town', { at: chat.now() })
    expect(town.say('ตรวจสังกัดอื่น').words).not.toContain('[ตรวจแล้ว')
    expect(checks(chat)).toEqual([])
    expect(chat.world.act((tx) => tx.select().from(pendingActions).all())).toHaveLength(1)
  })
})
