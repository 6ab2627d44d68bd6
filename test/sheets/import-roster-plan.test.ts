import { describe, expect, it } from 'vitest'
import { type PlanInput, planRosterImport, type RosterImportPlan } from '../../src/sheets/import-roster-plan.ts'
import { importedColumns } from '../../src/sheets/rpt318-header.ts'
import { atSchool, cell, rowsOf, type TypedRow, validId } from '../workflow/rules/roster/sample-row.ts'

const ONE = validId('11')
const TWO = validId('12')
const G = 'G644200000001'

type Given = { sheet?: TypedRow[]; file?: TypedRow[]; onlyGood?: boolean; columns?: PlanInput['columns'] }

function plan({ sheet = [], file = [], onlyGood = false, columns = importedColumns }: Given): RosterImportPlan {
  return planRosterImport({ current: rowsOf(...sheet), file: rowsOf(...file), columns, context: atSchool, onlyGood })
}

/** What would happen, in short: `+` for a new row, `row: column=text` for a changed cell. */
function acts(given: Given): string[] {
  const { added, changed } = plan(given)
  return [
    ...added.map(({ values }) => `+ ${values.nationalId ?? values.firstName}`),
    ...changed.flatMap(({ sheet, cells }) => cells.map(({ column, text }) => `${sheet.row}: ${column}=${text}`)),
  ]
}

const kept = (given: Given) => plan(given).kept.map(({ column, why }) => `${column} ${why}`)
const skipped = (given: Given) => plan(given).skipped.map(({ fileRow, why }) => `${fileRow} ${why}`)

describe('a pupil of the file', () => {
  const cases: [string, Given, string[]][] = [
    ['who is not in the sheet is added', { sheet: [{ nationalId: ONE }], file: [{ nationalId: TWO }] }, [`+ ${TWO}`]],
    ['who is there alike changes nothing', { sheet: [{}], file: [{}] }, []],
    [
      'is found by number in whatever row and spelling',
      {
        sheet: [{ nationalId: ONE }, { nationalId: `${TWO.slice(0, 5)} ${TWO.slice(5)}` }],
        file: [{ nationalId: TWO }],
      },
      [],
    ],
    [
      'whose number stands as a number is the same',
      { sheet: [{ nationalId: Number(ONE) }], file: [{ nationalId: ONE }] },
      [],
    ],
    ['with another surname gets that cell', { sheet: [{}], file: [{ lastName: 'ใหม่' }] }, ['2: lastName=ใหม่']],
    [
      'in other words is the same',
      {
        sheet: [{ prefix: 'เด็กชาย', grade: 'ประถมศึกษาปีที่ 1', birthDate: 42_870, status: 'เรียนอยู่ ' }],
        file: [{ prefix: 'ด.ช.', grade: 'ป1', birthDate: '15 พ.ค. 2560', status: 'กำลังศึกษา' }],
      },
      [],
    ],
    ['whose cell is blank clears nothing', { sheet: [{}], file: [{ lastName: '', room: null, pupilNumber: ' ' }] }, []],
    ['fills what is blank in the sheet', { sheet: [{ room: '', sex: null }], file: [{ room: '2' }] }, ['2: room=2']],
    [
      'never brings a mark of existence nor an explanation',
      { sheet: [{ exists: false }], file: [{ exists: true, explanation: 'จากไฟล์' }] },
      [],
    ],
    [
      'replaces a formula',
      { sheet: [{ lastName: { kind: 'formula', text: '=A1' } }], file: [{}] },
      ['2: lastName=ตัวอย่าง'],
    ],
    [
      'whose G-Code became 13 digits is the same pupil',
      { sheet: [{ nationalId: G }], file: [{}] },
      ['2: nationalId=1101700207030'],
    ],
    ['who has 13 digits now keeps them', { sheet: [{}], file: [{ nationalId: G }] }, []],
    [
      'who waited for a G-Code gets it, and waits no longer',
      { sheet: [{ nationalId: '', status: 'รอออกรหัส G-Code' }], file: [{ nationalId: G }] },
      [`2: nationalId=${G}`, '2: status=เรียนอยู่'],
    ],
    [
      'who still waits is found by name and birth date',
      {
        sheet: [{ nationalId: '', status: 'รอออกรหัส G-Code' }],
        file: [{ nationalId: '', status: 'รอออกรหัส G-Code', room: '2' }],
      },
      ['2: room=2'],
    ],
    [
      'whose wrong number was corrected in the sheet keeps the right one',
      { sheet: [{}], file: [{ nationalId: '1101700230705' }] },
      [],
    ],
    [
      'whose wrong number in the sheet the file knows better gets it',
      { sheet: [{ nationalId: '1101700230705' }], file: [{}] },
      ['2: nationalId=1101700207030'],
    ],
    [
      'with the name and birth date of another and a number of his own is another',
      { sheet: [{ nationalId: ONE }], file: [{ nationalId: TWO }] },
      [`+ ${TWO}`],
    ],
    [
      'without number whose name two pupils have is not taken for either',
      { sheet: [{ nationalId: ONE }, { nationalId: TWO }], file: [{ nationalId: '', status: 'รอออกรหัส G-Code' }] },
      ['+ ทดสอบ'],
    ],
    [
      'with a namesake, both waiting, is added once and found again',
      {
        sheet: [{ nationalId: '', status: 'รอออกรหัส G-Code' }],
        file: [
          { nationalId: '', status: 'รอออกรหัส G-Code' },
          { nationalId: '', status: 'รอออกรหัส G-Code' },
        ],
      },
      ['+ ทดสอบ'],
    ],
    [
      'with a wrong value is imported as typed for the teacher to correct',
      { file: [{ nationalId: ONE, grade: 'ป.9', birthDate: 'ไม่ทราบ' }] },
      [`+ ${ONE}`],
    ],
    [
      'with a rounded number is found by name',
      { sheet: [{ nationalId: '1.1017E+12' }], file: [{ nationalId: '1.1017E+12' }] },
      [],
    ],
  ]
  it.each(cases)('%s', (_, given, done) => {
    expect(acts(given)).toEqual(done)
  })

  it('leaves the columns that the file or the sheet does not have', () => {
    const columns = importedColumns.filter((column) => column !== 'room')
    expect(acts({ sheet: [{ room: '1' }], file: [{ room: '2' }], columns })).toEqual([])
  })
})

