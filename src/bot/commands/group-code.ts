import { createGroupCode, groupsOfUnit, unlinkGroups } from '../../workflow/chat-groups.ts'
import { text } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { GROUP } from '../words/group-words.ts'
import { refusalOf, refused } from './refused.ts'

/** เชื่อมกลุ่ม in the private chat: a code for the group. */
export function makeGroupCode(talk: Talk): Answer {
  const { tx, actor, now } = talk
  const made = createGroupCode(tx, { actor }, now)
  if (!made.ok) return refused(talk, refusalOf(made))
  const { code, expiresAt } = made
  const shown = `${code.slice(0, 4)}-${code.slice(4)}`
  return say(text(GROUP.code({ unit: actor.unitName, code: shown, expiresAt, groups: groupsOfUnit(tx, actor.unitId) })))
}

/** ยกเลิกเชื่อมกลุ่ม in the private chat: every group of the unit. */
export function unlinkOwnGroups(talk: Talk): Answer {
  const { tx, actor, now } = talk
  const done = unlinkGroups(tx, { actor, chatId: null }, now)
  return done.ok ? say(text(GROUP.unlinkedAll(done.unlinked))) : refused(talk, refusalOf(done))
}
