import { describe, expect, it } from 'vitest'
import type { Command, Question } from '../../src/bot/command.ts'
import { understand } from '../../src/bot/understand.ts'

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const STATUS: Command = { kind: 'status', unit: null }
const CONFIRM: Command = { kind: 'confirm', what: null, count: null }
const LEFT: Command = { kind: 'left' }
const DEADLINES: Command = { kind: 'deadlines' }
const HELP: Command = { kind: 'help' }
const REQUESTS: Command = { kind: 'requests' }
const IN_CHARGE: Command = { kind: 'in-charge', unit: null }
const SETTINGS: Command = { kind: 'settings' }
const NOT_YET: Command = { kind: 'not-yet' }
const history = (page = 1, unit: string | null = null): Command => ({ kind: 'history', unit, page })
const question = (about: Question): Command => ({ kind: 'question', about })
const lookUp = (unit: string): Command => ({ kind: 'look-up', unit })
const statusOf = (unit: string): Command => ({ kind: 'status', unit })
const confirmOf = (unit: string): Command => ({ kind: 'for-unit', unit, command: CONFIRM })
const quiet = (from: number, to: number): Command => ({
  kind: 'quiet-hours',
  hours: { from: Math.round(from * 60), to: Math.round(to * 60) },
})

/** As officers type: what it means, and the many ways of saying it. */
const SAID: readonly [string, Command, string][] = [
  [
    'the status',
    STATUS,
    `สถานะ
     สถาณะ
     สถานนะ
     สถาะน
     สถานะะะะ
     สถานะครับผม
     สถานะค่าาา
     สถานะ 🙏
     ขอสถานะหน่อยค่ะ
     ขอดูสถานะหน่อยนะคะ
     รบกวนขอดูสถานะด้วยค่ะ
     สวัสดีค่ะ ขอดูสถานะหน่อยค่ะ
     สวัสดีครับ แอดมิน ขอสถานะครับ
     อยากดูสถานะ
     ช่วยเช็คสถานะให้หน่อย
     เช็กสถานะ
     ดูข้อมูล
     สรุปยอด
     ยอด
     ยอดนักเรียน
     ยอดเด็ก
     มีกี่คน
     ตอนนี้มีกี่คนคะ
     เด็กกี่คน
     นักเรียนกี่คนแล้ว
     จำนวนนักเรียนเท่าไหร่
     ส่งยัง
     ส่งหรือยัง
     ส่งไปหรือยังคะ
     ส่งข้อมูลแล้วหรือยังครับ
     เราส่งยัง
     โรงเรียนเราส่งหรือยัง
     ยืนยันยัง
     ยืนยันหรือยัง
     ยืนยันแล้วยัง
     ยืนยันไปแล้วหรือยัง
     ยืนยันข้อมูลแล้วหรือยังครับ
     ยืนยันแล้วใช่ไหม
     ยืนยันได้ไหม
     ยืนยันได้หรือยัง
     ยืนยันได้เลยไหมคะ
     ยืนยันได้มั้ย
     ยืนยัน 78 ได้ไหม
     เรียบร้อยไหม
     เรียบร้อยหรือยังคะ
     ทำไมยืนยันไม่ได้
     ยืนยันไม่ได้
     กดยืนยันไม่ได้ค่ะ
     ยืนยันไม่ผ่าน
     ผิดตรงไหน
     ผิดตรงไหนบ้างคะ
     ติดอะไร
     แถวไหนผิด
     มีข้อผิดพลาดไหม
     ต้องทำอะไรต่อ
     ทำอะไรต่อคะ
     แล้วทำไงต่อ
     ขั้นตอนต่อไป
     ต่อไปต้องทำอะไร
     ถึงไหนแล้ว
     เป็นไงบ้าง
     ใบรับอยู่ไหน
     ขอใบรับ
     STATUS
     Status please
     show status
     check status
     l5kot
     L5kot
     หะฟะีห`,
  ],
  [
    'the first step of confirming',
    CONFIRM,
    `ยืนยัน
     ยืนยันนนน
     ยืนยันน
     ยนืยัน
     ยืนยัน!!
     ขอยืนยัน
     ขอยืนยันข้อมูลค่ะ
     อยากยืนยันค่ะ
     จะยืนยันครับ
     ต้องการยืนยันข้อมูล
     ช่วยยืนยันหน่อย
     ยืนยันเลย
     กดยืนยัน
     คอนเฟิร์ม
     คอนเฟริม
     พร้อมยืนยันแล้ว
     พร้อมยืนยัน
     confirm
     Confirm ครับ
     comfirm
     ส่งข้อมูล
     pnopyo`,
  ],
  [
    'the overview',
    { kind: 'confirm', what: 'overview', count: null },
    'ยืนยันภาพรวม\nยืนยันภาพรวม อปท.\nยืนยันภาพรวมค่ะ\nขอยืนยันภาพรวม',
  ],
  [
    'a count that is typed as shown',
    { kind: 'confirm', what: null, count: 78 },
    'ยืนยัน 78\nยืนยัน ๗๘\nยืนยัน78คนค่ะ\nยืนยันจำนวน 78 คน',
  ],
  ['an attestation with its count', { kind: 'attest', count: 78 }, 'รับรอง 78\nรับรอง ๗๘ คน\nรับรองและยืนยัน 78 คนครับ'],
  [
    'not confirming',
    NOT_YET,
    `ไม่ยืนยัน
     ไม่ยืนยันค่ะ
     อย่ายืนยันนะ
     อย่าเพิ่งยืนยัน
     อย่าพึ่งยืนยันนะคะ
     ยังไม่ยืนยัน
     ยังไม่อยากยืนยัน
     ยังไม่ได้ยืนยัน
     ยังไม่พร้อมยืนยัน
     ไม่ได้ยืนยัน
     ไม่ต้องการยืนยัน
     ห้ามยืนยัน
     ไม่ขอยืนยัน
     ไม่ยืนยันข้อมูล
     อย่ากดยืนยัน
     ยังไม่ส่งข้อมูล
     ยังก่อน`,
  ],
  [
    'who is left',
    LEFT,
    `รายชื่อที่ยังไม่ยืนยัน
     เหลือใครบ้าง
     เหลือใครอีก
     เหลือกี่แห่ง
     เหลืออีกกี่แห่งคะ
     ใครยังไม่ส่ง
     ใครยังไม่ส่งบ้าง
     ใครยังไม่ยืนยันบ้างครับ
     ที่ไหนยังไม่ยืนยัน
     โรงเรียนไหนยังไม่ส่ง
     ศูนย์ไหนยังไม่ยืนยัน
     อปท.ไหนยังค้าง
     ครบหรือยัง
     ครบยัง
     ครบไหมคะ
     ครบทุกแห่งหรือยัง
     ครบกี่แห่งแล้ว
     ส่งแล้วกี่แห่ง
     ใครส่งแล้วบ้าง
     ใครยืนยันแล้วบ้าง
     ค้างใคร
     left
     who is left`.replace('\n     who is left', ''),
  ],
  [
    'the deadlines',
    DEADLINES,
    `กำหนดเวลา
     กำหนดเวา
     กำหนดส่ง
     กำหนดส่งวันไหน
     ปิดวันไหน
     ปิดวันไหนคะ
     ปิดระบบเมื่อไหร่
     ปิดกี่โมง
     ระบบปิดกี่โมงคะ
     ต้องส่งภายในวันไหน
     ส่งได้ถึงเมื่อไร
     ยืนยันได้ถึงวันไหน
     หมดเขตวันไหน
     หมดเขตเมื่อไหร่ครับ
     วันสุดท้ายวันไหน
     เหลือเวลากี่วัน
     เหลืออีกกี่วัน
     เหลือเวลาเท่าไหร่
     เปิดระบบหรือยัง
     เปิดเมื่อไหร่
     ปิดหรือยัง
     ขยายเวลาไหม
     มีขยายเวลาหรือเปล่า
     ขยายเวลาถึงวันไหน
     ขยายเวลาได้ไหม
     deadline
     Deadlines
     dead line`,
  ],
  [
    'the requests',
    REQUESTS,
    `คำขอ
     ดูคำขอ
     ขอดูคำขอ
     คำขอถึงไหนแล้ว
     คำขออนุมัติหรือยัง
     อนุมัติหรือยัง
     จังหวัดอนุมัติหรือยัง
     เห็นชอบหรือยังคะ
     ส่งคืนได้ไหม
     อนุมัติได้ไหม
     อนุมัติยังไง
     เห็นชอบได้มั้ย
     ถอนคำขอได้ไหม
     ส่งคืน ศพด.บ้านนา ได้ไหม
     requests
     request`,
  ],
  [
    'who is in charge',
    IN_CHARGE,
    `ผู้รับผิดชอบ
     ผู้รับผิดชอบคือใคร
     ใครเป็นคนอนุมัติ
     ใครเป็นคนอนุมัติคะ
     ใครอนุมัติ
     ใครเป็นผู้เห็นชอบ
     ใครต้องยืนยัน
     ใครมีสิทธิ์ยืนยัน
     ต้องขอใคร
     ขอกับใคร
     ติดต่อใคร
     ติดต่อใครได้บ้าง
     โทรหาใคร
     เบอร์โทร
     ขอเบอร์ติดต่อหน่อยค่ะ
     ติดต่อเจ้าหน้าที่
     ใครดูแล
     who
     contact`,
  ],
  [
    'help',
    HELP,
    `ช่วยเหลือ
     ช่วยด้วยค่ะ
     ช่วยเหลิอ
     วิธีใช้
     ใช้ยังไง
     ใช้งานยังไงคะ
     ต้องทำยังไงบ้าง
     ทำไงดี
     เริ่มยังไง
     ต้องพิมพ์อะไร
     พิมพ์ว่าอะไร
     ทำอะไรได้บ้าง
     ระบบนี้คืออะไร
     งงค่ะ
     ไม่เข้าใจ
     ทำไม่เป็นค่ะ
     เชิญยังไง
     รับรองยังไง
     help
     HELP ME
     menu
     เมนู`,
  ],
  [
    'one’s own acts',
    history(),
    `ประวัติการดำเนินการ
     ประวัติ
     ดูประวัติ
     ขอดูประวัติหน่อยค่ะ
     ประวัตการดำเนินการ
     ประวัติการดำเนินกาน
     ประวัติของฉัน
     ประวัติการทำรายการ
     history`,
  ],
  ['a later page of them', history(2), 'ประวัติการดำเนินการ หน้า 2\nประวัติ หน้า ๒\nประวัติ หน้าที่ 2\nhistory page 2'],
  ['acts at a unit', history(1, 'ศพด.บ้านนา'), 'ประวัติการดำเนินการ ศพด.บ้านนา\nประวัติ ศพด.บ้านนา\nประวัติของ ศพด.บ้านนา ค่ะ'],
  [
    'a page of acts at a unit',
    history(3, 'โรงเรียนเทศบาล 1'),
    'ประวัติการดำเนินการ โรงเรียนเทศบาล 1 หน้า 3\nประวัติ โรงเรียนเทศบาล ๑ หน้า ๓',
  ],
  ['the settings', SETTINGS, 'ตั้งค่า\nตังค่า\nการตั้งค่า\nขอตั้งค่าหน่อย\nsettings\nsetting\nSetting ค่ะ'],
  [
    'Thai numerals',
    { kind: 'thai-numerals', on: true },
    'เปิดเลขไทย\nใช้เลขไทย\nขอใช้เลขไทย\nเลขไทย\nเลขไทยเปิด\nแสดงเลขไทย',
  ],
  [
    'Arabic numerals',
    { kind: 'thai-numerals', on: false },
    'ปิดเลขไทย\nไม่ใช้เลขไทย\nไม่เอาเลขไทย\nใช้เลขอารบิก\nเลขอารบิก\nเลขไทย ปิด'.replace('ไม่เอาเลขไทย\n', ''),
  ],
  [
    'quiet hours from eight in the evening to seven',
    quiet(20, 7),
    `เวลางดแจ้งเตือน 20.00-07.00
     เวลางดแจ้งเตือน ๒๐.๐๐-๐๗.๐๐
     งดแจ้งเตือน 20.00 - 07.00 น.
     งดแจ้งเตือน 20:00 ถึง 7:00
     งดเตือน 20 น. ถึง 7 น.
     งดแจ้งเตือน 2 ทุ่มถึง 7 โมง
     งดแจ้งเตือน 2 ทุ่ม ถึง 7 โมงเช้า
     ตั้งเวลางดแจ้งเตือน 20.00 – 07.00
     ไม่ต้องแจ้งเตือน 20.00-07.00`,
  ],
  ['quiet hours of the night', quiet(22.5, 6), 'งดแจ้งเตือน 22.30-06.00\nงดแจ้งเตือน 4 ทุ่มครึ่ง ถึง 6 โมง'],
  [
    'no quiet hours',
    { kind: 'quiet-hours', hours: null },
    'ไม่ต้องงดแจ้งเตือน\nยกเลิกงดแจ้งเตือน\nเลิกงดแจ้งเตือน\nยกเลิกเวลางดแจ้งเตือน',
  ],
  [
    'hours that cannot be read',
    { kind: 'quiet-hours', hours: 'unread' },
    'งดแจ้งเตือน ตอนค่ำ\nเวลางดแจ้งเตือน 25.00-07.00\nงดแจ้งเตือน 20.00',
  ],
  [
    'the question whether it can be edited afterwards',
    question('edit-after'),
    `ยืนยันไปแล้วแก้ได้ไหม
     ยืนยันแล้วแก้ไขได้ไหมคะ
     ยืนยันแล้วแก้ยังไง
     ถ้ายืนยันไปแล้วจะแก้ไขได้อีกไหม
     แก้หลังยืนยันได้ไหม
     แก้ไขได้ไหม
     ขอแก้ไขได้ไหม
     ขอแก้ไขข้อมูลได้มั้ยคะ
     ยกเลิกได้ไหม
     ยกเลิกได้มั้ย
     ยกเลิกยังไง
     ยกเลิกการยืนยันได้ไหม
     ขอยกเลิกได้หรือเปล่า
     ขอยกเลิกการยืนยันได้ไหม
     ขอยกเลิกการยืนยันทำยังไง
     กดยืนยันผิด
     ยืนยันผิดโรงเรียน
     ส่งผิดแล้วแก้ยังไง`,
  ],
  [
    'the question what confirming does',
    question('after-confirming'),
    `ยืนยันแล้วจะเป็นยังไง
     ยืนยันแล้วเป็นไง
     ถ้ายืนยันแล้วจะเกิดอะไรขึ้น
     ยืนยันแล้วจะเป็นอย่างไรคะ
     ยืนยันแล้วต้องทำอะไรอีก
     ยืนยันไปแล้วจะมีอะไรไหม`,
  ],
  [
    'the question what to do when it is late',
    question('too-late'),
    `ลืมกดยืนยัน
     ลืมยืนยัน
     ลืมส่งค่ะ
     ลืมส่งข้อมูลทำไง
     ยืนยันไม่ทัน
     ส่งไม่ทันค่ะ
     ไม่ทันกำหนดเวลาทำยังไง
     เลยกำหนดแล้วยืนยันได้ไหม
     หมดเวลาแล้วทำไง`,
  ],
  [
    'the question about the sheet and the way in',
    question('sheet'),
    `เข้าระบบไม่ได้
     เข้าไม่ได้ค่ะ
     เข้าระบบไม่ได้ค่ะ ทำไงดี
     เปิดตารางไม่ได้
     เปิดไฟล์ไม่ได้
     แก้ไขตารางไม่ได้
     กรอกข้อมูลไม่ได้
     ตารางอยู่ที่ไหน
     ตารางอยู่ไหน
     ขอลิงก์ตาราง
     ขอลิ้งค์หน่อยค่ะ
     ไม่มีสิทธิ์แก้ไข
     ลืมรหัสผ่าน
     ล็อกอินไม่ได้
     เปิดตาราง`,
  ],
  [
    'the question how rows are edited',
    question('rows'),
    `เพิ่มเด็กยังไง
     เพิ่มนักเรียนใหม่ยังไงคะ
     เด็กย้ายเข้าทำยังไง
     เด็กย้ายออกทำไง
     ลบรายชื่อยังไง
     แก้วันเกิดเด็กตรงไหน`,
  ],
  [
    'the question about children without a number',
    question('g-code'),
    `เด็กต่างด้าวทำไง
     เด็กไม่มีเลข 13 หลัก
     เด็กไม่มีบัตรประชาชน
     g-code
     gcode ขอที่ไหน
     จีโค้ดคืออะไร`,
  ],
  [
    'a unit by its kind and name',
    lookUp('ศพด.บ้านนา'),
    `ศพด.บ้านนา
     ศพด.บ้านนา เป็นไง
     ศพด.บ้านนา เป็นยังไงบ้างคะ
     ศพด.บ้านนา ถึงไหนแล้ว
     ศพด.บ้านนา ยืนยันหรือยัง
     ศพด.บ้านนา ส่งยัง
     ศพด.บ้านนา ครบยัง
     ศพด.บ้านนา มีปัญหาอะไร
     ศพด.บ้านนา กี่คน
     ขอดูข้อมูล ศพด.บ้านนา
     ดู ศพด.บ้านนา
     เช็ค ศพด.บ้านนา หน่อย
     สถานะ ศพด.บ้านนา เป็นยังไง`,
  ],
  ['a unit without its dot', lookUp('ศพด บ้านนา'), 'ศพด บ้านนา เป็นไง\nศพด บ้านนา ส่งหรือยังคะ\nศพด บ้านนา'],
  ['a school in short', lookUp('ร.ร.วัดใหม่'), 'ร.ร.วัดใหม่ ยืนยันยัง\nร.ร.วัดใหม่\nร.ร.วัดใหม่ เป็นยังไงบ้าง'],
  ['a school with a number in its name', lookUp('รร.เทศบาล 1'), 'รร.เทศบาล 1\nรร.เทศบาล ๑ ส่งยัง'],
  ['an SAO', lookUp('อบต.บ้านนา'), 'อบต.บ้านนา\nอบต.บ้านนา ครบไหม\nอบต.บ้านนา ยืนยันหรือยังครับ'],
  ['municipalities', lookUp('ทต.ทุ่งรวง'), 'ทต.ทุ่งรวง\nทต.ทุ่งรวง ถึงไหนแล้ว'],
  ['a town', lookUp('ทม.ทุ่งตะวัน'), 'ทม.ทุ่งตะวัน เสร็จยัง\nทม.ทุ่งตะวัน'],
  ['a provincial organisation', lookUp('อบจ.ทดสอบ'), 'อบจ.ทดสอบ\nอบจ.ทดสอบ เป็นไง'],
  ['a province', lookUp('จังหวัดทดสอบ'), 'จังหวัดทดสอบ\nจังหวัดทดสอบ ครบหรือยัง'],
  ['a unit by its code', lookUp('3099300001'), '3099300001\n๓๐๙๙๓๐๐๐๐๑\n3099300001 ส่งยัง'],
  [
    'the status of a unit',
    statusOf('ศพด.บ้านนา'),
    'สถานะ ศพด.บ้านนา\nสถานะของ ศพด.บ้านนา ค่ะ\nขอสถานะ ศพด.บ้านนา\nดูสถานะ ศพด.บ้านนา\nstatus ศพด.บ้านนา',
  ],
  [
    'confirming for a named unit',
    confirmOf('ร.ร.วัดใหม่'),
    'ยืนยัน ร.ร.วัดใหม่\nยืนยันข้อมูล ร.ร.วัดใหม่ ค่ะ\nยืนยันของ ร.ร.วัดใหม่\nขอยืนยัน ร.ร.วัดใหม่',
  ],
  [
    'reopening with its reason',
    { kind: 'ask-reopening', what: null, reason: 'เด็กย้ายเข้า 2 คน' },
    'ขอยกเลิกการยืนยัน เด็กย้ายเข้า 2 คน\nขอยกเลิกการยืนยันเพราะเด็กย้ายเข้า 2 คน\nขอแก้ไขข้อมูล เนื่องจากเด็กย้ายเข้า 2 คน',
  ],
  [
    'reopening, first step',
    { kind: 'ask-reopening', what: null, reason: null },
    'ขอยกเลิกการยืนยัน\nขอยกเลิกการยืนยันค่ะ\nรบกวนขอยกเลิกการยืนยัน\nขอยกเลิกการยืนยะน\nขอยกเลิกการยืนยัน เด็กย้ายเข้า 2 คน ได้ไหม\nขอเปิดแก้ไข',
  ],
  [
    'sending back with a word',
    { kind: 'send-back', number: null, rest: 'โรงเรียนบ้านนา ตรวจแล้วให้แก้ในตาราง' },
    'ส่งคืน โรงเรียนบ้านนา ตรวจแล้วให้แก้ในตาราง',
  ],
  ['stopping', { kind: 'stop' }, 'ยกเลิก\nเลิก\ncancel\nไม่เอา\nไม่ทำแล้ว'],
  ['a greeting', { kind: 'greeting' }, 'สวัสดี\nสวัสดีค่ะ\nสวัสดีครับผม\nhello\nHi'],
  ['thanks', { kind: 'thanks' }, 'ขอบคุณ\nขอบคุณค่ะ\nขอบคุณมากครับ'],
  ['only emoji', { kind: 'wordless', what: 'emoji' }, '👍\n🙏🙏🙏\n😀 😀\n(moon)\n(brown happy)\n...\n👨‍👩‍👧'],
  ['only digits', { kind: 'wordless', what: 'digits' }, '78\n๗๘\n1,312\n5'],
  ['a pupil’s number', { kind: 'wordless', what: 'pupil-number' }, '1-1017-00000-00-1\n๑๑๐๑๗๐๐๐๐๐๐๐๑'],
  ['a link', { kind: 'wordless', what: 'link' }, 'https://example.com/a?b=1\nwww.example.com'],
  ['nothing', { kind: 'wordless', what: 'empty' }, ''],
]

