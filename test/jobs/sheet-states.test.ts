import { isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { confirmations, pupils, type SheetFileState } from '../../src/db/schema.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { pupilRows } from '../sheets/pupil-rows.ts'
import { fileOf, pageOf, type SheetWorld } from '../sheets/sheet-world.ts'
import { noticesOf, schoolWith, show, start, work } from './confirming-school.ts'

const never = new AbortController().signal

type World = SheetWorld & { admin: string; settle: () => Promise<void> }

async function followedSchool(): Promise<World> {
  const sheetWorld = await schoolWith(pupilRows(8))
  const { email } = await sheetWorld.control<{ email: string }>('POST', '/service-accounts', { name: 'people-admin' })
  const settle = async () => {
    for (let round = 0; round < 3; round += 1) {
      await pollChangesJob(sheetWorld.deps).run(never)
      await syncSheetsJob(sheetWorld.deps, { debounceMs: 0 }).run(never)
      sheetWorld.time.platformAhead += 15_000
    }
  }
  const world = { ...sheetWorld, admin: email, settle }
  await settle()
  return world
}

const idOf = (world: World) => fileOf(world, world.school).spreadsheetId ?? ''
const onFile = (world: World, act: string) => world.control('POST', `/files/${idOf(world)}/${act}`, {})
const edit = (world: World, act: string, more: object) =>
  world.control('POST', `/spreadsheets/${idOf(world)}/${act}`, { as: world.admin, sheetId: 0, ...more })
const type = (world: World, row: number, column: number, text: string) =>
  edit(world, 'type', { cells: [{ row, column, text }] })
const batch = (world: World, requests: object[]) =>
  world.deps.google.owner.sheets.spreadsheets.batchUpdate({ spreadsheetId: idOf(world), requestBody: { requests } })
/** The worker's own hands are no news to it: somebody else has to have been there last. */
const touch = (world: World) => type(world, 30, 13, '')
const present = (world: World) => world.db.select().from(pupils).where(isNull(pupils.goneAt)).all().length
const WIDTH = 14

type Case = {
  what: string
  harm: (world: World) => Promise<unknown>
  state: SheetFileState
  /** In words for people: what is wrong and what to do. */
  says: string
  /** Also to be read in ผลตรวจ, where that can be written to. */
  inSheet: boolean
  mend: ((world: World) => Promise<unknown>) | null
}

let kept: string[] = []
const keepHeader = async (world: World) => {
  kept = ((await pageOf(world, world.school)).sheets[0]?.rows[0] ?? []).map(({ v }) => v)
}
/** Pasted, as people do: typing would meet the rules of cells that a new row takes over from the one below. */
const putHeader = (world: World) => edit(world, 'paste', { row: 0, column: 0, tsv: kept.slice(0, WIDTH).join('\t') })
const tsvOf = (rows: string[][]) => rows.map((cells) => cells.join('\t')).join('\n')

const cases: Case[] = [
  {
    what: 'lost to us',
    harm: (world) => onFile(world, 'revoke-access'),
    state: 'access_lost',
    says: 'โปรดแจ้งผู้ดูแลระบบ',
    inSheet: false,
    mend: (world) => onFile(world, 'restore-access'),
  },
  {
    what: 'in the bin',
    harm: (world) => onFile(world, 'trash'),
    state: 'trashed',
    says: 'โปรดกู้คืนจากถังขยะ',
    inSheet: false,
    mend: (world) => onFile(world, 'untrash'),
  },
  {
    what: 'deleted for good',
    harm: (world) => world.deps.google.owner.drive.files.delete({ fileId: idOf(world), supportsAllDrives: true }),
    state: 'access_lost',
    says: 'โปรดแจ้งผู้ดูแลระบบ',
    inSheet: false,
    mend: null,
  },
  {
    what: 'without its tab',
    harm: async (world) => {
      await keepHeader(world)
      await edit(world, 'delete-tab', {})
    },
    state: 'tab_missing',
    says: 'กู้คืนจากประวัติเวอร์ชัน',
    inSheet: true,
    // A restored version brings the tab back under its id.
    mend: async (world) => {
      await batch(world, [{ addSheet: { properties: { sheetId: 0, title: 'รายชื่อ' } } }])
      await putHeader(world)
      await edit(world, 'paste', { row: 1, column: 0, tsv: tsvOf(pupilRows(8)) })
    },
  },
  {
    what: 'without its header row',
    harm: async (world) => {
      await keepHeader(world)
      await edit(world, 'delete-rows', { startRow: 0, count: 1 })
    },
    state: 'header_broken',
    says: 'หัว',
    inSheet: true,
    mend: async (world) => {
      await edit(world, 'insert-rows', { startRow: 0, count: 1 })
      await putHeader(world)
    },
  },
  {
    what: 'with an emptied header',
    harm: async (world) => {
      await keepHeader(world)
      await edit(world, 'paste', { row: 0, column: 0, tsv: '\t'.repeat(WIDTH - 1) })
    },
    state: 'header_broken',
    says: 'หัว',
    inSheet: true,
    mend: putHeader,
  },
  {
    what: 'with one header twice',
    harm: (world) => type(world, 0, 3, 'นามสกุล'),
    state: 'header_broken',
    says: 'นามสกุล',
    inSheet: true,
    mend: (world) => type(world, 0, 3, 'ชื่อ'),
  },
  {
    what: 'merged all over',
    harm: (world) => edit(world, 'merge', { startRow: 1, endRow: 9, startColumn: 0, endColumn: 14 }),
    state: 'header_broken',
    says: 'ยกเลิกการผสานเซลล์',
    inSheet: true,
    mend: async (world) => {
      const range = { sheetId: 0, startRowIndex: 1, endRowIndex: 9, startColumnIndex: 0, endColumnIndex: 14 }
      await batch(world, [{ unmergeCells: { range } }])
      await edit(world, 'paste', { row: 1, column: 0, tsv: tsvOf(pupilRows(8)) })
    },
  },
]

describe('a sheet that is', () => {
  it.each(cases)(
    '$what keeps its last good version, says so with a way out, is not confirmed, and comes back by itself',
    async ({ harm, state, says, inSheet, mend }) => {
      const world = await followedSchool()
      const seenHash = await show(world)
      await harm(world)
      await world.settle()
      expect(fileOf(world, world.school)).toMatchObject({ state, dirtyAt: null })
      expect(fileOf(world, world.school).stateReason).toContain(says)
      expect(present(world)).toBe(8)
      if (inSheet) {
        const report = (await pageOf(world, world.school)).sheets.find(({ title }) => title === 'ผลตรวจ')?.rows ?? []
        expect(report[0]?.[0]?.v).toContain('ยังอ่านข้อมูลไม่ได้')
        expect(report[2]?.[4]?.v).toContain(says)
      }
      start(world, { seenHash })
      await work(world)
      expect(noticesOf(world).at(-1)).toMatchObject({ type: 'confirm-refused', refusal: { why: 'sheet-unreadable' } })
      expect(noticesOf(world).at(-1)?.refusal?.words).toContain(says)
      expect(world.db.select().from(confirmations).all()).toHaveLength(0)
      if (!mend) return
      await mend(world)
      await touch(world)
      await world.settle()
      expect(fileOf(world, world.school)).toMatchObject({ state: 'ok', stateReason: null, dirtyAt: null })
      const report = (await pageOf(world, world.school)).sheets.find(({ title }) => title === 'ผลตรวจ')?.rows ?? []
      expect(report[0]?.[0]?.v).toContain('ผ่าน 8 ราย')
      start(world, { seenHash: await show(world) })
      await work(world)
      expect(world.db.select().from(confirmations).all()).toHaveLength(1)
    },
  )

  it('emptied is read as empty, holds everybody who is missing and is not confirmed', async () => {
    const world = await followedSchool()
    const nothing = pupilRows(8).map((cells) => cells.map(() => ''))
    await edit(world, 'paste', { row: 1, column: 0, tsv: tsvOf(nothing) })
    await world.settle()
    expect(present(world)).toBe(8)
    start(world, { seenHash: await show(world) })
    await work(world)
    expect(world.db.select().from(confirmations).all()).toHaveLength(0)
  })

  it('renamed, its tab too, is read on', async () => {
    const world = await followedSchool()
    await edit(world, 'rename-tab', { title: 'ชั้น ป.1' })
    await type(world, 1, 3, 'ชื่อใหม่')
    await world.settle()
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok' })
    expect(JSON.stringify(world.db.select().from(pupils).all())).toContain('ชื่อใหม่')
  })

  it('without its ผลตรวจ, and with a tab of that name which people made, is told its findings in a new tab', async () => {
    const world = await followedSchool()
    const batchOf = (requests: object[]) => batch(world, requests)
    await batchOf([{ deleteSheet: { sheetId: 1001 } }, { addSheet: { properties: { sheetId: 555, title: 'ผลตรวจ' } } }])
    for (const grade of ['ป.9', 'ป.8']) {
      await type(world, 1, 8, grade)
      await world.settle()
      expect(fileOf(world, world.school)).toMatchObject({ attempts: 0, dirtyAt: null })
      const report = (await pageOf(world, world.school)).sheets.find(({ title }) => title === 'ผลตรวจ 2')
      expect(JSON.stringify(report?.rows)).toContain(grade)
    }
  })

  it('moved to another drive says so when somebody wants to confirm', async () => {
    const world = await followedSchool()
    const seenHash = await show(world)
    const { drive } = world.deps.google.owner
    const other = await drive.drives.create({ requestId: 'other', requestBody: { name: 'อื่น' } })
    const addParents = other.data.id ?? ''
    const removeParents = world.deps.driveId
    await drive.files.update({ fileId: idOf(world), addParents, removeParents, supportsAllDrives: true })
    start(world, { seenHash })
    await work(world)
    expect(noticesOf(world).at(-1)?.refusal?.words).toContain('โปรดย้ายกลับ')
    expect(fileOf(world, world.school)).toMatchObject({ state: 'access_lost' })
    const back = { addParents: removeParents, removeParents: addParents, supportsAllDrives: true }
    await drive.files.update({ fileId: idOf(world), ...back })
    await world.settle()
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok' })
  })

  it('in the bin while the feed lost its place is found there, and found again when restored', async () => {
    const world = await followedSchool()
    await onFile(world, 'trash')
    await world.settle()
    await onFile(world, 'untrash')
    world.time.now += 3 * 86_400_000
    // No word from the feed: the sweep alone finds it.
    await syncSheetsJob(world.deps, { debounceMs: 0 }).run(never)
    expect(fileOf(world, world.school)).toMatchObject({ state: 'ok' })
  })
})
