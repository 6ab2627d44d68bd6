import type { Component } from '../../db/schema.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { count, dayAndTime, from } from './dates.ts'
import { SAY } from './say.ts'
import { COMPONENT, more } from './terms.ts'

/** What happened, why, and who can change it or what to do next. */
export type RefusalWords = { title: string; why: string; next: string }

const NAMED = 10

/** Words for every refusal. `component` is what was about to be done with, when that is known. */
export function refusalWords(refusal: Refusal, component: Component | null = null): RefusalWords {
  const what = component ? COMPONENT[component] : 'ข้อมูล'
  switch (refusal.why) {
    case 'no-round':
      return {
        title: 'ยังไม่มีรอบการยืนยัน',
        why: 'ขณะนี้ยังไม่ได้เปิดรอบการบันทึกและยืนยันข้อมูล',
        next: 'กรมเป็นผู้เปิดรอบ โปรดรอหนังสือแจ้งจากกรม',
      }
    case 'not-open-yet':
      return {
        title: 'ยังไม่ถึงเวลายืนยัน',
        why: `ยืนยันได้${from(refusal.opensAt)}`,
        next: 'ระหว่างนี้บันทึกและแก้ไขข้อมูลในตารางได้ตามปกติ',
      }
    case 'closed':
      return {
        title: 'ปิดรับแล้ว',
        why: `ระบบปิดเมื่อ ${dayAndTime(refusal.closedAt)} จึงยืนยันหรือยกเลิกไม่ได้`,
        next: 'หากมีเหตุจำเป็น โปรดแจ้งหน่วยเหนือเพื่อทำหนังสือขอขยายเวลาต่อกรม',
      }
    case 'held-late':
      return {
        title: 'รับเรื่องไว้แล้ว แต่ยังไม่มีผล',
        why: `ท่านกดเมื่อ ${dayAndTime(refusal.tappedAt)} ก่อนปิดระบบ แต่ข้อความมาถึงหลังปิดระบบ (${dayAndTime(refusal.closedAt)}) เกิน 1 นาที`,
        next: 'ระบบบันทึกเวลาทั้งสองไว้แล้ว กรมเป็นผู้พิจารณา โปรดแจ้งหน่วยเหนือให้ทราบ',
      }
    case 'not-yours':
      return {
        title: 'เรื่องนี้ไม่อยู่ในหน้าที่ของท่าน',
        why: 'ผู้ที่ทำได้คือเจ้าหน้าที่ของหน่วยนั้นหรือหน่วยเหนือโดยตรง',
        next: `ดูว่าใครรับผิดชอบ พิมพ์ ${SAY.inCharge} หากท่านมีหลายหน้าที่ พิมพ์ ${SAY.switchDuty}`,
      }
    case 'reads-only':
      return {
        title: 'หน้าที่นี้ดูข้อมูลได้อย่างเดียว',
        why: 'การบันทึก ยืนยัน และพิจารณาคำขอ เป็นของเจ้าหน้าที่ที่ได้รับแต่งตั้ง',
        next: `ดูว่าใครเป็นเจ้าหน้าที่ พิมพ์ ${SAY.inCharge}`,
      }
    case 'already-confirmed':
      return {
        title: `ยืนยัน${what}ไว้แล้ว`,
        why: `${refusal.by} ยืนยันเมื่อ ${dayAndTime(refusal.at)} เลขที่ ${refusal.receiptNumber}`,
        next: `ไม่ต้องทำซ้ำ หากต้องแก้ไข พิมพ์ ${SAY.askReopening}`,
      }
    case 'not-required':
      return {
        title: 'หน่วยนี้ไม่ต้องยืนยันในรอบนี้',
        why: refusal.reason === '' ? 'จังหวัดบันทึกไว้ว่าไม่ต้องยืนยัน' : `จังหวัดบันทึกไว้ว่า ${refusal.reason}`,
        next: 'หากไม่ถูกต้อง โปรดแจ้งจังหวัด',
      }
    case 'never-read':
      return {
        title: 'ระบบยังไม่ได้อ่านตาราง',
        why: 'ระบบกำลังจัดเตรียมตาราง หรือยังอ่านตารางไม่สำเร็จ',
        next: `โปรดรอสักครู่ แล้วพิมพ์ ${SAY.status} อีกครั้ง`,
      }
    case 'has-pupils':
      return {
        title: 'ยังมีรายชื่อในตาราง',
        why: `สถานศึกษานี้มีรายชื่อที่นับหรือต้องแก้ไข ${count(refusal.rows)} ราย จึงบันทึกว่าไม่ต้องยืนยันไม่ได้`,
        next: 'ให้สถานศึกษายืนยันตามปกติ หรือแก้สถานะของผู้ที่ไม่ได้เรียนแล้วในตารางก่อน',
      }
    case 'roster-empty':
      return {
        title: 'ยังไม่มีรายชื่อที่นับได้',
        why: 'ในตารางยังไม่มีรายชื่อที่ข้อมูลครบถ้วนและนับเป็นจำนวนได้',
        next: `โปรดกรอกรายชื่อในตาราง แล้วพิมพ์ ${SAY.confirm} อีกครั้ง หากไม่มีผู้เรียนในรอบนี้ โปรดแจ้ง อปท. ให้บันทึกว่าไม่ต้องยืนยัน`,
      }
    case 'roster-has-errors':
      return {
        title: `ต้องแก้ไข ${count(refusal.errors)} จุดก่อนยืนยัน`,
        why: 'ข้อมูลในตารางยังไม่ถูกต้องครบถ้วน รายละเอียดอยู่ที่แท็บ ผลตรวจ และที่ช่องที่ต้องแก้ไข',
        next: `แก้ไขในตาราง แล้วพิมพ์ ${SAY.confirm} อีกครั้ง`,
      }
    case 'warnings-unexplained':
      return {
        title: `ต้องเขียนคำชี้แจง ${count(refusal.warnings)} จุดก่อนยืนยัน`,
        why: 'มีข้อมูลที่อาจถูกต้องแต่ผิดจากปกติ ต้องมีคำชี้แจงกำกับ',
        next: `ตรวจแล้วแก้ไข หรือเขียนเหตุผลในตาราง แล้วพิมพ์ ${SAY.confirm} อีกครั้ง`,
      }
    case 'hold-open':
      return {
        title: 'มีรายชื่อหายไปจากตารางจำนวนมาก',
        why: `หายไป ${count(refusal.missing)} จาก ${count(refusal.outOf)} ราย ระบบจึงยังไม่ตัดรายชื่อใดออก`,
        next: `หากออกไปจริง พิมพ์ ${SAY.holdRelease} หากไม่ใช่ ให้นำรายชื่อกลับเข้าตาราง`,
      }
    case 'not-attested':
      return {
        title: 'ยังไม่ได้รับรองการมีตัวตน',
        why: 'ก่อนยืนยันต้องรับรองว่าตรวจแล้วและทุกคนมีตัวตนอยู่จริง',
        next: `พิมพ์ ${SAY.confirm} เพื่อดูยอดล่าสุดและรับรอง`,
      }
    case 'changed-since-shown':
      return {
        title: 'ข้อมูลเปลี่ยนไปจากที่แสดง จึงยังไม่ดำเนินการ',
        why: 'มีการแก้ไขหลังจากที่ท่านเห็นครั้งล่าสุด',
        next: `พิมพ์ ${SAY.status} หรือ ${SAY.confirm} เพื่อดูข้อมูลปัจจุบันแล้วทำใหม่`,
      }
    case 'nothing-to-confirm':
      return {
        title: 'ไม่มีรายการที่ต้องยืนยันในส่วนนี้',
        why: `ไม่มีหน่วยหรือรายการที่ต้องยืนยัน${what}`,
        next: 'หากไม่ถูกต้อง โปรดแจ้งหน่วยเหนือให้ตรวจทะเบียน',
      }
    case 'counts-have-errors':
      return {
        title: `ต้องแก้ไขจำนวนสังกัดอื่น ${count(refusal.errors)} แห่งก่อนยืนยัน`,
        why: 'มีแถวที่ยังไม่ถูกต้อง หรือยังไม่ได้ทำเครื่องหมาย ตรวจสอบแล้ว หากจำนวนเป็น 0 ต้องมีเหตุผล',
        next: `แก้ไขในตาราง แล้วพิมพ์ ${SAY.confirmOtherCounts} อีกครั้ง`,
      }
    case 'counts-unchecked':
      return {
        title: `ยังไม่ได้ตรวจสอบ ${count(refusal.unchecked)} แห่ง`,
        why: 'แม้จำนวนไม่เปลี่ยนแปลง ก็ต้องทำเครื่องหมาย ตรวจสอบแล้ว ทุกแถวในรอบนี้',
        next: `ทำเครื่องหมายในตาราง แล้วพิมพ์ ${SAY.confirmOtherCounts} อีกครั้ง`,
      }
    case 'children-open':
      return {
        title: `มีสถานศึกษาที่ยังไม่ยืนยัน ${count(refusal.units.length)} แห่ง`,
        why: names(refusal.units),
        next: 'ยืนยันภาพรวมได้เมื่อทุกแห่งยืนยันครบ โปรดติดตามสถานศึกษาข้างต้น',
      }
    case 'children-drifted':
      return {
        title: 'มีการแก้ไขตารางหลังยืนยัน',
        why: names(refusal.units),
        next: 'ให้สถานศึกษาแก้ตารางกลับให้ตรงกับที่ยืนยันไว้ หรือขอยกเลิกการยืนยันเพื่อแก้ไขและยืนยันใหม่',
      }
    case 'children-incomplete':
      return {
        title: `มี อปท. ที่ยังไม่ครบถ้วน ${count(refusal.units.length)} แห่ง`,
        why: names(refusal.units),
        next: `โปรดติดตาม อปท. ข้างต้น ดูรายละเอียด พิมพ์ ${SAY.left}`,
      }
    case 'not-marked':
      return {
        title: `ยังไม่ได้ทำเครื่องหมาย ตรวจสอบแล้ว ${count(refusal.units.length)} แห่ง`,
        why: names(refusal.units),
        next: `พิมพ์ ${SAY.markChecked} เพื่อดูรายการและทำเครื่องหมาย`,
      }
    case 'not-confirmed':
      return {
        title: 'ยังไม่ได้ยืนยัน จึงไม่มีอะไรต้องยกเลิก',
        why: `${what}ยังเปิดให้แก้ไขอยู่`,
        next: 'แก้ไขในตารางได้ทันที',
      }
    case 'request-open':
      return {
        title: 'มีคำขอที่รอพิจารณาอยู่แล้ว',
        why: `ขณะนี้รอ ${refusal.waitingAt.name}`,
        next: `โปรดรอผล หรือถอนคำขอ พิมพ์ ${SAY.withdraw}`,
      }
    case 'request-ended':
      return {
        title: 'คำขอนี้สิ้นสุดแล้ว',
        why: endedWords(refusal),
        next: `ดูคำขอที่ยังรออยู่ พิมพ์ ${SAY.requests}`,
      }
    case 'level-above-confirmed':
      return {
        title: `${refusal.unit.name} ยืนยันไปแล้ว`,
        why: 'ระดับที่สูงกว่ายังยืนยันอยู่ จึงยกเลิกระดับล่างโดยตรงไม่ได้',
        next: `ต้องยกเลิกจากระดับบนลงมา พิมพ์ ${SAY.askReopening} เพื่อขอต่อหน่วยเหนือ`,
      }
    case 'no-reason':
      return { title: 'ต้องมีเหตุผล', why: 'การยกเลิกหรือส่งคืนต้องบันทึกเหตุผลไว้เป็นหลักฐาน', next: 'โปรดพิมพ์เหตุผลสั้น ๆ' }
    case 'run-open':
      return {
        title: 'ระบบกำลังอ่านตารางอยู่',
        why: 'มีการตรวจหรือยืนยันของหน่วยนี้ที่ยังไม่เสร็จ',
        next: 'โปรดรอสักครู่ ระบบจะแจ้งผลในแชตนี้ ไม่ต้องกดซ้ำ',
      }
    case 'sheet-unreadable':
      return {
        title: 'อ่านตารางไม่ได้ จึงยังไม่ยืนยัน',
        why: refusal.words === '' ? 'ขณะนี้ระบบเปิดหรืออ่านตารางไม่ได้' : refusal.words,
        next: `โปรดตรวจตาราง แล้วพิมพ์ ${SAY.confirm} อีกครั้ง หากยังไม่ได้ พิมพ์ ${SAY.help}`,
      }
  }
}

const ENDED: Record<string, string> = {
  carried_out: 'ยกเลิกการยืนยันตามคำขอแล้ว',
  sent_back: 'คำขอถูกส่งคืนแล้ว',
  withdrawn: 'ผู้ขอถอนคำขอแล้ว',
  lapsed: 'หมดเวลาพิจารณาเพราะระบบปิดแล้ว',
}

function names(units: readonly { name: string }[]): string {
  const shown = units.slice(0, NAMED).map((unit) => unit.name)
  const left = units.length - shown.length
  return left > 0 ? `${shown.join(', ')} ${more(left)}` : shown.join(', ')
}

function endedWords(ended: Extract<Refusal, { why: 'request-ended' }>): string {
  const how = ENDED[ended.state] ?? 'มีผู้ดำเนินการไปก่อนหน้านี้แล้ว'
  return ended.by !== null && ended.at !== null ? `${how} โดย ${ended.by} เมื่อ ${dayAndTime(ended.at)}` : how
}
