import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/bot/command.ts'
import { editDistance } from '../../src/bot/edit-distance.ts'
import { categoryIn } from '../../src/bot/reason-category.ts'
import { exactCommand, understand } from '../../src/bot/understand.ts'
import { SAY } from '../../src/bot/words/say.ts'

const UNDERSTOOD: [string, Command][] = [
  ['สถานะ', { kind: 'status', unit: null }],
  ['  สถานะ  ค่ะ', { kind: 'status', unit: null }],
  ['ส ถานะ', { kind: 'status', unit: null }],
  ['Status', { kind: 'status', unit: null }],
  ['สถานะ ศพด.บ้านนา', { kind: 'status', unit: 'ศพด.บ้านนา' }],
  ['สถานะของโรงเรียนบ้านนาครับ', { kind: 'status', unit: 'โรงเรียนบ้านนา' }],
  ['สถานะ บ้านชนะ', { kind: 'status', unit: 'บ้านชนะ' }],
  ['ยืนยัน', { kind: 'confirm', what: null, count: null }],
  ['ยืนยันข้อมูลครับ', { kind: 'confirm', what: null, count: null }],
  ['ยื่นยัน', { kind: 'confirm', what: null, count: null }],
  ['ยืนยนั', { kind: 'confirm', what: null, count: null }],
  ['CONFIRM', { kind: 'confirm', what: null, count: null }],
  ['ยืนยัน 78', { kind: 'confirm', what: null, count: 78 }],
  ['ยืนยัน ๗๘ คน', { kind: 'confirm', what: null, count: 78 }],
  ['ยืนยันภาพรวม 1,312', { kind: 'confirm', what: 'overview', count: 1312 }],
  ['ยืนยันสังกัดอื่น', { kind: 'confirm', what: 'other_counts', count: null }],
  ['ยืนยันจังหวัด 508', { kind: 'confirm', what: 'province', count: 508 }],
  ['รับรอง 78', { kind: 'attest', count: 78 }],
  ['รับรอง๗๘คน', { kind: 'attest', count: 78 }],
  ['ยังไม่ยืนยัน', { kind: 'not-yet' }],
  ['ตรวจสอบแล้ว 4', { kind: 'mark-checked', count: 4, unit: null }],
  ['ตรวจสอบแล้ว อบต.บ้านนา', { kind: 'mark-checked', count: null, unit: 'อบต.บ้านนา' }],
  ['ขอยกเลิกการยืนยันข้อมูล', { kind: 'ask-reopening', what: null, reason: null }],
  ['ขอยกเลิกการยืนยัน เด็กย้ายเข้า 2 คน', { kind: 'ask-reopening', what: null, reason: 'เด็กย้ายเข้า 2 คน' }],
  ['ขอยกเลิกการยืนยันภาพรวม', { kind: 'ask-reopening', what: 'overview', reason: null }],
  ['ขอแก้ไข', { kind: 'ask-reopening', what: null, reason: null }],
  ['ยกเลิกยืนยัน', { kind: 'cancel', unit: null }],
  ['ยกเลิกการยืนยัน โรงเรียนบ้านนา', { kind: 'cancel', unit: 'โรงเรียนบ้านนา' }],
  ['ไม่ต้องยืนยัน อบต.บ้านนา', { kind: 'not-required', unit: 'อบต.บ้านนา' }],
  ['ถอนคำขอ', { kind: 'withdraw' }],
  ['คำขอ', { kind: 'requests' }],
  ['อนุมัติ', { kind: 'pass-on', number: null, rest: null }],
  ['เห็นชอบ ๒', { kind: 'pass-on', number: 2, rest: null }],
  ['เห็นชอบ โรงเรียนบ้านนา', { kind: 'pass-on', number: null, rest: 'โรงเรียนบ้านนา' }],
  ['ส่งคืน 1 ข้อมูลถูกต้องแล้ว', { kind: 'send-back', number: 1, rest: 'ข้อมูลถูกต้องแล้ว' }],
  ['กำหนดเวลา', { kind: 'deadlines' }],
  ['กำหนดเวลส', { kind: 'deadlines' }],
  ['ปิดระบบวันไหนคะ', { kind: 'deadlines' }],
  ['เหลือใคร', { kind: 'left' }],
  ['ตอนนี้เหลือใครบ้าง', { kind: 'left' }],
  ['ใครดูแล', { kind: 'in-charge', unit: null }],
  ['help', { kind: 'help' }],
  ['ต้องทำยังไงคะ', { kind: 'help' }],
  ['เชิญ ศพด.บ้านนา', { kind: 'invite', unit: 'ศพด.บ้านนา', role: 'officer', order: null, replaces: null }],
  [
    'เชิญ โรงเรียนบ้านนา คำสั่งที่ ๑๒/๒๕๖๗ ลงวันที่ 3 พ.ค. 2567 แทน สมศรี ใจดี ค่ะ',
    {
      kind: 'invite',
      unit: 'โรงเรียนบ้านนา',
      role: 'officer',
      order: { number: '12/2567', date: '3 พ.ค. 2567' },
      replaces: 'สมศรี ใจดี',
    },
  ],
  ['เชิญผู้รับรอง โรงเรียนบ้านนา', { kind: 'invite', unit: 'โรงเรียนบ้านนา', role: 'certifier', order: null, replaces: null }],
  ['ผู้รับผิดชอบ โรงเรียนบ้านนา', { kind: 'in-charge', unit: 'โรงเรียนบ้านนา' }],
  ['รหัสที่ยังไม่ใช้', { kind: 'invitations' }],
  ['ยกเลิกรหัส 2', { kind: 'revoke-invitation', number: 2 }],
  ['ระงับหน้าที่ สมศรี ใจดี', { kind: 'change-duty', change: 'suspend', name: 'สมศรี ใจดี' }],
  ['คืนหน้าที่ สมศรี ใจดี', { kind: 'change-duty', change: 'resume', name: 'สมศรี ใจดี' }],
  ['ให้พ้นหน้าที่ สมศรี ใจดี', { kind: 'change-duty', change: 'end', name: 'สมศรี ใจดี' }],
  ['เปิดผู้รับรอง', { kind: 'certifier', on: true, unit: null }],
  ['ปิดผู้รับรอง โรงเรียนบ้านนา', { kind: 'certifier', on: false, unit: 'โรงเรียนบ้านนา' }],
  ['รับรองและยืนยัน 10 คน', { kind: 'attest', count: 10 }],
  ['เชิญผู้บริหาร อบต.บ้านนา', { kind: 'invite', unit: 'อบต.บ้านนา', role: 'executive', order: null, replaces: null }],
  ['เปลี่ยนหน้าที่ 2', { kind: 'switch-duty', number: 2 }],
  ['ABCD-EFGH', { kind: 'join-code', code: 'ABCDEFGH' }],
  ['abcd efgh', { kind: 'join-code', code: 'ABCDEFGH' }],
  ['เข้าร่วม ABCD-2345 ครับ', { kind: 'join-code', code: 'ABCD2345' }],
  ['รหัสABCD-EFGHค่ะ', { kind: 'join-code', code: 'ABCDEFGH' }],
  ['Somsri.J@Gmail.com', { kind: 'email', email: 'Somsri.J@Gmail.com' }],
  ['อีเมล somsri@gmail.com ค่ะ', { kind: 'email', email: 'somsri@gmail.com' }],
  ['ชื่อ สมศรี ใจดี', { kind: 'name', name: 'สมศรี ใจดี' }],
  ['ออกจริง', { kind: 'hold', decision: 'release' }],
  ['ไม่ใช่ จะแก้ไขตาราง', { kind: 'hold', decision: 'refuse' }],
  ['สวัสดีค่ะ', { kind: 'greeting' }],
  ['ขอบคุณครับ', { kind: 'thanks' }],
]