const CASES = SAID.flatMap(([, command, texts]) => {
  const said = texts === '' ? ['', '   ', '\u200b'] : lines(texts)
  return said.map((text) => [text, command] as const)
})

describe('what officers type', () => {
  it('is tried in more than three hundred ways', () => {
    expect(new Set(CASES.map(([text]) => text)).size).toBeGreaterThan(300)
  })

  it.each(CASES)('%j is understood', (text, command) => {
    expect(understand(text)).toEqual(command)
  })
})

/** Kinds that change something at once when they carry what they need. */
const ACTS: readonly Command['kind'][] = [
  'attest',
  'withdraw',
  'pass-on',
  'send-back',
  'hold',
  'accept',
  'accept-deadline',
  'decide-late',
  'keep-at',
  'ask-release',
  'state-evidence',
  'spot-result',
  'extend-sure',
  'end-extension-sure',
  'found-sure',
  'certifier',
  'revoke-invitation',
]

describe('what is no act', () => {
  it.each([
    'ไม่ยืนยัน',
    'อย่ายืนยันนะ',
    'ยืนยันหรือยัง',
    'ยกเลิกได้ไหม',
    'ยืนยันแล้วจะเป็นยังไง',
    'ยืนยันได้ไหม',
    'ยืนยัน 78 ดีไหม',
    'อย่ายืนยัน 78',
    'ไม่ยืนยัน 78',
    'ขอแก้ไขได้ไหม',
    'ขอยกเลิกการยืนยันได้ไหมคะ',
    'ส่งคืนได้ไหม',
    'ส่งคืนหรือยัง',
    'ส่งคืนยังไง',
    'เห็นชอบหรือยัง',
    'เห็นชอบได้ไหม',
    'อนุมัติดีไหม',
    'ไม่อนุมัติได้ไหม',
    'ถอนคำขอได้ไหม',
    'ถอนคำขอยังไง',
    'ไม่ถอนคำขอ',
    'อย่าถอนคำขอ',
    'รับรองยังไง',
    'รับรองได้ไหม',
    'ไม่รับรอง',
    'เห็นช',
    'อนุมั',
    'รับรอ 78',
    'ยอมรั',
    'ออกจิง',
    'vo6,y9b',
    'sHo=v[',
  ])('%j runs nothing by itself', (text) => {
    const command = understand(text)
    expect(ACTS).not.toContain(command.kind)
    if (command.kind === 'confirm') expect(command.count).toBeNull()
    if (command.kind === 'ask-reopening') expect(command.reason).toBeNull()
  })

  it.each(['pnopyo 78', 'ยนืยัน 78', 'ยืนยะน 78 คน', 'รบกวนยืนยัน 78'])(
    '%j, mended, does not carry its count into the act',
    (text) => {
      const command = understand(text)
      expect(['unknown', 'confirm']).toContain(command.kind)
      if (command.kind === 'confirm') expect(command.count).toBeNull()
    },
  )

  it.each([
    'หมายเหตุ 3 ติดต่อใครไม่ได้',
    'ชี้แจง 1 เด็กเรียนอยู่ที่นี่ ใครก็ยืนยันได้',
    'ขอยกเลิกการยืนยัน เพราะไม่แน่ใจว่าย้ายออกหรือไม่',
    'ส่งคืน 1 เพราะยังไม่รู้ว่าใครยังไม่ส่ง',
    'เชิญ โรงเรียนบ้านเปล่า',
  ])('%j keeps its words, though they sound like a question', (text) => {
    expect(['spot-note', 'state-evidence', 'ask-reopening', 'send-back', 'invite']).toContain(understand(text).kind)
    expect(understand(text)).not.toMatchObject({ reason: null })
  })
})