describe('what the sheet knows better stays', () => {
  it.each<[string, TypedRow, TypedRow, string[]]>([
    ['a grade, where the file says nonsense', {}, { grade: 'ป.9' }, ['grade file-wrong']],
    ['a birth date, where the file has none that exists', {}, { birthDate: '30/2/2560' }, ['birthDate file-wrong']],
    ['a number, where the file has a wrong one', {}, { nationalId: '1101700230705' }, ['nationalId file-wrong']],
    ['who has left, where the file says still here', { status: 'ย้ายออก' }, {}, ['status status-known-better']],
    ['who moved in, where the file says still here', { status: 'ย้ายเข้า' }, {}, ['status status-known-better']],
  ])('%s', (_, sheet, file, expected) => {
    expect(kept({ sheet: [sheet], file: [file] })).toEqual(expected)
    expect(acts({ sheet: [sheet], file: [file] })).toEqual([])
  })

  it('but who is gone by the file is gone in the sheet', () => {
    expect(acts({ sheet: [{}], file: [{ status: 'ย้ายออก' }] })).toEqual(['2: status=ย้ายออก'])
  })
})

describe('rows of the file that are not imported', () => {
  const nothing: TypedRow = { nationalId: '', firstName: '', lastName: '' }

  it.each<[string, Given, string[]]>([
    [
      'sums and signatures',
      {
        file: [
          { ...nothing, nationalId: '80' },
          { ...nothing, prefix: 'รวม' },
        ],
      },
      ['2 no-pupil', '3 no-pupil'],
    ],
    ['the second of two that are alike', { file: [{}, {}] }, ['3 same-row-again']],
    ['both of two that differ', { file: [{}, { room: '2' }] }, ['2 number-twice-in-file', '3 number-twice-in-file']],
    ['one whose number stands twice in the sheet', { sheet: [{}, {}], file: [{}] }, ['2 number-twice-in-sheet']],
    [
      'one with an error, when only good ones are wanted',
      { file: [{ grade: 'ป.9' }], onlyGood: true },
      ['2 has-errors'],
    ],
  ])('%s', (_, given, expected) => {
    expect(skipped(given)).toEqual(expected)
    const isFirstOfTwo = expected[0] === '3 same-row-again'
    expect(acts(given)).toEqual(isFirstOfTwo ? ['+ 1101700207030'] : [])
  })

  it('are still in the file: nobody is told to be missing because of them', () => {
    expect(plan({ sheet: [{}], file: [{}, { room: '2' }] }).notInFile).toEqual([])
    expect(plan({ sheet: [{}], file: [{ grade: 'ป.9' }], onlyGood: true }).notInFile).toEqual([])
    expect(plan({ sheet: [{}, {}], file: [{}] }).notInFile).toEqual([])
  })
})

