import type { ChatItem } from './chat-actor.ts'
import { linesOf } from './message-text.ts'
import type { World } from './scenario-world.ts'

const MINUTE = 60_000
/** What the clock brings about by itself. */
const TIMED_JOBS = [
  'remind-owing',
  'weekly-card',
  'lock-at-close',
  'tell-announcements',
  'tell-extensions',
  'report-vacancies',
]

export type WholeDay = ReturnType<typeof openWholeDay>
export type Cell = { row: number; column: number; text: string }

export const said = (items: readonly ChatItem[]): string => items.flatMap((item) => linesOf(item.message)).join('\n')

/** A day in the demo province as one person lives it: every act is a minute after the one before, whatever the machine's speed. */
export function openWholeDay(world: World) {
  let moment = 0
  const isoOf = (at: number): string => `${new Date(at + 7 * 60 * MINUTE).toISOString().slice(0, 19)}+07:00`
  const minutePasses = async (): Promise<void> => {
    moment += MINUTE
    await world.at(isoOf(moment), { silent: true })
  }

  const who = (name: string) => {
    const actor = world.person(name)
    return {
      ...actor,
      async say(text: string): Promise<string> {
        await minutePasses()
        return said(await actor.say(text))
      },
      async tap(label: string): Promise<string> {
        await minutePasses()
        return said(await actor.tap(label))
      },
      /** Everything that is left in the chat, as words. */
      lastHeard: async (): Promise<string> => said((await actor.chat()).slice(-1)),
    }
  }

  /** Accepts the duty that is offered and waits for the sheet that comes with it. */
  async function acceptDuty(name: string, unit: string): Promise<string> {
    const before = world.toldOf('sheet-ready', unit)
    world.expect(`the sheet of ${unit}`, () => world.toldOf('sheet-ready', unit) > before)
    return who(name).tap('ยอมรับ')
  }

  async function happens(act: () => void | Promise<void>, only?: readonly string[]): Promise<void> {
    await world.hush()
    await act()
    await world.jobsLooked(TIMED_JOBS)
    await world.listen('everything told', () => true, only)
  }

  /** Types or pastes into the unit's sheet with the Google account of `name`. */
  async function edit(name: string, unit: string, given: { cells: readonly Cell[] } | { tsv: string }): Promise<void> {
    const id = world.spreadsheetOf(unit)
    const as = world.people.find((person) => person.name === name)?.email
    const path = `/google/spreadsheets/${id}`
    const { sheets } = await world.control.get<{ sheets: { sheetId: number }[] }>(path)
    const sheetId = sheets[0]?.sheetId ?? 0
    const typed = 'cells' in given
    if (typed) await world.control.send('POST', `${path}/type`, { as, sheetId, cells: given.cells })
    else await world.control.send('POST', `${path}/paste`, { as, sheetId, row: 1, column: 0, tsv: given.tsv })
    const what = typed ? `แก้ไขตาราง ${given.cells.length} ช่อง` : `วางรายชื่อ ${given.tsv.split('\n').length} แถว`
    world.note(`${name}: ${what} ในตารางของ${unit}`)
  }

  return {
    world,
    who,
    acceptDuty,
    edit,
    /** Moves the clock on and writes down what `only` these people, or everybody, are told by themselves then. */
    async at(local: string, note: string, only?: readonly string[]): Promise<void> {
      moment = Date.parse(`${local}+07:00`)
      const clockMoves = async () => {
        await world.at(isoOf(moment))
        world.note(note)
      }
      await happens(clockMoves, only)
    },
    /** Something that no person of the story does, and what everybody is told of it. */
    happens,
    /** What the jobs bring about after an act, e.g. an announcement for many. */
    look: () => happens(() => {}),
    /** Every change in the sheets read. */
    async sheetsRead(): Promise<void> {
      await world.synced()
      await world.rest()
    },
  }
}
