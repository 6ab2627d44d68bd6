import { expect, it } from 'vitest'
import type { Command } from '../../src/bot/command.ts'
import { understand } from '../../src/bot/understand.ts'

it.each<[string, Command]>([
  ['รายชื่อที่ยังไม่ยืนยัน หน้า 2', { kind: 'left', page: 2 }],
  ['รายชื่อที่ยังไม่ยืนยัน หน้าที่ ๓ ครับ', { kind: 'left', page: 3 }],
  ['เหลือใครหน้า2', { kind: 'left', page: 2 }],
  ['เหลือใคร อบต.บ้านนา', { kind: 'left', unit: 'อบต.บ้านนา' }],
  ['รายชื่อที่ยังไม่ยืนยันของ ทม.ทุ่งตะวัน หน้า 4', { kind: 'left', unit: 'ทม.ทุ่งตะวัน', page: 4 }],
  ['รายชื่อที่ยังไม่ยืนยัน ภาคเหนือ', { kind: 'left', unit: 'ภาคเหนือ' }],
  ['เตือน', { kind: 'nudge', unit: null, all: false }],
  ['เตือน หน้า 2', { kind: 'nudge', unit: null, all: false, page: 2 }],
  ['เตือน ศพด.บ้านนา', { kind: 'nudge', unit: 'ศพด.บ้านนา', all: false }],
  ['เตือนทั้งหมด', { kind: 'nudge', unit: null, all: true }],
  ['เตือนทุกแห่งด้วยค่ะ', { kind: 'nudge', unit: null, all: true }],
  ['คำขอ หน้า 2', { kind: 'requests', page: 2 }],
  ['ตรวจสอบแล้ว หน้า 3', { kind: 'mark-checked', count: null, unit: null, page: 3 }],
  ['ยืนยันภาพรวม หน้า 2', { kind: 'confirm', what: 'overview', count: null, page: 2 }],
  ['ผู้รับผิดชอบทั้งหมด', { kind: 'in-charge', unit: null, everyone: true }],
  ['ผู้รับผิดชอบทั้งหมด หน้า 2', { kind: 'in-charge', unit: null, everyone: true, page: 2 }],
  ['ตรวจสังกัดอื่น', { kind: 'check-counts', count: null, name: null }],
  ['ตรวจสังกัดอื่น หน้า 2', { kind: 'check-counts', count: null, name: null, page: 2 }],
  ['สังกัดอื่นไม่เปลี่ยนแปลง ๑๒ แห่ง', { kind: 'check-counts', count: 12, name: null }],
  ['สังกัดอื่นไม่เปลี่ยนแปลง โรงเรียนวัดใหม่', { kind: 'check-counts', count: null, name: 'โรงเรียนวัดใหม่' }],
])('%s', (text, command) => {
  expect(understand(text)).toEqual(command)
})

it.each(['ยืนยัน 78 หน้า 2', 'ตรวจสอบแล้ว 3 หน้า 2', 'เตือนทั้งหมด หน้า 2', 'สังกัดอื่นไม่เปลี่ยนแปลง 3 หน้า 2'])(
  'a page never goes with a number or with all: %s does nothing at once',
  (text) => {
    const command = understand(text)
    expect(command).not.toMatchObject({ count: 78 })
    expect(command).not.toMatchObject({ count: 3 })
    expect(command).not.toMatchObject({ all: true })
  },
)