describe('a text', () => {
  it.each(UNDERSTOOD)('%j is understood', (text, command) => {
    expect(understand(text)).toEqual(command)
  })

  it.each(['ยังไม่ได้ยืนยันเลย ข้อมูลยังไม่ครบ', 'ฝนตกหนักมาก', '???', 'ก', 'x'.repeat(500)])(
    '%j starts nothing and is offered the nearest commands',
    (text) => {
      const command = understand(text)
      expect(command.kind).toBe('unknown')
      expect(command.kind === 'unknown' && command.near.length).toBeGreaterThan(1)
    },
  )

  it.each(Object.values(SAY).filter((word) => word !== SAY.confirm))(
    'on a button, %j is a command of its own',
    (word) => {
      expect(exactCommand(word)).not.toBeNull()
    },
  )

  it.each([
    ['เด็กย้ายเข้า 2 คน', 'moved_in'],
    ['ย้ายออกไปแล้ว', 'moved_out'],
    ['พบว่าไม่มีตัวตน', 'not_existing'],
    ['วันเกิดผิด', 'wrong_data'],
    ['อื่น ๆ', 'other'],
  ] as const)('of a reason, %j, tells the kind of correction', (reason, category) => {
    expect(categoryIn(reason)).toBe(category)
  })
})

describe('slips', () => {
  it.each([
    ['สถานะ', 'สถานะ', 0],
    ['สถานะ', 'สถาน', 1],
    ['abcd', 'abdc', 1],
    ['abcd', 'xbcd', 1],
    ['abcd', 'wxyz', 3],
  ])('between %j and %j are counted up to the limit', (a, b, slips) => {
    expect(editDistance(a, b, 2)).toBe(slips)
  })
})
