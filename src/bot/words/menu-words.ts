import type { MenuKind } from '../menus/menu-kind.ts'
import { SAY } from './say.ts'

/** On the bar under the chat: LINE takes 14 graphemes. */
export const MENU_BAR: Record<MenuKind, string> = {
  newcomer: 'เมนู',
  institution: 'เมนูสถานศึกษา',
  lao: 'เมนู อปท.',
  province: 'เมนูจังหวัด',
  department: 'เมนูกรม',
  executive: 'เมนูผู้บริหาร',
  certifier: 'เมนูผู้รับรอง',
}

/** Where a long command breaks on its button. Together the lines are the command, letter by letter. */
export const MENU_LINES: Partial<Record<string, readonly string[]>> = {
  [SAY.askReopening]: ['ขอยกเลิก', 'การยืนยัน'],
  [SAY.left]: ['รายชื่อที่', 'ยังไม่ยืนยัน'],
  [SAY.lateTaps]: ['คำสั่ง', 'ที่มาช้า'],
}
