import type { Component, UnitLevel } from '../../db/schema.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { DUTY_STATE } from './appointment-words.ts'
import { count, dayAndTime, from, until } from './dates.ts'
import { SAY } from './say.ts'
import { ABOVE, ABOVE_ANY, ABOVE_LEVEL, COMPONENT, LEVEL, more, spaced, spacedBefore } from './terms.ts'

/** What happened, why, and who can change it or what to do next. */
export type RefusalWords = { title: string; why: string; next: string }

const NAMED = 10

/** An abbreviation stands apart from the Thai around it. */
const apart = (unit: string): string => (unit.startsWith('อปท.') ? ` ${unit} ` : `${unit}`)

/** Words for every refusal. `component` is what was about to be done with, `by` the level of who tried, when they are known. */
export function refusalWords(refusal: Refusal, component: Component | null = null, by?: UnitLevel): RefusalWords {
  const what = component ? COMPONENT[component] : 'ข้อมูล'
  const above = by ? ABOVE_LEVEL[by] : component ? ABOVE[component] : ABOVE_ANY
  const asksItself = by === 'province' || by === 'department' || (by === undefined && component === 'province')
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
        next: asksItself
          ? 'หากมีเหตุจำเป็น โปรดทำหนังสือขอขยายเวลาต่อกรม'
          : `หากมีเหตุจำเป็น โปรดแจ้ง${apart(above)}เพื่อทำหนังสือขอขยายเวลาต่อกรม`,
      }
    case 'held-late':
      return {
        title: 'รับเรื่องไว้แล้ว แต่ยังไม่มีผล',
        why: `ท่านกดเมื่อ ${dayAndTime(refusal.tappedAt)} ก่อนปิดระบบ แต่ข้อความมาถึงหลังปิดระบบ (${dayAndTime(refusal.closedAt)}) เกิน 1 นาที`,
        next: 'ระบบบันทึกเวลาทั้งสองไว้แล้วและส่งให้กรมพิจารณา เมื่อกรมพิจารณาแล้ว ระบบจะแจ้งผลในแชตนี้',
      }
    case 'not-yours':
      return {
        title: 'เรื่องนี้ไม่อยู่ในหน้าที่ของท่าน',
        why: refusal.only
          ? `ผู้ที่ทำได้คือเจ้าหน้าที่ของ${spacedBefore(refusal.only.map((level) => LEVEL[level]).join(' / '))}`
          : 'ผู้ที่ทำได้คือเจ้าหน้าที่ของหน่วยนั้น หรือของหน่วยที่อยู่เหนือขึ้นไปหนึ่งระดับ (สถานศึกษา: อปท. / อปท.: จังหวัด / จังหวัด: กรม)',
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
        title: `ยืนยัน${spaced(what)}ไว้แล้ว`,
        why: `${refusal.by} ยืนยันเมื่อ ${dayAndTime(refusal.at)} เลขที่ ${refusal.receiptNumber}`,
        next: `ไม่ต้องทำซ้ำ หากต้องแก้ไข พิมพ์ ${SAY.askReopening}`,
      }
    case 'not-required':
      return {
        title: 'หน่วยนี้ไม่ต้องยืนยันในรอบนี้',
        why: `บันทึกไว้ว่า${refusal.reason === '' ? 'ไม่ต้องยืนยัน' : ` ${refusal.reason}`}`,
        next: `หากไม่ถูกต้อง โปรดแจ้ง${apart(above)}`.trimEnd(),
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
      if (refusal.refused)
        return {
          title: 'รายชื่อที่หายไปยังไม่กลับเข้าตาราง',
          why: `หายไป ${count(refusal.missing)} จาก ${count(refusal.outOf)} ราย เจ้าหน้าที่แจ้งไว้ว่าไม่ได้ออกจริง ระบบจึงไม่ตัดรายชื่อใดออก`,
          next: `โปรดนำรายชื่อกลับเข้าตาราง แล้วพิมพ์ ${SAY.confirm} อีกครั้ง หากตรวจแล้วพบว่าออกจริง พิมพ์ ${SAY.holdRelease}`,
        }
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
      if (refusal.closedAt !== undefined)
        return {
          title: 'ข้อมูลเปลี่ยนไปจากที่แสดง และระบบปิดแล้ว จึงไม่ได้ยืนยัน',
          why: `ตารางถูกแก้ไขหลังจากที่ท่านเห็นครั้งล่าสุด และระบบปิดเมื่อ ${dayAndTime(refusal.closedAt)} จึงแสดงยอดใหม่ให้ยืนยันไม่ได้แล้ว`,
          next: `ระบบบันทึกเวลาที่ท่านกดไว้แล้ว โปรด${asksItself ? '' : `แจ้ง${apart(above)}โดยเร็ว เพื่อ`}ทำหนังสือขอขยายเวลาต่อกรม`,
        }
      return {
        title: 'ข้อมูลเปลี่ยนไปจากที่แสดง จึงยังไม่ดำเนินการ',
        why: 'มีการแก้ไขหลังจากที่ท่านเห็นครั้งล่าสุด',
        next: `พิมพ์ ${SAY.status} หรือ ${SAY.confirm} เพื่อดูข้อมูลปัจจุบันแล้วทำใหม่`,
      }
    case 'nothing-to-confirm':
      return {
        title: 'ไม่มีรายการที่ต้องยืนยันในส่วนนี้',
        why: `ไม่มีหน่วยหรือรายการที่ต้องยืนยัน${what}`,
        next: `หากไม่ถูกต้อง โปรดแจ้ง${apart(above)}ให้ตรวจทะเบียน`,
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
        next: `พิมพ์ ${SAY.checkCounts} เพื่อตรวจในแชต หรือทำเครื่องหมายในตาราง แล้วพิมพ์ ${SAY.confirmOtherCounts} อีกครั้ง`,
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
        why: `${spaced(what)}ยังเปิดให้แก้ไขอยู่`,
        next:
          component === 'overview' || component === 'province' ? `ดูข้อมูลปัจจุบัน พิมพ์ ${SAY.status}` : 'แก้ไขในตารางได้ทันที',
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
        next: `ต้องยกเลิกจากระดับบนลงมา พิมพ์ ${SAY.askReopening} เพื่อขอต่อ${component === 'roster' ? 'จังหวัด' : 'กรม'}`,
      }
    case 'no-reason':
      return refusal.tooShort === undefined
        ? { title: 'ต้องมีเหตุผล', why: 'เรื่องนี้ต้องบันทึกเหตุผลไว้เป็นหลักฐาน', next: 'โปรดพิมพ์เหตุผลสั้น ๆ ให้เข้าใจได้' }
        : {
            title: 'เหตุผลสั้นเกินไป จึงยังไม่ได้ดำเนินการ',
            why: `เรื่องนี้ต้องบันทึกเหตุผลไว้เป็นหลักฐาน อย่างน้อย ${refusal.tooShort} ตัวอักษร (ไม่นับสระและวรรณยุกต์บนล่าง)`,
            next: 'โปรดพิมพ์เหตุผลให้เข้าใจได้ เช่น พบยอดไม่ตรงกับหลักฐาน',
          }
    case 'run-open':
      return {
        title: 'ระบบกำลังอ่านตารางอยู่',
        why: 'มีการตรวจหรือยืนยันของหน่วยนี้ที่ยังไม่เสร็จ',
        next: 'โปรดรอสักครู่ ระบบจะแจ้งผลในแชตนี้ ไม่ต้องกดซ้ำ',
      }
    case 'shared-pupils':
      return {
        title: `มีรายชื่อซ้ำกับสถานศึกษาอื่น ${count(refusal.total)} ราย`,
        why: blockedPupils(refusal),
        next: `หากไม่ได้เรียนที่นี่แล้ว ให้เลือกสถานะ ย้ายออก ในตาราง หากเรียนอยู่จริง พิมพ์ ${SAY.sharedPupils} เพื่อขอให้อีกแห่งย้ายออก หรือชี้แจงหลักฐาน`,
      }
    case 'shared-pupil-over':
      return {
        title: 'รายชื่อนี้ไม่ซ้ำกันแล้ว',
        why: 'ขณะนี้มีสถานศึกษาเดียวที่นับรายชื่อนี้ จึงไม่ต้องดำเนินการ',
        next: `ดูรายชื่อซ้ำที่เหลือ พิมพ์ ${SAY.sharedPupils}`,
      }
    case 'owes-nothing':
      return {
        title: 'ไม่ต้องเตือน',
        why: 'หน่วยที่จะเตือนดำเนินการครบแล้ว หรือไม่มีสิ่งที่ต้องยืนยันในรอบนี้',
        next: `ดูหน่วยที่ยังค้าง พิมพ์ ${SAY.left}`,
      }
    case 'quiet-hours':
      return {
        title: 'ยังไม่ได้ส่ง เพราะอยู่นอกเวลาที่ส่งได้',
        why: 'ช่วงกลางคืนระบบไม่ส่งข้อความเตือนหรือประกาศถึงเจ้าหน้าที่ เว้นแต่เป็นวันสุดท้าย',
        next: `ส่งได้ตั้งแต่ ${dayAndTime(refusal.from)} โปรดพิมพ์คำสั่งเดิมอีกครั้งเมื่อถึงเวลานั้น`,
      }
    case 'nothing-to-check':
      return {
        title: 'ไม่มีรายการที่จะบันทึกว่าไม่เปลี่ยนแปลง',
        why: 'ตรวจครบแล้ว หรือแห่งที่เหลือไม่มีจำนวนเดิม หรือกรอกจำนวนในตารางไม่เท่าเดิม',
        next: `ดูรายการทั้งหมด พิมพ์ ${SAY.checkCounts} แห่งที่จำนวนเปลี่ยน โปรดกรอกในตารางแล้วทำเครื่องหมายว่าตรวจแล้ว`,
      }
    case 'shared-pupil-kept':
      return {
        title: 'สถานศึกษาของท่านนับรายชื่อนี้ได้อยู่แล้ว',
        why: 'อีกแห่งหนึ่งต้องนำรายชื่อออกหรือชี้แจงหลักฐาน ท่านไม่ต้องขอ',
        next: `หากต้องการแนบเหตุผลไว้ พิมพ์ ${SAY.stateEvidence} ดูรายการ พิมพ์ ${SAY.sharedPupils}`,
      }
    case 'deadline-out-of-range':
      return {
        title: 'นัดวันเวลานี้ไม่ได้',
        why: `${dayAndTime(refusal.asked)} ไม่อยู่ระหว่างเวลานี้กับกำหนดของ อปท. (${until(refusal.until)})`,
        next: `โปรดเลือกวันเวลาในช่วงนี้ พิมพ์ ${SAY.agree} เพื่อดูวันเวลาที่แนะนำ`,
      }
    case 'agreement-over':
      return {
        title: 'ข้อเสนอนี้สิ้นสุดแล้ว',
        why: 'มีผู้ตอบแล้ว หรือมีการเสนอวันเวลาใหม่',
        next: `ดูนัดปัจจุบัน พิมพ์ ${SAY.agree}`,
      }
    case 'spot-check-closed':
      return {
        title: 'ขณะนี้สุ่มตรวจหรือบันทึกผลไม่ได้',
        why: `ทำได้ตั้งแต่ ${dayAndTime(refusal.opensAt)} จนถึง ${dayAndTime(refusal.closesAt)}`,
        next: `หากพบผู้ไม่มีตัวตนภายหลังปิดระบบ โปรดบันทึก พิมพ์ ${SAY.found} ตามด้วยชื่อสถานศึกษา`,
      }
    case 'spot-check-nobody':
      return {
        title: 'ยังไม่มีรายชื่อให้สุ่มตรวจ',
        why: 'ระบบยังไม่ได้อ่านรายชื่อที่นับได้จากสถานศึกษาใดในจังหวัด',
        next: `โปรดติดตามการบันทึกข้อมูล พิมพ์ ${SAY.left} แล้วสุ่มตรวจภายหลัง`,
      }
    case 'spot-check-seed-used':
      return {
        title: 'รหัสการสุ่มนี้ใช้ไปแล้ว',
        why: 'รหัสหนึ่งใช้สุ่มได้ครั้งเดียว',
        next: 'โปรดใช้รหัสอื่น หรือให้ระบบกำหนดเอง',
      }
    case 'spot-check-unknown':
      return {
        title: 'ไม่พบเลขข้อนี้ในรายการสุ่มตรวจ',
        why: `ข้อที่ไม่พบ: ${refusal.numbers.join(', ')} จึงยังไม่ได้บันทึกรายการใด`,
        next: `ดูเลขข้อ พิมพ์ ${SAY.spotCheck}`,
      }
    case 'duty-ended':
      return {
        title: 'หน้าที่ของท่านสิ้นสุดหรือถูกระงับแล้ว จึงไม่ได้ดำเนินการ',
        why: 'หน้าที่ที่ใช้เริ่มเรื่องนี้ไม่มีผลแล้วเมื่อระบบจะบันทึก',
        next: `ดูว่าใครรับผิดชอบ พิมพ์ ${SAY.inCharge}`,
      }
    case 'duty-state':
      return {
        title: 'ไม่ได้เปลี่ยนแปลงหน้าที่',
        why: `ขณะนี้ผู้นั้นอยู่ในสถานะ ${DUTY_STATE[refusal.state]}`,
        next: `ดูผู้รับผิดชอบปัจจุบัน พิมพ์ ${SAY.inCharge} ตามด้วยชื่อหน่วย`,
      }
    case 'invitation-over':
      return {
        title: 'รหัสนี้ใช้ไปแล้ว ถูกยกเลิก หรือหมดอายุแล้ว',
        why: 'จึงไม่มีรหัสที่ต้องยกเลิก',
        next: `ดูรหัสที่ยังไม่ใช้ พิมพ์ ${SAY.invitations}`,
      }
    case 'certifies-nothing':
      return {
        title: 'ผู้รับรองมีเฉพาะในสถานศึกษา',
        why: 'หน่วยระดับอื่นยืนยันโดยเจ้าหน้าที่ที่ได้รับแต่งตั้ง',
        next: `หากต้องการแต่งตั้งเจ้าหน้าที่ พิมพ์ ${SAY.invite} ตามด้วยชื่อหน่วย`,
      }
    case 'certifier-required':
      return {
        title: 'สถานศึกษานี้ต้องมีผู้รับรองก่อนยืนยัน',
        why: 'เปิดใช้ผู้รับรองไว้ เจ้าหน้าที่คนเดียวจึงยืนยันไม่ได้',
        next: `พิมพ์ ${SAY.confirm} เพื่อตรวจยอดและส่งให้ผู้รับรอง`,
      }
    case 'no-certifier':
      return {
        title: 'ยังไม่มีผู้รับรอง จึงยังยืนยันไม่ได้',
        why: 'สถานศึกษานี้เปิดใช้ผู้รับรอง แต่ยังไม่มีบุคคลอื่นที่ได้รับแต่งตั้งเป็นผู้รับรอง',
        next: `โปรดแจ้ง อปท. ให้พิมพ์ ${SAY.inviteCertifier} ตามด้วยชื่อสถานศึกษา หรือให้ปิดใช้ผู้รับรอง`,
      }
    case 'certifier-stays':
      return {
        title: 'สถานศึกษาปิดใช้ผู้รับรองเองไม่ได้',
        why: 'เมื่อเปิดใช้แล้ว ผู้ที่ปิดได้คือ อปท. ต้นสังกัด',
        next: `โปรดแจ้ง อปท. ให้พิมพ์ ${SAY.certifierOff} ตามด้วยชื่อสถานศึกษา`,
      }
    case 'certifier-only':
      return {
        title: 'เรื่องนี้เป็นของผู้รับรอง',
        why: 'ผู้รับรองต้องเป็นบุคคลอื่นที่ไม่ใช่เจ้าหน้าที่ผู้ส่ง และได้รับแต่งตั้งเป็นผู้รับรอง',
        next: `ดูว่าใครเป็นผู้รับรอง พิมพ์ ${SAY.inCharge}`,
      }
    case 'submission-over':
      return {
        title: 'ข้อมูลที่ส่งมาให้รับรองไม่มีผลแล้ว',
        why: 'มีการส่งใหม่ ส่งคืน ยืนยันไปแล้ว เจ้าหน้าที่ผู้ส่งพ้นหน้าที่ หรือ อปท. ปิดใช้ผู้รับรองแล้ว',
        next: `ดูข้อมูลปัจจุบัน พิมพ์ ${SAY.status} หากปิดใช้ผู้รับรองแล้ว เจ้าหน้าที่ยืนยันเองได้ พิมพ์ ${SAY.confirm}`,
      }
    case 'no-letter':
      return {
        title: 'ต้องมีเลขที่หนังสือ',
        why: 'การขยายเวลาและการยกเลิกการขยายเวลาต้องอ้างถึงหนังสือ',
        next: 'โปรดพิมพ์คำสั่งใหม่พร้อมเลขที่หนังสือ',
      }
    case 'in-the-past':
      return {
        title: 'เวลาที่ระบุผ่านไปแล้ว',
        why: `${dayAndTime(refusal.at)} เป็นเวลาที่ผ่านมาแล้ว`,
        next: 'โปรดระบุวันและเวลาที่ยังมาไม่ถึง',
      }
    case 'extends-nothing':
      return {
        title: 'เวลาที่ระบุไม่เกินเวลาปิดระบบ',
        why: `ระบบปิดเมื่อ ${dayAndTime(refusal.closesAt)} อยู่แล้ว การขยายเวลานี้จึงไม่มีผล`,
        next: 'โปรดระบุวันและเวลาหลังจากนั้น',
      }
    case 'unknown-unit':
      return {
        title: 'ไม่พบหน่วยที่ระบุ',
        why: 'หน่วยที่ระบุไม่มีในทะเบียน ปิดไปแล้ว หรือไม่ใช่ระดับที่ระบุ',
        next: 'โปรดตรวจชื่อหรือรหัสของหน่วย แล้วทำใหม่',
      }
    case 'extension-over':
      return {
        title: 'การขยายเวลานี้สิ้นสุดแล้ว',
        why: 'ครบกำหนดแล้ว หรือถูกยกเลิกไปก่อนหน้านี้',
        next: `ดูการขยายเวลาที่ยังมีผล พิมพ์ ${SAY.deadlines}`,
      }
    case 'round-archived':
      return {
        title: 'รอบนี้เก็บเข้าแฟ้มแล้ว',
        why: `เก็บเข้าแฟ้มเมื่อ ${dayAndTime(refusal.archivedAt)} จึงไม่มีการเปลี่ยนแปลงอีก`,
        next: 'หากมีเหตุจำเป็น โปรดทำเป็นหนังสือถึงกรม',
      }
    case 'has-something-to-confirm':
      return {
        title: 'อปท. นี้มีข้อมูลที่ต้องยืนยัน',
        why: `มีสถานศึกษาในสังกัด ${count(refusal.institutions)} แห่ง และสถานศึกษาสังกัดอื่น ${count(refusal.others)} แห่ง จึงบันทึกว่าไม่ต้องยืนยันไม่ได้`,
        next: 'ให้ อปท. ยืนยันตามปกติ หากทะเบียนไม่ถูกต้อง โปรดแจ้งกรมให้แก้ทะเบียน',
      }
    case 'extension-first':
      return {
        title: `ต้องขยายเวลาให้ ${refusal.unit.name} ก่อนรับคำสั่งนี้`,
        why: 'คำสั่งนี้คือการส่งข้อมูลให้ผู้รับรอง แต่ระบบปิดสำหรับสถานศึกษานี้แล้ว แม้รับไว้ ผู้รับรองก็ยืนยันไม่ได้',
        next: `พิมพ์ ${SAY.extend} ตามด้วยชื่อหรือรหัสของหน่วย วันที่ เลขที่หนังสือ และเหตุผล แล้วจึงรับคำสั่งนี้`,
      }
    case 'announcement-unknown':
      return {
        title: 'ไม่พบประกาศนี้',
        why: 'ไม่มีประกาศเลขที่นี้ที่ส่งถึงหน่วยของท่าน หรือที่หน่วยของท่านออก',
        next: `ดูประกาศของหน่วยและที่รอรับทราบ พิมพ์ ${SAY.announce}`,
      }
    case 'announcement-empty':
      return {
        title: 'ยังไม่มีข้อความประกาศ',
        why: 'ประกาศต้องมีข้อความ',
        next: `โปรดพิมพ์ ${SAY.announce} ตามด้วยข้อความ`,
      }
    case 'announcement-everywhere':
      return {
        title: 'ประกาศนี้ออกถึงทุกระดับแล้ว',
        why: 'ระบบส่งถึงหน่วยในสังกัดของท่านโดยตรงแล้ว จึงไม่ต้องส่งต่อ',
        next: `หากต้องการเน้นย้ำเพิ่มเติม พิมพ์ ${SAY.announce} ตามด้วยข้อความ`,
      }
    case 'announcement-passed-on':
      return {
        title: 'หน่วยของท่านส่งต่อประกาศนี้แล้ว',
        why: `${refusal.by} ส่งต่อเมื่อ ${dayAndTime(refusal.at)}`,
        next: `ดูว่าใครรับทราบแล้ว พิมพ์ ${SAY.announce}`,
      }
    case 'nobody-below':
      return {
        title: 'ไม่มีผู้รับประกาศ',
        why: 'ไม่มีหน่วยในสังกัดที่มีผู้รับผิดชอบซึ่งติดต่อทางแชตได้',
        next: `ดูผู้รับผิดชอบของหน่วยในสังกัด พิมพ์ ${SAY.inCharge}`,
      }
    case 'told-today':
      return {
        title: 'วันนี้ส่งประกาศนี้แล้ว',
        why: `ส่งถึงผู้ที่ยังไม่รับทราบได้วันละ 1 ครั้ง ส่งล่าสุดเมื่อ ${dayAndTime(refusal.at)}`,
        next: 'ส่งซ้ำได้ตั้งแต่วันพรุ่งนี้ หากเร่งด่วน โปรดติดต่อทางโทรศัพท์',
      }
    case 'all-acknowledged':
      return {
        title: 'ผู้รับประกาศรับทราบครบแล้ว',
        why: 'ไม่มีผู้ที่ยังไม่รับทราบประกาศนี้',
        next: `ดูประกาศอื่น พิมพ์ ${SAY.announce}`,
      }
    case 'group-linked':
      return {
        title: 'กลุ่มนี้เชื่อมกับหน่วยอื่นแล้ว',
        why: `กลุ่มนี้เชื่อมกับ ${refusal.unit.name} อยู่`,
        next: `ผู้รับผิดชอบของ ${refusal.unit.name} ต้องยกเลิกการเชื่อมกลุ่มก่อน โดยพิมพ์ ${SAY.unlinkGroup} ในแชตส่วนตัว`,
      }
    case 'held-decided':
      return {
        title: refusal.accepted ? 'มีผู้รับคำสั่งนี้แล้ว' : 'มีผู้พิจารณาไม่รับคำสั่งนี้แล้ว',
        why: `${refusal.by} พิจารณาเมื่อ ${dayAndTime(refusal.at)}`,
        next: `ดูคำสั่งที่ยังรอพิจารณา พิมพ์ ${SAY.lateTaps}`,
      }
    case 'not-closed-yet':
      return {
        title: 'ยังไม่ถึงเวลาปิดระบบ',
        why: `ระบบปิดเมื่อ ${dayAndTime(refusal.closesAt)} ระหว่างนี้ยังแก้ไขข้อมูลได้`,
        next: `ให้สถานศึกษาขอยกเลิกการยืนยันแล้วแก้ไข หรือยกเลิกการยืนยันโดยตรง พิมพ์ ${SAY.cancel} ตามด้วยชื่อหน่วย`,
      }
    case 'pupil-not-in-figure':
      return {
        title: 'ไม่พบผู้เรียนนี้ในยอดที่ยืนยันไว้',
        why: 'แถว เลขประจำตัว หรือชื่อที่ระบุ ไม่อยู่ในข้อมูลที่สถานศึกษายืนยันไว้และนับเป็นจำนวน',
        next: 'โปรดตรวจแล้วระบุใหม่ เช่น แถว 12 หรือเลขประจำตัวประชาชน 13 หลัก',
      }
    case 'pupil-unclear':
      return {
        title: 'มีผู้เรียนที่ตรงกันมากกว่าหนึ่งคน',
        why: `ตรงกับแถวที่ ${refusal.rows.slice(0, NAMED).join(', ')}`,
        next: 'โปรดระบุเป็นเลขแถว เช่น แถว 12',
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

function blockedPupils(refusal: Extract<Refusal, { why: 'shared-pupils' }>): string {
  const lines = refusal.pupils.map(({ row, number, at, lao, decidedBy }) => {
    const where = row === null ? number : `แถวที่ ${row} (${number})`
    return `${where} ${decidedBy === undefined ? 'มีอยู่ก่อนแล้วที่' : `${decidedBy} ให้นับที่`} ${at} (${lao})`
  })
  const left = refusal.total - refusal.pupils.length
  return left > 0 ? `${lines.join('\n')}\n${more(left, 'ราย')}` : lines.join('\n')
}

function endedWords(ended: Extract<Refusal, { why: 'request-ended' }>): string {
  const how = ENDED[ended.state] ?? 'มีผู้ดำเนินการไปก่อนหน้านี้แล้ว'
  return ended.by !== null && ended.at !== null ? `${how} โดย ${ended.by} เมื่อ ${dayAndTime(ended.at)}` : how
}
