import type { UnitLevel } from '../../db/schema.ts'
import type { LevelProgress, NotAcknowledged } from '../../workflow/announcement-progress.ts'
import type { LevelReached } from '../../workflow/announcement-scope.ts'
import { count, day, dayAndTime } from './dates.ts'
import { SAY } from './say.ts'
import { LEVEL, ROLE } from './terms.ts'

/** Warnings of the source documents, ready to be announced; what is typed after the name is added to them (R9, R10). */
export const TEMPLATES: readonly { name: string; title: string; words: string }[] = [
  {
    name: 'กำชับการมีตัวตน',
    title: 'กำชับให้ตรวจการมีตัวตน (แนวทางปี 2563 ข้อ 9.3)',
    words:
      'ขอให้กำชับผู้รับผิดชอบของสถานศึกษาทุกแห่งตรวจสอบนักเรียนและเด็กเล็กทุกคนว่ามีตัวตนอยู่จริง หากไม่มีตัวตนในสถานศึกษาแต่ยังมีข้อมูลอยู่ในระบบ ให้นำข้อมูลออกจากระบบก่อนยืนยัน\nทั้งนี้ หากตรวจพบภายหลังว่ามีการบันทึกข้อมูลผู้ที่ไม่มีตัวตนอยู่จริง ให้องค์กรปกครองส่วนท้องถิ่นพิจารณาดำเนินการแก่ผู้รับผิดชอบที่มีส่วนเกี่ยวข้องกับการบันทึกข้อมูลดังกล่าว',
  },
  {
    name: 'เน้นย้ำผู้บริหาร',
    title: 'เน้นย้ำผู้บริหารท้องถิ่นให้กำกับดูแล (หนังสือปี 2567 ข้อ 4)',
    words:
      'ขอเน้นย้ำผู้บริหารท้องถิ่นกำกับดูแลให้เจ้าหน้าที่ตรวจสอบและบันทึกข้อมูลนักเรียนหรือเด็กเล็กให้ถูกต้องครบถ้วน ก่อนการยืนยันข้อมูล\nเนื่องจากฐานข้อมูลนี้เป็นข้อมูลสำคัญต่อการพิจารณาจัดสรรเงินอุดหนุนทั่วไป ค่าอาหารเสริม (นม) และอาหารกลางวัน',
  },
]

export const BELOW_LEVEL: Record<UnitLevel, UnitLevel | null> = {
  department: 'province',
  province: 'lao',
  lao: 'institution',
  institution: null,
}

const people = (n: number): string => `${count(n)} คน`

export const ANNOUNCE = {
  alt: 'ประกาศของหน่วย',
  title: 'ประกาศ',
  how: `ออกประกาศถึงหน่วยในสังกัด พิมพ์ ${SAY.announce} ตามด้วยข้อความ ระบบจะแสดงตัวอย่างและจำนวนผู้รับก่อนส่ง\nหากอ้างหนังสือ พิมพ์ ${SAY.announce} ตามหนังสือ (เลขที่): (ข้อความ)`,
  templates: 'ข้อความที่เตรียมไว้ เพิ่มคำของท่านต่อท้ายได้',
  waiting: 'รอท่านรับทราบ',
  nothingWaiting: 'ไม่มีประกาศที่รอท่านรับทราบ',
  own: 'ประกาศของหน่วยท่าน',
  item: (id: number, from: string, at: number) => `ประกาศที่ ${id} จาก ${from} (${day(at)})`,
  ownItem: (id: number, at: number, words: string) => `ประกาศที่ ${id} (${day(at)}) ${words}`,
  useTemplate: (name: string) => `${SAY.announce} ${name}`,
  previewAlt: 'ตัวอย่างประกาศ ยังไม่ได้ส่ง',
  previewTitle: 'ตัวอย่างประกาศ (ยังไม่ได้ส่ง)',
  passOnTitle: (id: number) => `ส่งต่อประกาศที่ ${id} (ยังไม่ได้ส่ง)`,
  letter: 'หนังสือ',
  reached: (level: LevelReached) =>
    [
      people(level.people),
      ...(level.unreached > 0 ? [`ติดต่อทางแชตไม่ได้ ${people(level.unreached)}`] : []),
      ...(level.vacant > 0 ? [`ไม่มีผู้รับผิดชอบ ${count(level.vacant)} หน่วย`] : []),
    ].join('\n'),
  levelOf: (level: UnitLevel) => `ผู้รับใน${level === 'lao' ? ' ' : ''}${LEVEL[level]}`,
  cost: (input: { people: number; left: number | null }) =>
    `ส่ง 1 ครั้งใช้โควตาข้อความของ LINE ${count(input.people)} ข้อความ (นับตามจำนวนผู้รับ)${input.left === null ? '' : ` เดือนนี้เหลือ ${count(input.left)} ข้อความ`}`,
  short: 'โควตาข้อความที่เหลือไม่พอ ผู้รับบางส่วนจะได้รับช้า',
  levelByLevel: (below: UnitLevel) =>
    `ถ้าเลือกส่งถึงระดับ${below === 'lao' ? ' ' : ''}${LEVEL[below]} หน่วยที่ได้รับส่งต่อถึงหน่วยในสังกัดของตน พร้อมคำเน้นย้ำได้`,
  addWord: (id: number) => `เพิ่มคำเน้นย้ำของท่าน พิมพ์ ${SAY.passOn} ${id} ตามด้วยคำเน้นย้ำ`,
  sendAll: (n: number) => `ส่งถึงทุกระดับ (${people(n)})`,
  sendNext: (below: UnitLevel, n: number) => `ส่งถึง${below === 'lao' ? ' ' : ''}${LEVEL[below]} (${people(n)})`,
  sureAll: `${SAY.announceSure}ถึงทุกระดับ`,
  sureNext: (below: UnitLevel) => `${SAY.announceSure}ถึง${below === 'lao' ? ' ' : ''}${LEVEL[below]}`,
  whichReach: (typed: readonly string[]) => `ส่งได้หลายแบบ โปรดพิมพ์ ${typed.join(' หรือ ')}`,
  nothingOffered: `ยังไม่มีตัวอย่างประกาศแบบนี้ให้ส่ง โปรดพิมพ์ ${SAY.announce} ตามด้วยข้อความก่อน`,
  made: (input: { id: number; people: number }) =>
    `ออกประกาศที่ ${input.id} แล้ว ผู้รับ ${people(input.people)} ระบบทยอยส่ง\nดูว่าใครรับทราบแล้ว พิมพ์ ${SAY.whoAcknowledged} ${input.id}`,
} as const

