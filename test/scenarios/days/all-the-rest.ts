import { inventedId } from '../../../src/demo/demo-roster.ts'
import { DEMO_INSTITUTIONS } from '../../../src/demo/demo-units.ts'
import type { Cell, WholeDay } from '../../world/whole-day.ts'

const CORRECTIONS: Record<string, readonly Cell[]> = {
  '3099100001': [{ row: 4, column: 13, text: 'คำนำหน้าตามทะเบียนบ้าน' }],
  '3099200001': [
    { row: 4, column: 0, text: inventedId(200_001_003) },
    { row: 8, column: 12, text: 'TRUE' },
  ],
}
const WITH_OTHERS: Record<string, readonly number[]> = {
  'นายธีรภัทร วงศ์อรุณ': [412, 96],
  'นางสาวกาญจนา ศรีบุญเรือง': [57, 43],
}
const OVERVIEWS = ['นางสาวพิมพ์ชนก แสงรวี', 'นายธีรภัทร วงศ์อรุณ', 'นายสมพงษ์ ทองดีเลิศ']

/** Whoever of the province has not confirmed in the days before does so now. */
export async function confirmAllTheRest(day: WholeDay): Promise<void> {
  for (const { code, officer: name } of DEMO_INSTITUTIONS.filter((one) => CONFIRMING.has(one.code))) {
    const unit = day.world.people.find((person) => person.name === name)?.unitName ?? ''
    const cells = CORRECTIONS[code]
    if (cells) await day.edit(name, unit, { cells })
    await confirmed(day, name, 'ยืนยัน')
  }
  for (const [name, counts] of Object.entries(WITH_OTHERS)) {
    const unit = day.world.people.find((person) => person.name === name)?.unitName ?? ''
    const cells = counts.flatMap((count, index) => [
      { row: index + 1, column: 5, text: String(count) },
      { row: index + 1, column: 6, text: 'TRUE' },
    ])
    await day.edit(name, unit, { cells })
    await day.who(name).say('ยืนยันสังกัดอื่น')
    await day.who(name).tap('ยืนยัน ')
  }
  for (const name of OVERVIEWS) await confirmed(day, name, 'ยืนยันภาพรวม')
}

const CONFIRMING = new Set(['3099100001', '3099100002', '3099200001', '3099200002'])

async function confirmed(day: WholeDay, name: string, words: string): Promise<void> {
  const officer = day.who(name)
  await officer.say(words)
  await officer.tap('มีตัวตนจริงทั้ง')
  await officer.tap('ยืนยัน ')
}
