import { expect } from 'vitest'
import { transact } from '../../../src/db/open.ts'
import { demoRoster, inventedId } from '../../../src/demo/demo-roster.ts'
import { importUnits } from '../../../src/workflow/import-units.ts'
import { rosterColumns } from '../../../src/workflow/rules/roster/columns.ts'
import type { WholeDay } from '../../world/whole-day.ts'
import { codeIn } from './code-in.ts'

const TEACHER = 'นางจันทร์เพ็ญ นาดี'
const LAO_OFFICER = 'นายสมพงษ์ ทองดีเลิศ'
const TEMPLE = 'ศูนย์พัฒนาเด็กเล็กวัดบ้านนา'
const BANNA = 'ศูนย์พัฒนาเด็กเล็กบ้านนา'
const SOUTH = 'ศูนย์พัฒนาเด็กเล็กบ้านนาใต้'
const SOUTH_CODE = '3099300003'

const southRoster = (): string =>
  demoRoster({
    code: SOUTH_CODE,
    lao: '06990301',
    kind: 'child_centre',
    name: 'บ้านนาใต้',
    officer: TEACHER,
    grades: ['เตรียมอนุบาล', 'อ.1'],
    pupils: 8,
    mistakes: [],
  })
    .map((row) => rosterColumns.map((column) => row[column]).join('\t'))
    .join('\n')

/** She runs the centre at the temple, takes over a second one and opens a third: one chat, three duties, never mixed up. */
export async function dayOfTeacherOfThree(day: WholeDay): Promise<void> {
  const { world } = day
  const teacher = day.who(TEACHER)
  const lao = day.who(LAO_OFFICER)
  await day.at('2024-06-05T09:00:00', 'อบต.บ้านนา มอบศูนย์อีกสองแห่งให้ครูคนเดียวกันดูแล')
  await day.happens(() => {
    transact(world.product.database.db, (tx) => {
      const cells = { code: SOUTH_CODE, kind: 'child_centre', name_th: 'บ้านนาใต้', lao_code: '06990301' }
      importUnits(tx, [{ line: 2, cells }], Date.parse('2024-06-05T09:00:00+07:00'))
    })
  })
  const taken = await lao.say('เชิญ ศพด.บ้านนา แทน สุดารัตน์ คำสั่งที่ 12/2567 ลงวันที่ 4 มิ.ย. 2567')
  await teacher.say(`รหัส ${codeIn(taken)}`)
  await day.acceptDuty(TEACHER, BANNA)
  const opened = await lao.say('เชิญ ศพด.บ้านนาใต้ คำสั่งที่ 13/2567 ลงวันที่ 4 มิ.ย. 2567')
  await teacher.say(`รหัส ${codeIn(opened)}`)
  await day.acceptDuty(TEACHER, SOUTH)

  await day.at('2024-06-05T10:00:00', 'ศูนย์แรก: พร้อมยืนยันอยู่แล้ว')
  const duties = await teacher.say('เปลี่ยนหน้าที่')
  for (const centre of [TEMPLE, BANNA, SOUTH]) expect(duties).toContain(centre)
  await teacher.tap(TEMPLE)
  await teacher.say('ยืนยัน')
  await teacher.tap('มีตัวตนจริงทั้ง 19 คน')
  expect(await teacher.tap('ยืนยัน 19 คน')).toContain(TEMPLE)

  await day.at('2024-06-05T11:00:00', 'ศูนย์ที่สอง: มีสองแถวที่ต้องแก้ไข')
  const status = await teacher.say('สถานะ ศพด.บ้านนา')
  expect(status).toContain('ต้องแก้ไข 2 ราย')
  await day.edit(TEACHER, BANNA, {
    cells: [
      { row: 4, column: 0, text: inventedId(300_001_003) },
      { row: 8, column: 6, text: '3 ก.พ. 64' },
    ],
  })
  await teacher.say('ยืนยัน ศพด.บ้านนา')
  await teacher.tap('มีตัวตนจริงทั้ง 24 คน')
  expect(await teacher.tap('ยืนยัน 24 คน')).toContain(BANNA)

  await day.at('2024-06-05T13:00:00', 'ศูนย์ที่สาม: เปิดใหม่ ตารางยังว่าง')
  await teacher.say('เปลี่ยนหน้าที่ 3')
  const empty = await teacher.say('ยืนยัน')
  expect(empty).toContain(SOUTH)
  expect(empty).not.toMatch(/ผ่านทั้ง/)
  await day.edit(TEACHER, SOUTH, { tsv: southRoster() })
  await teacher.say('ยืนยัน')
  await teacher.tap('มีตัวตนจริงทั้ง 8 คน')
  expect(await teacher.tap('ยืนยัน 8 คน')).toContain(SOUTH)
  expect(await teacher.say('ประวัติการดำเนินการ')).toContain(SOUTH)
  expect(await lao.lastHeard()).toContain('3/3')
}
