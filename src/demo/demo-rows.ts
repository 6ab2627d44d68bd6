import type { UnitRow } from '../workflow/import-units.ts'
import { DEMO_INSTITUTIONS, DEMO_LAOS, DEMO_OTHERS } from './demo-units.ts'

/** The demo province as rows of a units file. */
export function demoUnitRows(): UnitRow[] {
  const laos = DEMO_LAOS.map(({ code, kind, name, district, telephone }, index) => ({
    line: index + 2,
    cells: { code, kind, name_th: name, province_code: '99', province_th: 'ทุ่งตะวัน', district_th: district, telephone },
  }))
  const institutions = DEMO_INSTITUTIONS.map(({ code, lao, kind, name }, index) => ({
    line: index + 2,
    cells: { code, kind, name_th: name, lao_code: lao },
  }))
  return [...laos, ...institutions]
}

/** Its institutions of other affiliations as rows of their file. */
export function demoOtherRows(): UnitRow[] {
  return DEMO_OTHERS.map((other, index) => ({
    line: index + 2,
    cells: {
      lao_code: other.lao,
      code: other.code,
      name_th: other.name,
      affiliation: other.affiliation,
      baseline: String(other.baseline),
      baseline_date: '2023-11-10',
    },
  }))
}
