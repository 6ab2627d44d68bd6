import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PAGE, rulesTable } from '../../docs/make-rules-table.ts'

it('every rule of the source documents has a place in the code and a test that names it', () => {
  const { page, missing } = rulesTable()
  expect(missing).toEqual([])
  expect(page.match(/^\| R\d+ \|/gm)).toHaveLength(42)
})

it('docs/rules.md is what the code and the tests say now (npx node docs/make-rules-table.ts)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(rulesTable().page)
})
