import type { Command, NearCommand } from './command.ts'

type Synonyms = { command: Command; words: readonly string[]; near?: NearCommand; typos?: boolean }

/** Whole texts and their meanings; spaces, dots and politeness do not matter. `typos` may be understood with a slip or two. */
export const SYNONYMS: readonly Synonyms[] = [
  {
    command: { kind: 'status', unit: null },
    words: ['สถานะ', 'สเตตัส', 'status', 'ดูสถานะ', 'เช็คสถานะ', 'ตรวจสอบสถานะ', 'ข้อมูล', 'ภาพรวม', 'สรุป'],
    near: 'status',
    typos: true,
  },
  {
    command: { kind: 'confirm', what: null, count: null },
    words: ['ยืนยัน', 'ยืนยันข้อมูล', 'ยืนยันจำนวน', 'ยืนยันจำนวนนักเรียน', 'คอนเฟิร์ม', 'confirm', 'ส่งข้อมูล'],
    near: 'confirm',
    typos: true,
  },
  {
    command: { kind: 'confirm', what: 'overview', count: null },
    words: ['ยืนยันภาพรวม', 'ยืนยันข้อมูลภาพรวม', 'ยืนยันอปท'],
    typos: true,
  },
  {
    command: { kind: 'confirm', what: 'other_counts', count: null },
    words: ['ยืนยันสังกัดอื่น', 'ยืนยันสถานศึกษาสังกัดอื่น', 'ยืนยันจำนวนสังกัดอื่น'],
    typos: true,
  },
  { command: { kind: 'confirm', what: 'province', count: null }, words: ['ยืนยันจังหวัด', 'ยืนยันข้อมูลจังหวัด'], typos: true },
  { command: { kind: 'attest', count: null }, words: ['รับรอง', 'ตรวจแล้วมีตัวตนจริง', 'มีตัวตนจริง'] },
  { command: { kind: 'not-yet' }, words: ['ยังไม่ยืนยัน', 'ยังก่อน', 'ไม่ยืนยัน', 'ยังไม่พร้อม'] },
  { command: { kind: 'mark-checked', count: null, unit: null }, words: ['ตรวจสอบแล้ว', 'ตรวจแล้ว', 'ตรวจสอบอปท'] },
  { command: { kind: 'not-required', unit: null }, words: ['ไม่ต้องยืนยัน'] },
  {
    command: { kind: 'ask-reopening', what: null, reason: null },
    words: ['ขอยกเลิกการยืนยัน', 'ขอยกเลิกการยืนยันข้อมูล', 'ขอยกเลิกยืนยัน', 'ขอแก้ไข', 'ขอแก้ไขข้อมูล', 'ขอเปิดแก้ไข'],
    near: 'askReopening',
    typos: true,
  },
  {
    command: { kind: 'ask-reopening', what: 'overview', reason: null },
    words: ['ขอยกเลิกการยืนยันภาพรวม', 'ขอยกเลิกยืนยันภาพรวม', 'ขอยกเลิกภาพรวม'],
  },
  {
    command: { kind: 'ask-reopening', what: 'other_counts', reason: null },
    words: ['ขอยกเลิกการยืนยันสังกัดอื่น', 'ขอยกเลิกยืนยันสังกัดอื่น', 'ขอยกเลิกสังกัดอื่น'],
  },
  { command: { kind: 'withdraw' }, words: ['ถอนคำขอ', 'ยกเลิกคำขอ', 'ถอนคำร้อง'] },
  {
    command: { kind: 'requests' },
    words: ['คำขอ', 'ดูคำขอ', 'คำขอที่รอ', 'รายการคำขอ', 'คำขอยกเลิก', 'คำร้อง', 'requests', 'request'],
    near: 'requests',
    typos: true,
  },
  { command: { kind: 'pass-on', number: null, rest: null }, words: ['เห็นชอบ', 'เห็นชอบและส่งต่อ', 'อนุมัติ', 'approve'] },
  { command: { kind: 'send-back', number: null, rest: null }, words: ['ส่งคืน', 'ส่งคืนคำขอ', 'ไม่อนุมัติ', 'ไม่เห็นชอบ'] },
  { command: { kind: 'cancel', unit: null }, words: ['ยกเลิกการยืนยัน', 'ยกเลิกยืนยัน', 'ยกเลิกการยืนยันข้อมูล'], typos: true },
  {
    command: { kind: 'deadlines' },
    words: ['กำหนดเวลา', 'กำหนดการ', 'กำหนดส่ง', 'กำหนด', 'วันสุดท้าย', 'หมดเขต', 'ปิดระบบ', 'deadline', 'deadlines'],
    near: 'deadlines',
    typos: true,
  },
  {
    command: { kind: 'help' },
    words: ['ช่วยเหลือ', 'ช่วยด้วย', 'ช่วย', 'เมนู', 'คู่มือ', 'วิธีใช้', 'วิธีใช้งาน', 'คำสั่ง', 'help', 'menu', '?'],
    near: 'help',
    typos: true,
  },
  {
    command: { kind: 'left' },
    words: ['รายชื่อที่ยังไม่ยืนยัน', 'เหลือใคร', 'เหลือใครบ้าง', 'ใครยังไม่ยืนยัน', 'ที่ยังไม่ยืนยัน', 'ค้างใคร', 'เหลือที่ไหน'],
    near: 'left',
    typos: true,
  },
  {
    command: { kind: 'in-charge' },
    words: ['ผู้รับผิดชอบ', 'ใครดูแล', 'ใครรับผิดชอบ', 'ติดต่อใคร', 'ผู้ดูแล', 'เจ้าหน้าที่'],
    near: 'inCharge',
    typos: true,
  },
  { command: { kind: 'invite', unit: null, executive: false }, words: ['เชิญ', 'ออกรหัส', 'รหัสเข้าร่วม', 'invite'] },
  { command: { kind: 'switch-duty', number: null }, words: ['เปลี่ยนหน้าที่', 'สลับหน้าที่', 'เปลี่ยนหน่วย', 'หน้าที่'], typos: true },
  { command: { kind: 'accept' }, words: ['ยอมรับ', 'ตกลง', 'รับ', 'ok', 'โอเค', 'ใช่', 'accept'] },
  { command: { kind: 'decline' }, words: ['ไม่ยอมรับ', 'ไม่ตกลง', 'ไม่รับ', 'ไม่ใช่ฉัน'] },
  { command: { kind: 'join' }, words: ['เข้าร่วม', 'สมัคร', 'ลงทะเบียน', 'join', 'register'] },
  { command: { kind: 'email', email: null }, words: ['อีเมล', 'อีเมล์', 'email', 'เปลี่ยนอีเมล', 'gmail'] },
  { command: { kind: 'name', name: null }, words: ['ชื่อ', 'เปลี่ยนชื่อ'] },
  { command: { kind: 'hold', decision: 'release' }, words: ['ออกจริง', 'ออกแล้วจริง', 'ออกไปจริง'] },
  {
    command: { kind: 'hold', decision: 'refuse' },
    words: ['ไม่ใช่ จะแก้ไขตาราง', 'จะแก้ไขตาราง', 'ไม่ใช่จะแก้ตาราง', 'ไม่ได้ออก'],
  },
  { command: { kind: 'greeting' }, words: ['สวัสดี', 'หวัดดี', 'ดี', 'hello', 'hi', 'เริ่ม', 'เริ่มต้น', 'start'] },
  { command: { kind: 'thanks' }, words: ['ขอบคุณ', 'ขอบใจ', 'ขอบคุณมาก', 'รับทราบ', 'ทราบ', 'thanks', 'thankyou'] },
  { command: { kind: 'stop' }, words: ['เลิก', 'ยกเลิก', 'ไม่เอา', 'ไม่ทำแล้ว', 'cancel', 'stop'] },
]
