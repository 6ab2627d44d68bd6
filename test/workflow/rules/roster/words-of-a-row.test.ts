import { describe, expect, it } from 'vitest'
import { isMarkedExisting } from '../../../../src/workflow/rules/roster/existence-mark.ts'
import { grades, isUsualAt, readGrade } from '../../../../src/workflow/rules/roster/grade.ts'
import { readPrefix, readSex } from '../../../../src/workflow/rules/roster/prefix.ts'
import { pupilStatuses, readStatus, statusCounts } from '../../../../src/workflow/rules/roster/status.ts'
import { cell } from './sample-row.ts'

describe('a grade', () => {
  it.each([
    ['เตรียมอนุบาล', 'เตรียมอนุบาล'],
    ['เตรียม อนุบาล', 'เตรียมอนุบาล'],
    ['ชั้นเตรียมอนุบาล', 'เตรียมอนุบาล'],
    ['เด็กเล็ก', 'เด็กเล็ก'],
    ['อ.1', 'อ.1'],
    ['อ1', 'อ.1'],
    ['อ. ๑', 'อ.1'],
    ['อนุบาล 1', 'อ.1'],
    ['อนุบาล1', 'อ.1'],
    ['อนุบาลปีที่ 3', 'อ.3'],
    ['ชั้นอนุบาลปีที่ ๒', 'อ.2'],
    ['ป.1', 'ป.1'],
    ['ป1', 'ป.1'],
    ['ป. 6', 'ป.6'],
    ['ประถมศึกษาปีที่ 1', 'ป.1'],
    ['ประถมศึกษาปีที่๑', 'ป.1'],
    ['ชั้นประถมศึกษาปีที่ 6', 'ป.6'],
    ['ประถม 4', 'ป.4'],
    ['ม.1', 'ม.1'],
    ['มัธยมศึกษาปีที่ 1', 'ม.1'],
    ['ชั้นมัธยมศึกษาปีที่ 6', 'ม.6'],
    ['ปวช.1', 'ปวช.1'],
    ['ปวช 3', 'ปวช.3'],
    ['ป.ว.ช. 2', 'ปวช.2'],
    ['ประกาศนียบัตรวิชาชีพชั้นปีที่ 1', 'ปวช.1'],
    ['ปวส.2', 'ปวส.2'],
    ['ประกาศนียบัตรวิชาชีพชั้นสูง ปีที่ 1', 'ปวส.1'],
  ])('%s is %s', (typed, name) => {
    expect(readGrade(typed)?.name).toBe(name)
  })

  it.each(['', 'อ.0', 'อ.4', 'ป.0', 'ป.7', 'ป.10', 'ม.7', 'ปวช.4', 'ปวส.3', 'ป', '1', 'ป.1/2', 'อนุบาล 3 ขวบ', 'K1'])(
    '%j is none',
    (typed) => {
      expect(readGrade(typed)).toBeNull()
    },
  )

  it('is usual at a centre up to อ.3, at a school from เด็กเล็ก to ม.6, at a college in ปวช. and ปวส.', () => {
    const usual = (kind: 'school' | 'college' | 'child_centre') =>
      grades.filter((grade) => isUsualAt(grade, kind)).map(({ name }) => name)
    expect(usual('child_centre')).toEqual(['เตรียมอนุบาล', 'เด็กเล็ก', 'อ.1', 'อ.2', 'อ.3'])
    expect(usual('school')[0]).toBe('เด็กเล็ก')
    expect(usual('school')).toHaveLength(1 + 3 + 6 + 6)
    expect(usual('college')).toEqual(['ปวช.1', 'ปวช.2', 'ปวช.3', 'ปวส.1', 'ปวส.2'])
  })
})

describe('a status', () => {
  it('counts only for those who are there', () => {
    expect(pupilStatuses.filter(statusCounts)).toEqual(['เรียนอยู่', 'ย้ายเข้า', 'รอออกรหัส G-Code'])
    expect(pupilStatuses).toHaveLength(8)
  })

  it.each([
    ['รอออกรหัส g-code', 'รอออกรหัส G-Code'],
    ['รอออกรหัสG-Code', 'รอออกรหัส G-Code'],
    ['รอออกรหัส GCode', 'รอออกรหัส G-Code'],
    ['รอออกรหัส G–Code', 'รอออกรหัส G-Code'],
    ['  เรียนอยู่ ', 'เรียนอยู่'],
    ['ไม่มี ตัวตน', 'ไม่มีตัวตน'],
  ])('%j is %s', (typed, status) => {
    expect(readStatus(typed)).toBe(status)
  })

  it.each(['', 'เรียน', 'จบ', 'พักการเรียน'])('%j is none', (typed) => {
    expect(readStatus(typed)).toBeNull()
  })
})

describe('a prefix', () => {
  it.each([
    ['ด.ช.', 'ด.ช.', 'm'],
    ['ด.ช', 'ด.ช.', 'm'],
    ['ดช.', 'ด.ช.', 'm'],
    ['ด. ช.', 'ด.ช.', 'm'],
    ['เด็กชาย', 'ด.ช.', 'm'],
    ['ด.ญ.', 'ด.ญ.', 'f'],
    ['เด็กหญิง', 'ด.ญ.', 'f'],
    ['นาย', 'นาย', 'm'],
    ['นางสาว', 'นางสาว', 'f'],
    ['น.ส.', 'นางสาว', 'f'],
    ['นาง', 'นาง', 'f'],
    ['สามเณร', 'สามเณร', 'm'],
    ['ม.ล.', 'ม.ล.', null],
    ['หม่อมหลวง', 'ม.ล.', null],
    ['ม.ร.ว.', 'ม.ร.ว.', null],
  ])('%s is %s', (typed, name, sex) => {
    expect(readPrefix(typed)).toMatchObject({ name, sex })
  })

  it.each(['', 'คุณ', 'เด็ก', 'ชาย'])('%j is none', (typed) => {
    expect(readPrefix(typed)).toBeNull()
  })

  it.each([
    ['ช', 'm'],
    ['ชาย', 'm'],
    ['ญ.', 'f'],
    ['หญิง', 'f'],
    ['?', null],
  ])('the sex %j is %s', (typed, sex) => {
    expect(readSex(typed)).toBe(sex)
  })
})

describe('the existence mark', () => {
  it.each([
    true,
    'TRUE',
    'true',
    'จริง',
    '✓',
    '✔️',
    '☑',
    '✅',
    '/',
    'ใช่',
    'มี',
    'มีตัวตน',
    'มีตัวตนอยู่จริง',
    'Y',
    'yes',
    '1',
    1,
    '๑',
  ])('%j is a yes', (typed) => {
    expect(isMarkedExisting(cell(typed))).toBe(true)
  })

  it.each([false, 'FALSE', 'เท็จ', '', null, '-', 'x', '✗', 'ไม่', 'ไม่ใช่', 'ไม่มี', 'ไม่มีตัวตน', 'N', '0', 0, 2])(
    '%j is none',
    (typed) => {
      expect(isMarkedExisting(cell(typed))).toBe(false)
    },
  )
})
