import type { Instant } from '../../../db/ids.ts'
import { importUnits } from '../../../workflow/import-units.ts'
import { reopenUnit } from '../../../workflow/reopen-unit.ts'
import { closeUnit, mergeUnit, moveUnit, recodeUnit } from '../../../workflow/unit-changes.ts'
import type { ChangeGround } from '../../../workflow/write-unit.ts'
import type { Gallery } from '../gallery-chat.ts'
import { loseMessage, tellOfAddress, tellVacancies } from '../gallery-jobs.ts'
import { accepted } from '../gallery-world.ts'

const NEW = '3099500009'
const NEW_CODE = '3099500010'

/** A child centre is added, moved, given a new code, closed by mistake, reopened and merged. */
export function unitChanges(gallery: Gallery): void {
  const { world } = gallery
  gallery.part('หน่วยเปลี่ยน')
  gallery.at('2024-06-05T14:00')
  const cells = { code: NEW, kind: 'child_centre', name_th: 'บ้านสวน', lao_code: '05990201' }
  gallery.happens((tx, now) => accepted(importUnits(tx, [{ line: 2, cells }], now)))
  gallery.say('05990201', 'สถานะ', 'สถานะ เมื่อมีแห่งเพิ่มเข้ามา')
  world.appoint(NEW, { name: 'นางสาววิไล สวนดี', unit: NEW }, gallery.now())
  gallery.happens(() => {})
  const unitId = world.unitId(NEW)
  const [toId, intoId] = [world.unitId('06990302'), world.unitId('3099500002')]
  gallery.happens((tx, now) => accepted(moveUnit(tx, { unitId, toId, ground: ground(now) }, now)))
  gallery.happens((tx, now) => accepted(recodeUnit(tx, { unitId, code: NEW_CODE, ground: ground(now) }, now)))
  gallery.happens((tx, now) => accepted(closeUnit(tx, { unitId, ground: ground(now) }, now)))
  gallery.say(NEW, 'สถานะ', 'สถานะ เมื่อหน่วยปิดแล้ว')
  gallery.happens((tx, now) => accepted(reopenUnit(tx, { unitId, ground: ground(now) }, now)))
  gallery.happens((tx, now) => accepted(mergeUnit(tx, { unitId, intoId, ground: ground(now) }, now)))
  gallery.happens((tx, now) => {
    const upgraded = { unitId: world.unitId('02990101'), code: '02990109', name: 'องค์การบริหารส่วนจังหวัดทุ่งตะวันใหม่' }
    return accepted(recodeUnit(tx, { ...upgraded, ground: ground(now) }, now))
  })
  gallery.aside(() =>
    gallery.happens((tx, now) => {
      const back = { unitId: world.unitId('02990109'), code: '02990101', name: 'องค์การบริหารส่วนจังหวัดทุ่งตะวัน' }
      return accepted(recodeUnit(tx, { ...back, ground: ground(now) }, now))
    }),
  )
}

/** Sheets and addresses, accounts that leave or block, messages that cannot be delivered. */
export function accounts(gallery: Gallery): void {
  const { world } = gallery
  gallery.part('ตาราง บัญชี การส่งข้อความ')
  gallery.at('2024-06-05T15:00')
  const person = world.person('3099500001')
  gallery.say('3099500001', 'อีเมล benjawan@example.com')
  for (const refused of [true, false]) {
    const input = { person, email: 'benjawan@example.com', refused }
    gallery.happens((tx, now) => tellOfAddress(tx, input, now))
  }
  gallery.send('3099500001', '(บล็อกบัญชี LEC Confirm)', { type: 'unfollow' })
  gallery.send('3099500001', '(เลิกบล็อก)', { type: 'follow' })
  gallery.say('3099100002', 'ออกจากระบบ')
  gallery.say('3099100002', 'เลิก')
  gallery.say('3099100002', 'ออกจากระบบ')
  gallery.say('3099100002', 'ยืนยันออกจากระบบ')
  gallery.say('3099100002', 'สถานะ', 'สถานะ หลังออกจากระบบ')
  gallery.world.appoint('02990101-2', { name: 'นายสุรชัย รักงาน', unit: '02990101' }, gallery.now())
  gallery.say('02990101', 'ให้พ้นหน้าที่ นางสาวณัฐธิดา มั่นคง')
  gallery.say('02990101', 'ลาออกจากราชการ')
  gallery.happens(tellVacancies)
  gallery.happens(loseMessage)
  gallery.aside(() => {
    const back = { name: 'นายณัฐพล มั่นคง', unit: '3099100002' }
    gallery.world.appoint('3099100002', back, gallery.now())
    gallery.happens(() => {})
  })
}

const ground = (now: Instant): ChangeGround => ({
  validFrom: now,
  reason: 'ตามประกาศของผู้ว่าราชการจังหวัด',
  letterNumber: 'มท 0816.2/ว 99',
  by: 'operator',
})
