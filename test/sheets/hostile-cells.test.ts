import { expect, it } from 'vitest'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { tabTitles } from '../../src/sheets/sheet-words.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { pupilRow } from './pupil-rows.ts'
import { fileOf, openSheetWorld, pageOf, paste, tabOf } from './sheet-world.ts'

const TYPED = ['=HYPERLINK("https://evil.example","กด")', '+66-1', '-1+1', '@SUM(A1)', "=cmd|' /C calc'!A0", '{"v":1}']

it('what people typed as text is never a formula where the report repeats it', async () => {
  const world = await openSheetWorld()
  await provisionUnit(world.deps, { unitId: world.school, roundId: world.roundId })
  // An apostrophe before it makes it text, as in any sheet.
  const rows = TYPED.map((text, index) =>
    pupilRow(index, { first: `'${text}`, last: `'${text}`, grade: `'${text}`, status: `'${text}` }),
  )
  await paste(world, world.school, rows)
  await syncFile(world.deps, fileOf(world, world.school).id)
  const report = await tabOf(world, world.school, tabTitles.report)
  const cells = report.rows.flat()
  for (const text of TYPED)
    expect(
      cells.some(({ v }) => v.includes(text.slice(0, 6))),
      text,
    ).toBe(true)
  for (const { sheets } of [await pageOf(world, world.school)])
    for (const sheet of sheets) expect(sheet.rows.flat().filter(({ kind }) => kind === 'formula')).toEqual([])
})
