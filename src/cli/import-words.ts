import type { ImportReport } from '../workflow/import-units.ts'
import type { PlanStep } from '../workflow/units-plan.ts'

const MOST = 200

/** What a units file changed or, dry, would change: one line each, then the sums. Additions are summed alone, they may be all of Thailand. */
export function importLines(report: ImportReport, options: { isDry: boolean }): string[] {
  const told = report.steps.filter((step) => step.what !== 'details' && (options.isDry || !isAddition(step)))
  const lines = told.slice(0, MOST).map(stepLine)
  if (told.length > MOST) lines.push(`และอีก ${told.length - MOST} รายการ`)
  const { absent } = report
  for (const { code, name } of absent.slice(0, MOST)) lines.push(`ไม่อยู่ในไฟล์: ${code} ${name} (ไม่ถูกปิด)`)
  if (absent.length > MOST) lines.push(`ไม่อยู่ในไฟล์อีก ${absent.length - MOST} แห่ง`)
  lines.push(sums(report))
  if (options.isDry) lines.push('เป็นแผนเท่านั้น ยังไม่ได้นำเข้า')
  return lines
}

function sums(report: ImportReport): string {
  const { added, renamed, recoded, moved, closed, unchanged, absent } = report
  const rare = [
    recoded > 0 ? ` เปลี่ยนรหัส ${recoded}` : '',
    closed > 0 ? ` ปิด ${closed}` : '',
    absent.length > 0 ? ` ไม่อยู่ในไฟล์ ${absent.length}` : '',
  ]
  return `เพิ่ม ${added} แห่ง เปลี่ยนชื่อ ${renamed} ย้ายสังกัด ${moved} ไม่เปลี่ยนแปลง ${unchanged}${rare.join('')}`
}

const isAddition = (step: PlanStep): boolean => step.what === 'add' || step.what === 'add-province'

function stepLine(step: PlanStep): string {
  switch (step.what) {
    case 'add-province':
      return `เพิ่ม: ${step.code} ${step.name}`
    case 'rename-province':
      return `เปลี่ยนชื่อ: ${step.unit.name} เป็น ${step.name}`
    case 'add':
      return `เพิ่ม: ${step.row.code} ${step.row.name}`
    case 'rename':
      return `เปลี่ยนชื่อ: ${step.row.code} ${step.unit.name} เป็น ${step.row.name}`
    case 'details':
      return `แก้ไขที่อยู่หรือโทรศัพท์: ${step.row.code} ${step.row.name}`
    case 'recode':
      return `เปลี่ยนรหัส: ${step.row.formerCode} ${step.unit.name} เป็น ${step.row.code} ${step.row.name}`
    case 'move':
      return `ย้ายสังกัด: ${step.row.code} ${step.row.name} ไป ${'unit' in step.parent ? step.parent.unit.name : step.parent.newCode}`
    case 'close':
      return `ปิด: ${step.row.code} ${step.unit.name}`
  }
}
