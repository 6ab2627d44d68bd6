import { describe, expect, it } from 'vitest'
import { nudgeByCode } from '../../src/cli/nudge.ts'
import { bangkok, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')

describe('lec nudge', () => {
  it('reminds one unit by its code, in the name of the level above', () => {
    const world = openChainWorld()
    const lines = world.act((tx) => nudgeByCode(tx, { unit: '3099500001' }, AT))
    expect(lines).toEqual(['กำลังส่งข้อความเตือน 1 แห่ง', '  ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน'])
    expect(world.told('centre', AT)).toMatchObject([
      { type: 'nudge', byUnitId: world.idOf('town'), byAppointmentId: null },
    ])
  })

  it('or all below a unit, once a day; what is refused says why', () => {
    const world = openChainWorld()
    const all = (unit: string) => world.act((tx) => nudgeByCode(tx, { unit, all: true }, AT))
    expect(all('P99')[0]).toBe('กำลังส่งข้อความเตือน 3 แห่ง')
    expect(all('P99')[0]).toBe('วันนี้เตือนแล้ว 3 แห่ง')
    expect(all('department')[0]).toBe('กำลังส่งข้อความเตือน 1 แห่ง')
    expect(() => all('3099500001')).toThrow('เรื่องนี้ไม่อยู่ในหน้าที่')
    expect(() => world.act((tx) => nudgeByCode(tx, { unit: 'department' }, AT))).toThrow('กรมเป็นระดับสูงสุด')
    expect(() => world.act((tx) => nudgeByCode(tx, { unit: '999' }, AT))).toThrow('ไม่รู้จักหน่วยงานรหัส 999')
    expect(() => world.act((tx) => nudgeByCode(tx, { unit: 'P99', all: true }, bangkok('2024-06-05T21:00')))).toThrow(
      'ส่งได้ตั้งแต่ 6 มิ.ย. 2567 เวลา 07.00 น.',
    )
  })
})
