import { describe, expect, it } from 'vitest'
import { findRosterColumns, toRawRows } from '../../src/sheets/roster-columns.ts'
import { columnHeader, rosterColumns } from '../../src/workflow/rules/roster/columns.ts'

const headerOf = (...texts: string[]) => ({ row: 1, cells: texts.map((text) => ({ kind: 'text' as const, text })) })
const template = rosterColumns.map((column) => columnHeader(column))
const inOrder = Object.fromEntries(rosterColumns.map((column, at) => [column, at]))

describe('the columns of a roster', () => {
  it('are found by the words of the template', () => {
    expect(findRosterColumns(headerOf(...template))).toEqual({ ok: true, columns: inOrder })
  })

  it('are found in any order, between columns that are none of ours', () => {
    const found = findRosterColumns(headerOf('ลำดับ', ...template.toReversed(), 'ศาสนา'))
    expect(found).toMatchObject({ ok: true, columns: { explanation: 1, nationalId: 14 } })
  })

  it('are found under the words of RPT318 and with เด็กเล็ก at a centre', () => {
    const words: Record<string, string> = { สถานะ: 'สภาพนักเรียน', เลขประจำตัวนักเรียน: 'เลขประจำตัวเด็กเล็ก' }
    const found = findRosterColumns(headerOf(...template.map((word) => words[word] ?? word)))
    expect(found).toEqual({ ok: true, columns: inOrder })
  })

  it.each([
    [' เลขประจำตัวประชาชน ', 'nationalId'],
    ['\ufeffเลขประจำตัวประชาชน', 'nationalId'],
    ['เลขประจำตัว\nประชาชน', 'nationalId'],
    ['เลขประจำตัวประชาชน*', 'nationalId'],
    ['เลขประจำตัวประชาชน (13 หลัก)', 'nationalId'],
    ['เลขประจำตัวประชาชน ๑๓ หลัก', 'nationalId'],
    ['ค\u0e4d\u0e32นำหน้า', 'prefix'],
    ['คำนำหน้าชื่อ', 'prefix'],
    ['วัน/เดือน/ปี เกิด', 'birthDate'],
    ['ว.ด.ป. เกิด', 'birthDate'],
    ['วันเกิด', 'birthDate'],
    ['ชั้น', 'grade'],
    ['ชื่อสกุล', 'lastName'],
    ['สถานะ :', 'status'],
  ] as const)('%j names %s', (text, column) => {
    const others = template.filter((word) => word !== columnHeader(column))
    expect(findRosterColumns(headerOf(...others, text))).toMatchObject({ ok: true, columns: { [column]: 13 } })
  })

  it('may lack those that are not required', () => {
    const optional = ['เลขประจำตัวนักเรียน', 'เพศ', 'ห้อง', 'วันที่เข้าศึกษา', 'คำชี้แจง']
    expect(findRosterColumns(headerOf(...template.filter((word) => !optional.includes(word)))).ok).toBe(true)
  })

  it.each([[[]], [['', ' ']], [['1101700207030', 'ด.ช.', 'ก', 'ข']]])('%j is no header: one problem', (texts) => {
    expect(findRosterColumns(headerOf(...texts))).toMatchObject({
      ok: false,
      problem: { row: 1, column: null, code: 'header_missing', severity: 'error' },
    })
  })

  it('with a renamed required header import nothing and name what is missing', () => {
    const found = findRosterColumns(headerOf(...template.map((word) => (word === 'ระดับชั้น' ? 'ชั้นที่' : word))))
    expect(found).toMatchObject({ ok: false, problem: { code: 'header_missing' } })
    expect(found.ok ? '' : found.problem.message).toContain('ไม่พบหัวคอลัมน์ ระดับชั้น จึง')
  })

  it.each(['ชื่อ', 'ห้อง', 'สภาพนักเรียน'])('with %s there a second time import nothing and say where', (word) => {
    const found = findRosterColumns(headerOf(...template, word))
    expect(found).toMatchObject({ ok: false, problem: { code: 'header_ambiguous', column: null } })
    expect(found.ok ? '' : found.problem.message).toMatch(/คอลัมน์ [A-N], O/)
  })

  it('whose place metadata knows need no word, and a second word does not confuse them', () => {
    const renamed = template.map((word) => (word === 'ระดับชั้น' ? 'ชั้นที่' : word))
    expect(findRosterColumns(headerOf(...renamed), { grade: 8 })).toEqual({ ok: true, columns: inOrder })
    expect(findRosterColumns(headerOf(...template, 'ห้อง'), { room: 9 })).toEqual({ ok: true, columns: inOrder })
  })

  it('are all that is read of a row', () => {
    const text = (value: string) => ({ kind: 'text' as const, text: value })
    const rows = [{ row: 7, cells: [text('พุทธ'), text('สมชาย')] }]
    expect(toRawRows(rows, { firstName: 1, lastName: 2 })).toEqual([
      { row: 7, cells: { firstName: text('สมชาย'), lastName: { kind: 'empty' } } },
    ])
  })
})