describe('the plan', () => {
  it('names who is in the sheet and not in the file, but not those who are gone on record', () => {
    const sheet: TypedRow[] = [
      { nationalId: ONE },
      { nationalId: TWO, status: 'ย้ายออก' },
      { nationalId: validId('13') },
    ]
    expect(plan({ sheet, file: [{ nationalId: validId('13') }] })).toMatchObject({
      notInFile: [{ sheetRow: 2, number: `${ONE[0]}-${ONE.slice(1, 5)}-xxxxx-xx-${ONE[12]}` }],
      unchanged: 1,
    })
  })

  it('shows no whole number anywhere but in the values for the sheet', () => {
    const shown = plan({ sheet: [{ nationalId: ONE }], file: [{}, { nationalId: TWO, grade: 'ป.9' }] })
    const { added, changed, ...rest } = shown
    const numbers = [...added, ...changed].map(({ number }) => number)
    expect(JSON.stringify({ rest, numbers })).not.toMatch(/\d{13}/)
    expect(shown.added.map(({ number }) => number)).toContain('1-1017-xxxxx-xx-0')
  })

  it('judges the rows of the file by the rules, the mark of existence aside', () => {
    const { problems } = plan({ file: [{ exists: false }, { nationalId: TWO, grade: 'ป.9', exists: false }] })
    expect(problems.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 grade_unknown'])
  })

  it('has nothing left to do when it is carried out', () => {
    const file: TypedRow[] = [
      { nationalId: ONE, grade: 'ประถมศึกษาปีที่ 2', birthDate: 42_870 },
      { nationalId: '', status: 'รอรหัส G-Code', firstName: 'รอ' },
      { nationalId: '1101700230705', firstName: 'ผิด', birthDate: '30/2/2560' },
      { nationalId: '1.1017E+12', firstName: 'ปัด' },
      { nationalId: 'g644200000001', firstName: 'จี' },
    ]
    const first = plan({ file })
    expect(first.added).toHaveLength(5)
    const sheet = first.added.map(({ values }) => ({ ...blankRow, ...values }))
    expect(plan({ sheet, file })).toMatchObject({ added: [], changed: [], unchanged: 5, notInFile: [], kept: [] })
  })

  it('compares 5,000 pupils within a second', () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => validId(`1${String(i).padStart(6, '0')}`))
    const rows = rowsOf(...numbers.map((nationalId, i) => ({ nationalId, firstName: `คน${i}` })))
    const began = performance.now()
    const { unchanged } = planRosterImport({
      current: rows,
      file: rows.toReversed().map(({ row, cells }) => ({ row, cells: { ...cells, room: cell('1') } })),
      columns: importedColumns,
      context: atSchool,
      onlyGood: false,
    })
    expect(unchanged).toBe(5000)
    expect(performance.now() - began).toBeLessThan(3000)
  })
})

const blankRow: TypedRow = {
  ...Object.fromEntries(importedColumns.map((column) => [column, ''])),
  exists: false,
}
