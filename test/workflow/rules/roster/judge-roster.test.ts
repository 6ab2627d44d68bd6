import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnNamed, rosterColumns } from '../../../../src/workflow/rules/roster/columns.ts'
import { judgeRoster } from '../../../../src/workflow/rules/roster/judge-roster.ts'
import { at, atSchool, cell, codesOf, goodRow, rowsOf, type TypedRow, validId } from './sample-row.ts'

const serial = (year: number, month: number, day: number) =>
  (Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000

describe('a good row', () => {
  it('becomes a pupil without problems', () => {
    const { pupils, problems } = judgeRoster(rowsOf({}), atSchool)
    expect(problems).toEqual([])
    expect(pupils).toEqual([
      {
        row: 2,
        key: '1101700207030',
        numberKind: 'national_id',
        number: '1101700207030',
        pupilNumber: '1001',
        prefix: 'ด.ช.',
        firstName: 'ทดสอบ',
        lastName: 'ตัวอย่าง',
        sex: 'm',
        birthDate: { year: 2017, month: 5, day: 15 },
        nationality: 'ไทย',
        grade: 'ป.1',
        room: '1',
        enteredOn: { year: 2023, month: 5, day: 16 },
        status: 'เรียนอยู่',
        counts: true,
        exists: true,
        explanation: '',
      },
    ])
  })

  it.each<[string, TypedRow]>([
    ['optional columns left empty', { pupilNumber: null, sex: null, room: null, enteredOn: null, explanation: null }],
    ['an optional date given as a dash', { enteredOn: '-' }],
    ['numbers where text is usual', { pupilNumber: 1001, room: 1 }],
    ['a serial as birth date', { birthDate: serial(2017, 5, 15) }],
    ['a last name that is a dash (people without one)', { lastName: '-' }],
    ['an existence mark as text', { exists: '✓' }],
  ])('stays good with %s', (_, change) => {
    expect(codesOf(change)).toEqual([])
  })
})

describe('required cells', () => {
  it.each(['nationalId', 'prefix', 'firstName', 'lastName', 'birthDate', 'nationality', 'grade', 'status'] as const)(
    '%s: blank is an error',
    (column) => {
      for (const blank of [null, '', '  ', '\u00a0\u200b']) {
        expect(codesOf({ [column]: blank })).toEqual([`${column}:required_blank`])
      }
    },
  )

  it.each(rosterColumns)('%s: a formula is an error, once', (column) => {
    const found = codesOf({ [column]: { kind: 'formula', text: '=A1' } })
    expect(found).toEqual([`${column}:cell_formula`])
  })

  it.each<[TypedRow, string]>([
    [{ prefix: 'คุณ' }, 'prefix:prefix_unknown'],
    [{ grade: 'ป.7' }, 'grade:grade_unknown'],
    [{ status: 'พักการเรียน' }, 'status:status_unknown'],
    [{ nationality: '099' }, 'nationality:nationality_unknown'],
    [{ birthDate: 'ไม่ทราบ' }, 'birthDate:birth_unreadable'],
  ])('%j is not in the list', (change, code) => {
    expect(codesOf(change)).toEqual([code])
  })

  it.each(['เรียนอยู่', 'ย้ายเข้า', 'รอออกรหัส G-Code'])('%s counts and needs the existence mark', (status) => {
    for (const exists of [false, null, 'FALSE', 'ไม่']) {
      expect(codesOf({ status, exists })).toEqual(['exists:exists_missing'])
    }
  })

  it.each(['ย้ายออก', 'จบการศึกษา', 'ลาออก', 'เสียชีวิต', 'ไม่มีตัวตน'])('%s does not count and needs none', (status) => {
    const { pupils, problems, totals } = judgeRoster(rowsOf({ status, exists: false }), atSchool)
    expect(problems).toEqual([])
    expect(pupils).toMatchObject([{ counts: false, exists: false }])
    expect(totals).toMatchObject({ counted: 0, notCounted: 1, byStatus: { [status]: 1 } })
  })
})

describe('the number of a pupil', () => {
  it.each<[TypedRow, string[]]>([
    [{ nationalId: '0113200420331', nationality: 'ลาว' }, []],
    [{ nationalId: '1101700230705' }, ['nationalId:id_check_digit']],
    [{ nationalId: '1.1017E+12' }, ['nationalId:id_rounded']],
    [{ nationalId: 113200420331 }, ['nationalId:id_lost_zero']],
    [{ nationalId: '1234567890121' }, ['nationalId:id_placeholder']],
    [{ nationalId: '1111111111111' }, ['nationalId:id_placeholder']],
    [{ nationalId: '110170020703' }, ['nationalId:id_length']],
    [{ nationalId: 'ไม่มี' }, ['nationalId:id_characters']],
    [{ nationalId: validId('9') }, ['nationalId:id_first_digit_9']],
    [{ nationalId: validId('0') }, ['nationalId:id_not_thai_series?']],
    [{ nationalId: validId('6') }, ['nationalId:id_not_thai_series?']],
    [{ nationalId: validId('7'), nationality: 'สัญชาติไทย' }, ['nationalId:id_not_thai_series?']],
    [{ nationalId: validId('8') }, []],
    [{ nationalId: validId('0'), nationality: 'เมียนมา' }, []],
    [{ nationalId: validId('6'), nationality: 'กัมพูชา' }, []],
    [{ nationalId: validId('7'), nationality: 'ไม่ปรากฏสัญชาติ' }, []],
    [{ nationalId: validId('3') }, ['nationalId:id_old_series?']],
    [{ nationalId: validId('4'), birthDate: '2560' }, ['nationalId:id_old_series?']],
    [{ nationalId: 'G644200000001' }, []],
    [{ nationalId: 'g644200000001' }, []],
    [{ nationalId: 'G12345' }, ['nationalId:gcode_old_form?']],
    [{ nationalId: null, status: 'รอออกรหัส G-Code' }, ['nationalId:gcode_waiting?']],
    [{ nationalId: null, status: 'ย้ายเข้า' }, ['nationalId:required_blank']],
    [{ nationalId: null, status: 'ย้ายออก' }, ['nationalId:required_blank']],
    [{ nationalId: 'G644200000001', status: 'รอออกรหัส G-Code' }, []],
  ])('%j gives %j', (change, codes) => {
    expect(codesOf(change)).toEqual(codes)
  })

  it.each([
    ['31/12/2527', false],
    ['01/01/2528', true],
  ])('beginning with 3 and a birth on %s: warned %s', (birthDate, warned) => {
    const college = { nationalId: validId('3'), birthDate, prefix: 'นาย', grade: 'ปวส.2' }
    expect(codesOf(college, at('college')).includes('nationalId:id_old_series?')).toBe(warned)
  })

  it('that lost its zero is offered whole to the sheet and masked to everyone else', () => {
    const [found] = judgeRoster(rowsOf({ nationalId: '113200420331' }), atSchool).problems
    expect(found?.suggestion).toBe('0113200420331')
    expect(found?.message).toContain('0-1132-xxxxx-xx-1')
  })

  it.each<[string, TypedRow]>([
    ['a child who waits', { nationalId: null, status: 'รอออกรหัส G-Code' }],
    ['a counted pupil', { nationalId: null }],
  ])('that %s has not yet comes with the steps to a G-Code and what to do meanwhile (R27)', (_, change) => {
    const [found] = judgeRoster(rowsOf(change), atSchool).problems
    for (const word of ['31 ตุลาคม 2562', 'http://www.gcode.moe.go.th', 'ลงทะเบียน', 'ระหว่างรอ', 'คำชี้แจง']) {
      expect(found?.message).toContain(word)
    }
  })

  it('that is wrong leaves a trace of who stands in the row', () => {
    const { keysInErrorRows, tracesInErrorRows } = judgeRoster(
      rowsOf({}, { nationalId: '1' }, { nationalId: null, birthDate: 'ไม่ทราบ', firstName: '' }),
      atSchool,
    )
    expect(keysInErrorRows).toEqual(['1'])
    expect(tracesInErrorRows).toEqual([
      { row: 3, firstName: 'ทดสอบ', lastName: 'ตัวอย่าง', birthDate: { year: 2017, month: 5, day: 15 } },
      { row: 4, firstName: '', lastName: 'ตัวอย่าง', birthDate: null },
    ])
  })

  it('that stands twice is an error on both rows, and both rows are named', () => {
    const { problems, pupils } = judgeRoster(
      rowsOf({}, { nationalId: validId('2') }, { nationalId: '1-1017-00207-03-0' }),
      atSchool,
    )
    expect(problems.map(({ row, column, code, severity }) => [row, column, code, severity])).toEqual([
      [2, 'nationalId', 'number_duplicate', 'error'],
      [4, 'nationalId', 'number_duplicate', 'error'],
    ])
    for (const { message } of problems) expect(message).toMatch(/แถวที่ 2 และแถวที่ 4/)
    expect(pupils.map(({ row }) => row)).toEqual([3])
  })

  it('that stands twice is found in G-Codes too, and whatever the status', () => {
    const { problems } = judgeRoster(
      rowsOf({ nationalId: 'g644200000001' }, { nationalId: 'G644200000001', status: 'ย้ายออก' }),
      atSchool,
    )
    expect(problems.map(({ code }) => code)).toEqual(['number_duplicate', 'number_duplicate'])
  })

  it('that stands in a thousand rows names its own row and no endless list', () => {
    const { problems } = judgeRoster(rowsOf(...Array.from({ length: 1000 }, () => ({}))), atSchool)
    expect(problems).toHaveLength(1000)
    expect(problems[499]?.message).toContain('แถวที่ 501')
    expect(problems[499]?.message.length).toBeLessThan(400)
  })

  it('two children waiting for a G-Code have keys of their own, also with the same name and birth date', () => {
    const waiting: TypedRow = { nationalId: null, status: 'รอออกรหัส G-Code' }
    const { pupils } = judgeRoster(rowsOf(waiting, waiting, { ...waiting, firstName: 'อีกคน' }), atSchool)
    expect(new Set(pupils.map(({ key }) => key)).size).toBe(3)
    expect(pupils.every(({ numberKind, number }) => numberKind === 'waiting' && number === null)).toBe(true)
  })
})

describe('prefix and sex', () => {
  // As of 10 June 2567: born 10/06/2552 is 15 that day, born 11/06/2552 is still 14.
  it.each<[TypedRow, string[]]>([
    [{ prefix: 'ด.ช.', birthDate: '11/06/2552', grade: 'ม.2' }, []],
    [{ prefix: 'ด.ช.', birthDate: '10/06/2552', grade: 'ม.2' }, ['prefix:prefix_age?']],
    [{ prefix: 'เด็กหญิง', birthDate: '10/06/2552', grade: 'ม.2' }, ['prefix:prefix_age?']],
    [{ prefix: 'นาย', birthDate: '10/06/2552', grade: 'ม.2' }, []],
    [{ prefix: 'นาย', birthDate: '11/06/2552', grade: 'ม.2' }, ['prefix:prefix_age?']],
    [{ prefix: 'นางสาว', birthDate: '11/06/2552', grade: 'ม.2' }, ['prefix:prefix_age?']],
    [{ prefix: 'น.ส.', birthDate: '10/06/2552', grade: 'ม.2' }, []],
    [{ prefix: 'สามเณร', birthDate: '10/06/2552', grade: 'ม.2' }, []],
    [{ prefix: 'สามเณร' }, []],
    [{ prefix: 'ม.ล.', sex: 'ญ' }, []],
    [{ prefix: 'ม.ล.', sex: null }, ['sex:sex_missing']],
    [{ prefix: 'ม.ล.', sex: 'ไม่ทราบ' }, ['sex:sex_unknown']],
    [{ prefix: 'ด.ช.', sex: 'ชาย' }, []],
    // Born some time in 2552: 14 or 15 years old, so nothing is certain.
    [{ prefix: 'ด.ช.', birthDate: '2552', grade: 'ม.2' }, []],
    [{ prefix: 'นาย', birthDate: '00/00/2552', grade: 'ม.2' }, []],
    [{ prefix: 'ด.ช.', birthDate: '2551', grade: 'ม.2' }, ['prefix:prefix_age?']],
    [{ prefix: 'นาย', birthDate: '2553', grade: 'ม.2' }, ['prefix:prefix_age?']],
  ])('%j gives %j', (change, codes) => {
    expect(codesOf(change)).toEqual(codes)
  })

  it.each<[TypedRow, string]>([
    [{ prefix: 'ด.ญ.' }, 'f'],
    [{ prefix: 'สามเณร' }, 'm'],
    [{ prefix: 'ม.ล.', sex: 'หญิง' }, 'f'],
    [{ prefix: 'ม.ร.ว.', sex: 'ช' }, 'm'],
  ])('of %j is %s', (change, sex) => {
    expect(judgeRoster(rowsOf(change), atSchool).pupils).toMatchObject([{ sex }])
  })
})

describe('birth and age', () => {
  it.each<[TypedRow, string[]]>([
    [{ birthDate: '29/02/2560' }, ['birthDate:birth_no_such_day']],
    [{ birthDate: serial(2560, 2, 29) }, ['birthDate:birth_no_such_day']],
    [{ birthDate: serial(2560, 5, 15) }, []],
    [{ birthDate: serial(2200, 5, 15) }, ['birthDate:birth_year_out_of_range']],
    [{ birthDate: '15/05/2200' }, ['birthDate:birth_year_out_of_range']],
    [{ birthDate: serial(1960, 5, 15) }, ['birthDate:birth_serial_before_1970']],
    [{ birthDate: '15/05/67' }, ['birthDate:birth_year_unclear']],
    [{ birthDate: '11/06/2567' }, ['birthDate:birth_after_as_of']],
    [{ birthDate: '10/06/2567' }, ['birthDate:birth_under_one']],
    [{ birthDate: '11/06/2566' }, ['birthDate:birth_under_one']],
    [{ birthDate: '2568' }, ['birthDate:birth_after_as_of']],
    [{ birthDate: '2567' }, ['birthDate:birth_under_one']],
    [{ birthDate: '2560' }, []],
    [{ birthDate: '00/00/2560' }, []],
  ])('%j gives %j', (change, codes) => {
    expect(codesOf(change)).toEqual(codes)
  })

  it('of exactly one year is old enough', () => {
    const centre = { birthDate: '10/06/2566', grade: 'เตรียมอนุบาล' }
    expect(codesOf(centre, at('child_centre'))).toEqual([])
    expect(codesOf({ ...centre, birthDate: '2566' }, at('child_centre'))).toEqual([])
  })

  it('typed with two digits of the year into a date cell is offered in BE', () => {
    const [found] = judgeRoster(rowsOf({ birthDate: serial(1960, 5, 15) }), atSchool).problems
    expect(found?.suggestion).toBe('15/05/2560')
  })

  it.each<[TypedRow, string[]]>([
    // School year 2567 minus birth year; ป.1 expects 7, two years either way are usual.
    [{ grade: 'ป.1', birthDate: '1/1/2562' }, []],
    [{ grade: 'ป.1', birthDate: '31/12/2558' }, []],
    [{ grade: 'ป.1', birthDate: '1/1/2563' }, ['birthDate:age_off_grade?']],
    [{ grade: 'ป.1', birthDate: '31/12/2557' }, ['birthDate:age_off_grade?']],
    [{ grade: 'ป.6', birthDate: '2555' }, []],
    [{ grade: 'ป.6', birthDate: '2558' }, ['birthDate:age_off_grade?']],
    [{ grade: 'ม.1', birthDate: '2554' }, []],
    [{ grade: 'ม.6', birthDate: '2549', prefix: 'นาย' }, []],
    [{ grade: 'ม.6', birthDate: '2546', prefix: 'นาย' }, ['birthDate:age_off_grade?']],
    // Full years at 16 May 2567; อ.1 expects 3, so 1 to 5 are usual.
    [{ grade: 'อ.1', birthDate: '16/5/2564' }, []],
    [{ grade: 'อ.1', birthDate: '17/5/2561' }, []],
    [{ grade: 'อ.1', birthDate: '16/5/2561' }, ['birthDate:age_off_grade?']],
    [{ grade: 'อ.1', birthDate: '16/5/2566' }, []],
    [{ grade: 'อ.1', birthDate: '17/5/2566' }, ['birthDate:age_off_grade?']],
    [{ grade: 'อ.3', birthDate: '16/5/2559' }, ['birthDate:age_off_grade?']],
    [{ grade: 'อ.3', birthDate: '2559' }, []],
    [{ grade: 'อ.3', birthDate: '2558' }, ['birthDate:age_off_grade?']],
    [{ grade: 'เด็กเล็ก', birthDate: '17/5/2559' }, []],
    [{ grade: 'เด็กเล็ก', birthDate: '16/5/2559' }, ['birthDate:age_off_grade?']],
    // 31 full years on 10 June 2567.
    [{ grade: 'ม.6', birthDate: '10/06/2536', prefix: 'นาย' }, ['birthDate:age_over_30?']],
    [{ grade: 'ม.6', birthDate: '11/06/2536', prefix: 'นาย' }, ['birthDate:age_off_grade?']],
    [{ grade: 'ป.1', birthDate: '15/5/1960', prefix: 'นาย' }, ['birthDate:age_over_30?']],
  ])('%j at a school gives %j', (change, codes) => {
    expect(codesOf(change)).toEqual(codes)
  })

  it.each<[TypedRow, string[]]>([
    [{ grade: 'ปวช.1', birthDate: '2551', prefix: 'นาย' }, []],
    [{ grade: 'ปวช.1', birthDate: '2548', prefix: 'นาย' }, ['birthDate:age_off_grade?']],
    [{ grade: 'ปวส.2', birthDate: '2547', prefix: 'นาย' }, []],
    [{ grade: 'ปวส.2', birthDate: '2544', prefix: 'นาย' }, ['birthDate:age_off_grade?']],
  ])('%j at a college gives %j', (change, codes) => {
    expect(codesOf(change, at('college'))).toEqual(codes)
  })
})

describe('grades by kind of institution', () => {
  it.each([
    ['school', 'เตรียมอนุบาล', '1/1/2564', true],
    ['school', 'เด็กเล็ก', '1/1/2564', false],
    ['school', 'อ.3', '1/1/2562', false],
    ['school', 'ม.6', '1/1/2549', false],
    ['school', 'ปวช.1', '1/1/2551', true],
    ['child_centre', 'เตรียมอนุบาล', '1/1/2565', false],
    ['child_centre', 'อ.3', '1/1/2562', false],
    ['child_centre', 'ป.1', '1/1/2560', true],
    ['college', 'ปวส.2', '1/1/2547', false],
    ['college', 'ม.6', '1/1/2549', true],
  ] as const)('%s: %s is unusual: %s', (kind, grade, birthDate, unusual) => {
    const prefix = Number(birthDate.slice(-4)) < 2552 ? 'นาย' : 'ด.ช.'
    expect(codesOf({ grade, birthDate, prefix }, at(kind))).toEqual(unusual ? ['grade:grade_unusual?'] : [])
  })
})

describe('warnings and explanations', () => {
  it('a warning with an explanation stays listed and blocks no more', () => {
    const warned: TypedRow = { nationalId: null, status: 'รอออกรหัส G-Code' }
    const { problems, totals } = judgeRoster(
      rowsOf({ ...warned, explanation: 'ยื่นคำขอแล้ว' }, { ...warned, firstName: 'อีกคน', explanation: ' - ' }),
      atSchool,
    )
    expect(problems.map(({ row, explained }) => [row, explained])).toEqual([
      [2, true],
      [3, undefined],
    ])
    expect(totals).toMatchObject({ warnings: 2, unexplainedWarnings: 1, blockingErrors: 0 })
  })

  it('an error is never explained away', () => {
    const { problems } = judgeRoster(rowsOf({ grade: 'ป.7', explanation: 'ถูกต้องแล้ว' }), atSchool)
    expect(problems).toMatchObject([{ severity: 'error' }])
    expect(problems[0]).not.toHaveProperty('explained')
  })

  it('a date of entry that cannot be read is a warning and is not kept', () => {
    expect(codesOf({ enteredOn: 'ปีที่แล้ว' })).toEqual(['enteredOn:entered_on_unreadable?'])
  })
})

describe('a roster', () => {
  it('skips rows with nothing in them, among them prepared rows with an unticked box', () => {
    const empty = Object.fromEntries(rosterColumns.map((column) => [column, null])) as TypedRow
    const { totals, problems, pupils } = judgeRoster(
      rowsOf(empty, { ...empty, exists: false }, { ...empty, room: ' \u200b' }, {}, { ...empty, exists: 'FALSE' }),
      atSchool,
    )
    expect(problems).toEqual([])
    expect(totals.rows).toBe(1)
    expect(pupils.map(({ row }) => row)).toEqual([5])
  })

  it('without rows has nothing wrong', () => {
    expect(judgeRoster([], atSchool)).toMatchObject({ pupils: [], problems: [], totals: { rows: 0, counted: 0 } })
  })

  it('is summed by status, sex and grade', () => {
    const id = (n: number) => validId(`1${n}`)
    const { totals } = judgeRoster(
      rowsOf(
        { nationalId: id(1) },
        { nationalId: id(2), prefix: 'ด.ญ.', status: 'ย้ายเข้า' },
        { nationalId: id(3), grade: 'ป.2' },
        { nationalId: id(4), status: 'ย้ายออก', exists: false },
        { nationalId: id(5), status: 'ไม่มีตัวตน', exists: false },
        { nationalId: null, status: 'รอออกรหัส G-Code', prefix: 'ด.ญ.' },
        { nationalId: id(6), grade: 'ป.9', birthDate: '' },
      ),
      atSchool,
    )
    expect(totals).toEqual({
      rows: 7,
      counted: 4,
      notCounted: 2,
      waitingGCode: 1,
      male: 2,
      female: 2,
      errors: 1,
      warnings: 1,
      blockingErrors: 2,
      unexplainedWarnings: 1,
      byGrade: [
        { grade: 'ป.1', male: 1, female: 2 },
        { grade: 'ป.2', male: 1, female: 0 },
      ],
      byStatus: { เรียนอยู่: 2, ย้ายเข้า: 1, ย้ายออก: 1, ไม่มีตัวตน: 1, 'รอออกรหัส G-Code': 1 },
      movedIn: 1,
      movedOut: 1,
      notExisting: 1,
    })
  })

  it('of any content is judged without fault: rows add up, and no message shows a whole number', () => {
    const values = fc.oneof(
      fc.constantFrom(
        null,
        true,
        false,
        '',
        'ป.1',
        'เรียนอยู่',
        'ด.ช.',
        '15/05/2560',
        '2560',
        '1101700207030',
        'G644200000001',
      ),
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.stringMatching(/^[๐-๙0-9 -]{10,16}$/),
      fc.record({ kind: fc.constant('formula' as const), text: fc.string() }),
    )
    const row = fc.dictionary(fc.constantFrom(...rosterColumns), values)
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const raw = rows.map((changes, i) => ({
          row: i + 2,
          cells: Object.fromEntries(
            Object.entries({ ...goodRow, ...changes }).map(([key, typed]) => [key, cell(typed)]),
          ),
        }))
        const { pupils, problems, totals } = judgeRoster(raw, atSchool)
        expect(totals.rows).toBe(totals.counted + totals.notCounted + totals.errors)
        expect(totals.male + totals.female).toBe(totals.counted)
        expect(new Set(pupils.map(({ key }) => key)).size).toBe(pupils.length)
        for (const { message } of problems) expect(message).not.toMatch(/\d{12}/)
      }),
    )
  })

  it('of 5,000 rows is judged in well under a second', () => {
    const rows = rowsOf(
      ...Array.from({ length: 5000 }, (_, i) => ({ nationalId: validId(`1${String(i).padStart(6, '0')}`) })),
    )
    const began = performance.now()
    const { totals } = judgeRoster(rows, atSchool)
    expect(totals).toMatchObject({ rows: 5000, counted: 5000, errors: 0 })
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('a page pasted into a cell', () => {
  const longest = 50_000
  it.each(['a', '.', 'a.', '1', '1,', ' 1', '(', '0.', 'ก', 'พ ', '๑', '-', 'ชั้น', '/'])(
    'of nothing but %j takes no time',
    (unit) => {
      const page = unit.repeat(longest / unit.length)
      const began = performance.now()

      expect(columnNamed(page)).toBeNull()
      for (const column of rosterColumns) {
        for (const text of [page, `a${page}`]) {
          const { problems } = judgeRoster(rowsOf({ [column]: text }), atSchool)
          for (const { message } of problems) expect(message.length).toBeLessThan(600)
        }
      }
      expect(performance.now() - began).toBeLessThan(5000)
    },
  )
})
