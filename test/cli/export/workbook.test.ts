import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import readExcel from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { writeWorkbook } from '../../../src/cli/export/workbook.ts'
import { findXlsxFormulas } from '../../../src/sheets/xlsx-formulas.ts'
import { emptyFolder } from './exported.ts'

it('writes any text as text: formulas, long numbers, leading zeros, words of the machine, and nothing for nothing', async () => {
  const texts = ['=1+1', '@SUM(A1)', '06990301', '1101700207030', 'constructor', '__proto__', 'ก & <b>', null, 7]
  const path = join(emptyFolder(), 'x.xlsx')
  await writeWorkbook(path, [{ name: 'ข้อมูล', columns: [{ header: 'ก', width: 9 }], rows: [texts] }], 0o600)
  const bytes = readFileSync(path)
  const [sheet] = (await readExcel(bytes)) as unknown as { sheet: string; data: unknown[][] }[]
  expect(sheet?.data[1]?.map((cell) => (typeof cell === 'string' ? cell.trim() : cell))).toEqual(texts)
  expect(findXlsxFormulas(bytes).get('ข้อมูล')?.size ?? 0).toBe(0)
})
