import type { Owes } from '../../workflow/notice.ts'
import { NUDGE } from '../words/nudge-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { type CardButton, say } from './card.ts'

const MOST = 4

/**
 * What somebody can do about what is owed: confirm what can be confirmed now, else remind those below that it waits for. `acts`: this
 * person confirms, and the time for it has come; `nudges`: those below can still do their part; `at`: " @unit", where several duties meet.
 */
export function owingButtons(input: { owes: Owes; acts: boolean; nudges: boolean; at: string }): CardButton[] {
  const { owes, acts, nudges, at } = input
  const nothingBelow = owes.units.length === 0
  const buttons: CardButton[] = []
  const add = (label: string, text: string) => void buttons.push(say(label, `${text}${at}`, 'primary'))
  if (acts && owes.roster) add(BUTTON.confirm, SAY.confirm)
  if (acts && owes.overview && nothingBelow) add(BUTTON.confirmOverview, SAY.confirmOverview)
  if (acts && owes.otherCounts) add(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts)
  if (acts && owes.province && nothingBelow) add(BUTTON.markChecked, SAY.markChecked)
  if (!nothingBelow && nudges) add(NUDGE.open, SAY.nudge)
  if (!nothingBelow) buttons.push(say(BUTTON.left, `${SAY.left}${at}`))
  return [...buttons, say(BUTTON.status, `${SAY.status}${at}`)].slice(0, MOST)
}