export const RECEIVED = {
  alt: (id: number) => `ประกาศที่ ${id} โปรดอ่านและรับทราบ`,
  title: (id: number) => `ประกาศที่ ${id}`,
  from: (unit: string) => `จาก ${unit}`,
  added: (unit: string) => `${unit} เน้นย้ำ`,
  passedOnBy: (unit: string) => `ส่งต่อโดย ${unit}`,
  issued: (by: string | null, at: number) => (by ? `ออกโดย ${by} ${dayAndTime(at)}` : `ออกเมื่อ ${dayAndTime(at)}`),
  acknowledge: 'รับทราบ',
  typed: (id: number) => `${SAY.acknowledge} ${id}`,
  passOn: 'ส่งต่อถึงหน่วยในสังกัด',
  passOnTyped: (id: number) => `${SAY.passOn} ${id}`,
  done: (id: number) => `บันทึกแล้วว่าท่านรับทราบประกาศที่ ${id} ผู้ออกประกาศเห็นว่าท่านรับทราบแล้ว`,
  already: (id: number) => `ท่านรับทราบประกาศที่ ${id} ไว้แล้ว`,
  which: (ids: readonly number[]) =>
    `มีประกาศรอท่านรับทราบหลายฉบับ โปรดพิมพ์ ${ids.map((id) => `${SAY.acknowledge} ${id}`).join(' หรือ ')}`,
} as const

export const ACKNOWLEDGED = {
  alt: 'ผู้รับทราบประกาศ',
  title: (id: number) => `ใครรับทราบประกาศที่ ${id}`,
  level: (level: LevelProgress) =>
    `รับทราบ ${count(level.acknowledged)} จาก ${people(level.told)}${level.unreached > 0 ? `\nติดต่อทางแชตไม่ได้ ${people(level.unreached)}` : ''}`,
  passedOn: 'ส่งต่อแล้ว',
  units: (n: number) => `${count(n)} หน่วย`,
  waitingFor: (n: number) => `ยังไม่รับทราบ ${people(n)}`,
  nobodyWaits: 'รับทราบครบทุกคนแล้ว',
  stillSending: 'ระบบยังทยอยส่งอยู่ จำนวนผู้รับจะเพิ่มขึ้น',
  person: (one: NotAcknowledged) =>
    `${one.unitName} · ${one.name} (${ROLE[one.role]})${one.reached ? '' : ` ติดต่อทางแชตไม่ได้${one.telephone ? ` โทร. ${one.telephone}` : ''}`}`,
  note: 'รับทราบ หมายถึงผู้รับกดหรือพิมพ์รับทราบเอง การที่ LINE รับข้อความไว้ไม่ได้หมายความว่าอ่านแล้ว',
  repeat: 'ส่งซ้ำถึงผู้ที่ยังไม่รับทราบ',
  repeatTyped: (id: number) => `${SAY.repeatAnnouncement} ${id}`,
  repeated: (id: number) => `กำลังส่งประกาศที่ ${id} ซ้ำถึงผู้ที่ยังไม่รับทราบ ส่งซ้ำได้วันละ 1 ครั้ง`,
  pick: `โปรดระบุเลขที่ประกาศ เช่น ${SAY.whoAcknowledged} 12 ดูรายการ พิมพ์ ${SAY.announce}`,
  pickPassOn: `โปรดระบุเลขที่ประกาศ เช่น ${SAY.passOn} 12 ดูรายการ พิมพ์ ${SAY.announce}`,
} as const
