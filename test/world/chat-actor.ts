import type { SandboxControl } from '../../src/demo/sandbox-control.ts'
import { buttonsOf, linesOf } from './message-text.ts'

type Message = { [key: string]: unknown }
export type ChatItem = { seq: number; at: number; from: 'person' | 'bot'; message: Message; via?: string }
export type PagePerson = {
  userId: string
  name: string
  unitName: string
  role: string
  email: string
  files: { id: string; title: string }[]
}

export type Actor = {
  name: string
  userId: string
  email: string
  sheetId: string
  /** Sends a text and returns what the bot said until the world was at rest again. */
  say(text: string): Promise<ChatItem[]>
  /** Taps the newest button whose label contains the words. */
  tap(label: string): Promise<ChatItem[]>
  /** Everything in the chat, oldest first. */
  chat(): Promise<ChatItem[]>
  /** Types into the data tab of the person's sheet; row and column are 0-based. */
  type(cells: { row: number; column: number; text: string }[]): Promise<void>
}

/** One person of the demo, acting through the sandbox's control API as with a phone and a browser. */
export function chatActor(input: {
  control: SandboxControl
  person: PagePerson
  /** Waits until everything that an act causes has happened. */
  rest: () => Promise<void>
  transcript: string[]
  /** Everyone of the demo: what the act makes the bot tell others stands in the transcript too. */
  everyone: readonly PagePerson[]
}): Actor {
  const { control, person, rest, transcript, everyone } = input
  const path = `/line/people/${person.userId}`
  const sheetId = person.files[0]?.id ?? ''
  const chat = async () => (await control.get<{ items: ChatItem[] }>(`${path}/chat?after=0`)).items

  const answersTo = async (act: () => Promise<unknown>, spoken: string): Promise<ChatItem[]> => {
    const before = await lastSeqs(control)
    await act()
    await rest()
    transcript.push('', `${person.name} (${person.unitName}): ${spoken}`)
    const fresh = await toldSince(control, { userId: person.userId, seq: before.get(person.userId) ?? 0 })
    for (const item of fresh) transcript.push(...linesOf(item.message).map((line) => `    ${line}`))
    for (const other of everyone) if (other !== person) await writeTold(control, { other, before, transcript })
    return fresh
  }

  const press = async (action: Record<string, unknown>, fromSeq: number): Promise<void> => {
    if (action['type'] === 'message') {
      await control.send('POST', `${path}/messages`, { type: 'text', text: action['text'] })
      return
    }
    if (action['type'] !== 'postback') throw new Error(`a ${String(action['type'])} button cannot be tapped here`)
    const { data, displayText } = action
    await control.send('POST', `${path}/postback`, { data, ...(displayText ? { displayText } : {}), fromSeq })
  }

  return {
    name: person.name,
    userId: person.userId,
    email: person.email,
    sheetId,
    chat,
    say: (text) => answersTo(() => control.send('POST', `${path}/messages`, { type: 'text', text }), text),
    async tap(label) {
      const items = (await chat()).filter((item) => item.from === 'bot').reverse()
      for (const item of items) {
        const button = buttonsOf(item.message).find((candidate) => candidate.label.includes(label))
        if (button) return answersTo(() => press(button.action, item.seq), `[${button.label}]`)
      }
      throw new Error(`${person.name} sees no button "${label}"`)
    },
    async type(cells) {
      const grid = await control.get<{ sheets: { sheetId: number }[] }>(`/google/spreadsheets/${sheetId}`)
      const tab = grid.sheets[0]?.sheetId ?? 0
      await control.send('POST', `/google/spreadsheets/${sheetId}/type`, { as: person.email, sheetId: tab, cells })
      transcript.push('', `${person.name} (${person.unitName}) แก้ไขตาราง ${cells.length} ช่อง`)
    },
  }
}

export async function lastSeqs(control: SandboxControl): Promise<Map<string, number>> {
  const { people } = await control.get<{ people: { userId: string; lastSeq: number }[] }>('/line/people')
  return new Map(people.map(({ userId, lastSeq }) => [userId, lastSeq]))
}

async function toldSince(control: SandboxControl, since: { userId: string; seq: number }): Promise<ChatItem[]> {
  const { items } = await control.get<{ items: ChatItem[] }>(`/line/people/${since.userId}/chat?after=${since.seq}`)
  return items.filter((item) => item.from === 'bot')
}

/** Adds what `other` was told since `before` to the transcript. */
export async function writeTold(
  control: SandboxControl,
  input: { other: PagePerson; before: Map<string, number>; transcript: string[] },
): Promise<void> {
  const { other, before, transcript } = input
  const told = await toldSince(control, { userId: other.userId, seq: before.get(other.userId) ?? 0 })
  if (told.length === 0) return
  transcript.push(`  (แจ้ง ${other.name}, ${other.unitName})`)
  for (const item of told) transcript.push(...linesOf(item.message).map((line) => `      | ${line}`))
}

/** What differs from run to run is named instead: hashes of the log, one-time codes. */
export const settledLine = (line: string): string =>
  line.replace(/\b[0-9a-f]{12}\b/g, '‹รหัสบันทึก›').replace(/\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/g, '‹รหัสเข้าร่วม›')
