import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { LAOS, LARGEST_PROVINCE, PROVINCES } from './nation-size.ts'

export type RegistryLao = { code: string; kind: string; name: string; provinceCode: string; province: string }

/** The department's registry where it lies beside the product, else an invented one of the same shape. */
export function readRegistry(file: string): RegistryLao[] {
  if (!existsSync(file)) return inventedRegistry()
  const rows = parse(readFileSync(file), { columns: true, bom: true }) as Record<string, string>[]
  return rows.map((row) => ({
    code: row['code'] ?? '',
    kind: row['kind'] ?? '',
    name: row['name_th'] ?? '',
    provinceCode: row['province_code'] ?? '',
    province: row['province_th'] ?? '',
  }))
}

function inventedRegistry(): RegistryLao[] {
  return Array.from({ length: LAOS }, (_, at) => {
    const province = at < LARGEST_PROVINCE ? 0 : 1 + (at % (PROVINCES - 1))
    const provinceCode = String(10 + province)
    return {
      code: `06${provinceCode}${String(at).padStart(4, '0')}`,
      kind: 'sao',
      name: `ทุ่งทดสอบ ${at}`,
      provinceCode,
      province: `จังหวัดทดสอบ ${province}`,
    }
  })
}
