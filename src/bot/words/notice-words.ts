import { count, dayAndTime, from, until } from './dates.ts'
import { SAY } from './say.ts'
import { more } from './terms.ts'

export const ALL_IN = {
  title: 'สถานศึกษายืนยันครบทุกแห่งแล้ว',
  alt: 'สถานศึกษาในสังกัดยืนยันครบแล้ว',
  next: `โปรดตรวจอีกครั้งแล้วยืนยันภาพรวม พิมพ์ ${SAY.confirmOverview}`,
  counts: `และยังต้องยืนยันจำนวนสังกัดอื่น พิมพ์ ${SAY.confirmOtherCounts}`,
} as const

export const ALL_COMPLETE = {
  title: 'อปท. ยืนยันครบทุกแห่งแล้ว',
  alt: 'อปท. ในจังหวัดยืนยันครบทุกแห่งแล้ว',
  next: `โปรดตรวจสอบ อปท. รายแห่ง พิมพ์ ${SAY.markChecked} จากนั้นจึงยืนยันจังหวัด`,
} as const

export const PROVINCE_DONE = {
  title: (province: string) => `${province} ยืนยันข้อมูลแล้ว`,
  alt: 'จังหวัดยืนยันข้อมูลแล้ว',
  note: 'กรมถือว่าข้อมูลที่ยืนยันนี้ถูกต้อง ครบถ้วน',
} as const

export const HOLD = {
  title: 'รายชื่อหายไปจากตารางจำนวนมาก',
  alt: 'รายชื่อหายไปจากตารางจำนวนมาก โปรดแจ้งว่าออกจริงหรือไม่',
} as const

export const ADDRESS_REFUSED = {
  text: (email: string) =>
    `Google แจ้งว่า ${email} ไม่ใช่บัญชี Google จึงยังแก้ไขตารางไม่ได้\nโปรดพิมพ์อีเมลที่เป็นบัญชี Google เช่น ${SAY.email} somsri@gmail.com หรือสมัครบัญชี Google ด้วยอีเมลนี้ก่อนแล้วพิมพ์ใหม่`,
} as const

export const SHEET_READY = {
  title: 'ตารางพร้อมแล้ว',
  alt: 'ตารางของหน่วยท่านพร้อมแล้ว',
  note: 'เปิดด้วยบัญชี Google ที่แจ้งไว้ หากเปิดใน LINE แล้วลงชื่อเข้าใช้ไม่ได้ ให้เลือกเปิดในเบราว์เซอร์อื่น',
} as const

export const REMINDER = {
  alt: 'เตือนกำหนดการยืนยันข้อมูล',
  title: 'ยังไม่ได้ยืนยัน',
  titleOpens: 'เปิดให้บันทึกข้อมูลแล้ว',
  titleConfirming: 'เปิดให้ยืนยันข้อมูลแล้ว',
  titlePrepare: 'เตรียมข้อมูลให้พร้อมยืนยัน',
  titleBelow: 'ยังดำเนินการไม่ครบ',
  titleClosed: 'ระบบปิดแล้ว ยังไม่ได้ยืนยัน',
  due: (dueAt: number) => `กำหนดยืนยัน${until(dueAt)}`,
  lastDay: 'วันนี้เป็นวันสุดท้าย',
  daysLeft: (days: number) => `เหลืออีก ${count(days)} วัน`,
  afterDue: (dueAt: number) => `เลยกำหนดยืนยันแล้ว (กำหนด${until(dueAt)})`,
  stillOpen: (closesAt: number, extended: boolean) =>
    `${extended ? 'กรมขยายเวลาให้ ' : ''}ยังยืนยันได้${until(closesAt)} หลังจากนั้นระบบปิด`,
  closed: (closesAt: number) => `ระบบปิดเมื่อ ${dayAndTime(closesAt)} จึงยืนยันในรอบนี้ไม่ได้แล้ว`,
  askMoreTime: 'หากจำเป็นต้องยืนยันหรือแก้ไข โปรดแจ้งหน่วยเหนือขึ้นไปเพื่อขอให้กรมพิจารณาขยายเวลา',
  prepare: (opensAt: number) => `เปิดให้ยืนยัน${from(opensAt)} ระหว่างนี้โปรดบันทึกและตรวจข้อมูลให้พร้อม`,
  agreed: (agreedAt: number) => `นัดส่งกับ อปท. ไว้ ${dayAndTime(agreedAt)}`,
  roster: 'สถานศึกษาของท่านยังไม่ได้ยืนยันข้อมูล การบันทึกไว้ยังไม่ใช่การยืนยัน',
  rosterEmpty: 'ในตารางยังไม่มีรายชื่อ',
  rosterReady: 'ข้อมูลในตารางพร้อมแล้ว เหลือเพียงยืนยัน',
  overview: 'ยังไม่ได้ยืนยันภาพรวม',
  otherCounts: 'ยังไม่ได้ยืนยันจำนวนสังกัดอื่น',
  province: 'จังหวัดยังไม่ได้ยืนยัน',
  formerStands: (reported: number) => `อยู่ระหว่างแก้ไข ยอดที่ยืนยันไว้เดิม ${count(reported)} คน ยังเป็นยอดที่รายงาน จนกว่าจะยืนยันใหม่`,
  unitsBelow: (left: number, of: number) => `หน่วยที่ยังดำเนินการไม่ครบ ${count(left)} จาก ${count(of)} แห่ง`,
  outOfReach: (units: number) => `ติดต่อทางแชตไม่ได้ ${count(units)} แห่ง โปรดโทรศัพท์หรือแต่งตั้งผู้รับผิดชอบ`,
  vacant: 'ยังไม่มีผู้รับผิดชอบ',
  unbound: 'ยังไม่ผูกบัญชี LINE',
  blocked: 'ปิดรับข้อความ',
  noTelephone: 'ไม่มีหมายเลขโทรศัพท์ในระบบ',
  telephone: (number: string) => `โทร. ${number}`,
  moreDuties: (left: number) => `${more(left, 'หน่วย')}ของท่านที่ยังค้างอยู่ พิมพ์ ${SAY.switchDuty}`,
} as const
