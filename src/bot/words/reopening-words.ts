import type { Component } from '../../db/schema.ts'
import { dayAndTime } from './dates.ts'
import { SAY } from './say.ts'
import { ABOVE, CATEGORY, COMPONENT, withoutIds } from './terms.ts'

export const CATEGORY_BUTTON = {
  moved_in: CATEGORY.moved_in,
  moved_out: CATEGORY.moved_out,
  not_existing: CATEGORY.not_existing,
  wrong_data: CATEGORY.wrong_data,
  other: CATEGORY.other,
} as const

export const ASK = {
  title: 'ขอยกเลิกการยืนยัน เพราะเหตุใด',
  alt: 'เลือกเหตุที่ขอยกเลิกการยืนยันข้อมูล',
  why: (component: Component) =>
    `${COMPONENT[component]}ยืนยันแล้ว จึงแก้ไขเองไม่ได้ ต้องขอให้ ${ABOVE[component]} ยกเลิกการยืนยันก่อน`,
  choose: 'เลือกเหตุ หรือพิมพ์เหตุผลได้เลย',
  reason: (category: string) =>
    `เหตุ: ${category}\nโปรดพิมพ์เหตุผลสั้น ๆ ว่ากี่คน เมื่อใด เช่น "2 คน เมื่อวันที่ 5 มิถุนายน"\n(ไม่ต้องพิมพ์ชื่อหรือเลขประจำตัวประชาชน หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  whichTitle: 'ขอยกเลิกการยืนยันรายการใด',
  whichAlt: 'เลือกรายการที่จะขอยกเลิกการยืนยัน',
  overview: 'ภาพรวม',
  otherCounts: 'สังกัดอื่น',
  asked: (waitingAt: string) =>
    `ส่งคำขอยกเลิกการยืนยันแล้ว ขณะนี้รอ ${waitingAt} พิจารณา\nจะแจ้งผลในแชตนี้ ระหว่างนี้ยอดที่ยืนยันไว้ยังใช้อยู่\nหากเปลี่ยนใจ พิมพ์ ${SAY.withdraw}`,
  nobodyThere: (waitingAt: string) =>
    `ขณะนี้ ${waitingAt} ยังไม่มีเจ้าหน้าที่ที่ติดต่อทางแชตนี้ได้ โปรดโทรศัพท์แจ้งด้วย ดูหมายเลขโทรศัพท์ พิมพ์ ${SAY.inCharge}`,
  withdrawn: 'ถอนคำขอแล้ว ยอดที่ยืนยันไว้ยังใช้ตามเดิม',
  noneOpen: 'ไม่มีคำขอของหน่วยท่านที่รออยู่',
  stopped: 'เลิกเรื่องที่ถามไว้แล้ว ไม่มีการบันทึกใด ๆ',
} as const

export const REQUESTS = {
  alt: 'คำขอยกเลิกการยืนยันที่รอท่านพิจารณา',
  none: 'ไม่มีคำขอที่รอท่านพิจารณา',
  title: (number: number, unit: string) => `${number}. ${unit}`,
  over: 'คำขอยกเลิกการยืนยัน',
  waiting: (waiting: number) => `คำขอที่รอท่านพิจารณา ${waiting} เรื่อง`,
  component: 'รายการ',
  category: 'เหตุ',
  reason: 'เหตุผล',
  askedAt: 'ขอเมื่อ',
  steps: 'เห็นชอบแล้วโดย',
  endorse: 'เห็นชอบและส่งต่อ',
  carryOut: 'ยกเลิกการยืนยัน',
  sendBack: 'ส่งคืนคำขอ',
  endorseNote: (next: string) =>
    `หน่วยของท่านยืนยันแล้วเช่นกัน การเห็นชอบคือยินยอมให้ยกเลิกการยืนยันของหน่วยท่านด้วย และส่งเรื่องต่อให้${next}พิจารณา`,
  carryOutNote: 'เมื่อยกเลิก จะยกเลิกจากระดับบนลงมาในคราวเดียว เฉพาะหน่วยที่ขอ หน่วยอื่นยังยืนยันตามเดิม',
  typedYes: (unit: string) => `${SAY.endorse} ${unit}`,
  typedNo: (unit: string) => `${SAY.sendBack} ${unit}`,
  endorsed: (unit: string, next: string) => `เห็นชอบคำขอของ ${unit} แล้ว ส่งต่อให้ ${next} พิจารณา`,
  carriedOut: (unit: string, sheetOpens: boolean) =>
    `ยกเลิกการยืนยันของ ${unit} แล้ว ${sheetOpens ? 'ตารางเปิดให้แก้ไข และ' : ''}ระบบจะแจ้งผู้เกี่ยวข้อง`,
  askWord: (unit: string) => `ส่งคืนคำขอของ ${unit}\nโปรดพิมพ์เหตุผลที่ส่งคืน (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  sentBack: (unit: string) => `ส่งคืนคำขอของ ${unit} แล้ว ข้อมูลยังยืนยันตามเดิม และระบบจะแจ้งผู้ขอ`,
  pick: `ยังไม่ได้ดำเนินการ เพราะไม่ชัดว่าหมายถึงคำขอใด โปรดกดปุ่มใต้คำขอนั้น หรือพิมพ์ ${SAY.endorse} หรือ ${SAY.sendBack} ตามด้วยชื่อหน่วยที่ขอ`,
} as const

export const CANCEL = {
  which: `โปรดพิมพ์ชื่อหน่วยที่จะยกเลิก เช่น ${SAY.cancel} โรงเรียนบ้านนา`,
  chooseTitle: 'ยกเลิกการยืนยันรายการใด',
  chooseAlt: 'เลือกรายการที่จะยกเลิกการยืนยัน',
  askReason: (unit: string, component: Component) =>
    `จะยกเลิกการยืนยันของ ${unit}: ${COMPONENT[component]}\nโปรดพิมพ์เหตุผล หน่วยนั้นจะได้รับแจ้งพร้อมเหตุผลนี้ (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  done: (unit: string) => `ยกเลิกการยืนยันของ ${unit} แล้ว ระบบจะแจ้งหน่วยนั้นพร้อมเหตุผล`,
} as const

export const PROGRESS = {
  title: 'ความคืบหน้าของคำขอ',
  alt: 'ความคืบหน้าของคำขอยกเลิกการยืนยัน',
  asked: 'ส่งคำขอแล้ว',
  endorsed: (by: string, next: string) => `${by} เห็นชอบแล้ว ขณะนี้รอ ${next}`,
  carriedOut: (by: string) => `${by} ยกเลิกการยืนยันตามคำขอแล้ว แก้ไขข้อมูลได้ เมื่อแก้เสร็จ ต้องยืนยันใหม่ พิมพ์ ${SAY.confirm}`,
  sentBack: (by: string, word: string) =>
    `${by} ส่งคืนคำขอ เหตุผล: ${withoutIds(word)}\nข้อมูลยังยืนยันตามเดิม หากยังจำเป็น ขอใหม่ได้โดยพิมพ์ ${SAY.askReopening}`,
  withdrawn: 'ถอนคำขอแล้ว',
  lapsed: (component: Component) =>
    `คำขอสิ้นสุดเพราะระบบปิดแล้ว ยอดที่ยืนยันไว้ยังใช้ตามเดิม หากจำเป็น ${component === 'province' ? 'โปรดทำหนังสือขอขยายเวลาต่อกรม' : `โปรดแจ้ง${component === 'roster' ? ' ' : ''}${ABOVE[component]} เพื่อทำหนังสือขอขยายเวลาต่อกรม`}`,
} as const

export const CANCELLED = {
  title: 'การยืนยันถูกยกเลิก',
  alt: 'การยืนยันข้อมูลของหน่วยท่านถูกยกเลิก โปรดดูรายละเอียด',
  chip: 'อยู่ระหว่างแก้ไข',
  by: 'ยกเลิกโดย',
  receipt: 'ใบรับเดิม',
  reason: 'เหตุผล',
  at: 'เมื่อ',
  sheet: `ตารางเปิดให้แก้ไขแล้ว เมื่อแก้เสร็จ ต้องยืนยันใหม่ พิมพ์ ${SAY.confirm}`,
  above: `เมื่อหน่วยในความรับผิดชอบแก้ไขและยืนยันครบแล้ว หน่วยของท่านต้องยืนยันใหม่อีกครั้ง พิมพ์ ${SAY.confirm}`,
  reported: 'ระหว่างนี้ยอดที่ยืนยันครั้งก่อนยังเป็นยอดที่รายงาน',
} as const

export const stepWord = (at: number, unit: string): string => `${unit} (${dayAndTime(at)})`
