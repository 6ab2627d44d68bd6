import type { UnitId } from '../../src/db/ids.ts'
import { type Db, type Tx, transact } from '../../src/db/open.ts'
import { sheetFiles, unitCodes, units } from '../../src/db/schema.ts'
import { addRound } from '../../src/workflow/rounds.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { DATA_TAB, institutionCode, REPORT_TAB, spreadsheetIdOf } from './nation.ts'

const PROVINCES = 76
const INSTITUTIONS_PER_LAO = 3
const AT_ONCE = 500

/** Every institution with its sheet, as after provisioning; nothing read yet. */
export function seedNation(db: Db, input: { sheets: number; now: number }): void {
  const round = SOURCE_ROUNDS.find((one) => one.code === '2567/1')
  if (!round) throw new Error('the round is missing')
  transact(db, (tx) => {
    const added = addRound(tx, { round: { ...round, carries: null }, activate: true }, input.now)
    if (!added.ok) throw new Error('the round was refused')
    const roundId = added.round.id
    const provinces = addUnits(tx, PROVINCES, (at) => ({ level: 'province', kind: 'province', name: `จังหวัด ${at}` }))
    const laos = addUnits(tx, Math.ceil(input.sheets / INSTITUTIONS_PER_LAO), (at) => ({
      level: 'lao',
      kind: 'sao',
      name: `อบต. ${at}`,
      parentId: provinces[at % PROVINCES] ?? null,
    }))
    const schools = addUnits(tx, input.sheets, (at) => ({
      level: 'institution',
      kind: 'school',
      name: `โรงเรียน ${at}`,
      parentId: laos[Math.floor(at / INSTITUTIONS_PER_LAO)] ?? null,
    }))
    inBatches(schools, (some, from) => {
      tx.insert(unitCodes)
        .values(some.map((unitId, index) => ({ unitId, code: institutionCode(from + index), validFrom: 0 })))
        .run()
      tx.insert(sheetFiles)
        .values(
          some.map((unitId, index) => ({
            unitId,
            roundId,
            kind: 'roster' as const,
            state: 'ok' as const,
            spreadsheetId: spreadsheetIdOf(from + index),
            dataTabId: DATA_TAB.id,
            reportTabId: REPORT_TAB.id,
            createdAt: input.now,
          })),
        )
        .run()
    })
  })
}

type NewUnit = Omit<typeof units.$inferInsert, 'openedAt'>

function addUnits(tx: Tx, count: number, make: (at: number) => NewUnit): UnitId[] {
  const ids: UnitId[] = []
  const made = Array.from({ length: count }, (_, at) => ({ ...make(at), openedAt: 0 }))
  inBatches(made, (some) => {
    for (const { id } of tx.insert(units).values(some).returning({ id: units.id }).all()) ids.push(id)
  })
  return ids
}

function inBatches<T>(all: readonly T[], work: (some: T[], from: number) => void): void {
  for (let from = 0; from < all.length; from += AT_ONCE) work(all.slice(from, from + AT_ONCE), from)
}
