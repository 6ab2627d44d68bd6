import { expect, it } from 'vitest'
import type { Notice } from '../../src/workflow/notice.ts'
import { closeUnit, mergeUnit, moveUnit, recodeUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, must, type Place } from '../world/chain-world.ts'
import { linesOf } from '../world/message-text.ts'
import { type Chat, openChat } from './chat.ts'
import { faultsOf } from './sendable.ts'

const AT = bangkok('2024-06-05T08:00')
const GROUND = { validFrom: AT, letterNumber: 'มท 55', reason: null, by: 'operator' } as const

/** What the person reads of the last news about units. */
function read(chat: Chat, who: Place): string {
  const told = chat.world.told(who, AT).filter(({ type }) => type === 'units-changed')
  const messages = chat.render(told.at(-1) as Notice, who) as Record<string, unknown>[] | null
  expect(faultsOf(messages ?? [])).toEqual([])
  return (messages ?? []).flatMap(linesOf).join('\n')
}

it('a moved institution: each side reads where it went, that nothing is undone, and what to do now', () => {
  const chat = openChat()
  const { world } = chat
  world.confirmUpToLaos(AT)
  const ids = { unitId: world.idOf('centre'), toId: world.idOf('sao') }
  must(world.act((tx) => moveUnit(tx, { ...ids, ground: GROUND }, AT)))
  const moved = 'ย้ายสังกัด: ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน จากเทศบาลเมืองทุ่งตะวัน ไปองค์การบริหารส่วนตำบลบ้านนา ตามหนังสือ มท 55'
  for (const who of ['centre', 'town', 'sao', 'province'] as const) expect(read(chat, who)).toContain(moved)
  expect(read(chat, 'centre')).toContain('การยืนยันที่ทำไว้ยังอยู่')
  for (const who of ['town', 'sao'] as const) expect(read(chat, who)).toContain('พิมพ์ ขอยกเลิกการยืนยันภาพรวม')
  expect(read(chat, 'province')).toContain('องค์การบริหารส่วนตำบลบ้านนา, เทศบาลเมืองทุ่งตะวัน')
})

it('a merged institution: its officer reads that the duty ends with it, those who take over that nobody moves pupils for them', () => {
  const chat = openChat()
  const { world } = chat
  const ids = { unitId: world.idOf('centre'), intoId: world.idOf('school') }
  must(world.act((tx) => mergeUnit(tx, { ...ids, ground: GROUND }, AT)))
  const notice = { type: 'units-changed', roundId: world.round().id, unitId: ids.unitId } as const
  const news = [{ what: 'merged', unitId: ids.unitId, otherId: ids.intoId, letterNumber: 'มท 55' }] as const
  const own = chat.render({ ...notice, news: [...news] }, 'school') as Record<string, unknown>[]
  expect(own.flatMap(linesOf).join('\n')).toContain('การแต่งตั้งที่หน่วยนี้สิ้นสุดพร้อมกัน')
  expect(read(chat, 'school')).toContain('ระบบไม่ได้ย้ายรายชื่อของ ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน ให้')
  expect(read(chat, 'town')).toContain('โปรดตรวจสถานศึกษาในสังกัดอีกครั้งก่อนยืนยันภาพรวม')
})

it('an upgraded LAO reads its new code and the former one', () => {
  const chat = openChat()
  const { world } = chat
  const change = { code: '05990301', kind: 'subdistrict_municipality', name: 'เทศบาลตำบลบ้านนา' } as const
  must(world.act((tx) => recodeUnit(tx, { unitId: world.idOf('sao'), ...change, ground: GROUND }, AT)))
  const told = world.told('province', AT).at(-1) as Notice
  const words = (chat.render(told, 'province') as Record<string, unknown>[]).flatMap(linesOf).join('\n')
  expect(words).toContain('องค์การบริหารส่วนตำบลบ้านนา เป็น เทศบาลตำบลบ้านนา รหัส 05990301 (รหัสเดิม 06990301)')
})

it('an LAO with a closed institution is not asked to look again when its overview covers what is left', () => {
  const chat = openChat()
  const { world } = chat
  must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('saoCentre'), ground: GROUND }, AT)))
  const words = read(chat, 'sao')
  expect(words).toContain('ปิด: ศูนย์พัฒนาเด็กเล็กบ้านนา')
  expect(words).not.toContain('ภาพรวม')
})
