import { importOtherInstitutions } from '../../../workflow/import-other-institutions.ts'
import { importUnits } from '../../../workflow/import-units.ts'
import { type Exhibit, openGallery } from '../gallery-chat.ts'
import { accepted } from '../gallery-world.ts'

const LAO = '06990301'
const MANY = 45

/** An LAO with more institutions than a page holds: in a world of its own, since nobody there confirms anything. */
export function longLists(): Exhibit[] {
  const gallery = openGallery()
  try {
    gallery.part('รายการยาว หลายหน้า')
    gallery.at('2024-05-20T10:00')
    gallery.aside(() =>
      gallery.happens((tx, now) => {
        const institutions = Array.from({ length: MANY }, (_, index) => ({
          line: index + 2,
          cells: {
            code: `30993${String(index + 100).padStart(5, '0')}`,
            kind: 'child_centre',
            name_th: `หมู่ที่ ${index + 1}`,
            lao_code: LAO,
          },
        }))
        accepted(importUnits(tx, institutions, now))
        const others = Array.from({ length: MANY }, (_, index) => ({
          line: index + 2,
          cells: {
            lao_code: LAO,
            code: `10990${String(index + 100).padStart(5, '0')}`,
            name_th: `โรงเรียนบ้านหมู่ที่ ${index + 1}`,
            affiliation: 'สพฐ.',
            baseline: String(40 + index),
            baseline_date: '2023-11-10',
          },
        }))
        accepted(importOtherInstitutions(tx, { rows: others, roundId: gallery.world.round().id }, now))
      }),
    )
    for (const question of [
      'สถานะ',
      'รายชื่อที่ยังไม่ยืนยัน',
      'รายชื่อที่ยังไม่ยืนยัน หน้า 2',
      'ผู้รับผิดชอบทั้งหมด',
      'ผู้รับผิดชอบทั้งหมด หน้า 2',
      'เตือน',
      'เตือน หน้า 2',
      'เตือนทั้งหมด',
      'ตรวจสังกัดอื่น',
      'ตรวจสังกัดอื่น หน้า 2',
      'ร่างหนังสือเตือน',
      'ส่งมอบงาน',
    ])
      gallery.say(LAO, question)
    for (const question of [
      'สถานะ',
      'รายชื่อที่ยังไม่ยืนยัน',
      'ประวัติการดำเนินการ อบต.บ้านนา',
      'ประวัติการดำเนินการ อบต.บ้านนา หน้า 2',
    ])
      gallery.say('province', question)
    return gallery.exhibits
  } finally {
    gallery.close()
  }
}
