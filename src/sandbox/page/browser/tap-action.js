import { askDate } from './dialog.js'
import { toast, toastError } from './toast.js'

/** @typedef {import('./contract.js').Action} Action */

const SHEET_LINK = /^https:\/\/docs\.google\.com\/spreadsheets\/d\/([\w-]+)/

/**
 * @typedef {object} Acts what a tap may do besides opening dialogs of its own
 * @property {(message: Record<string, unknown>) => Promise<void>} send
 * @property {(postback: Record<string, unknown>) => Promise<void>} postback
 * @property {(change: Record<string, unknown>) => Promise<void>} switchRichMenu
 * @property {(link: { fileId: string, gid: string | null, range: string | null }) => void} openSheet
 * @property {(open: boolean) => void} showRichMenu
 * @property {(text: string) => void} fillInput
 */

/**
 * What tapping something does, the way LINE's apps do it.
 * @param {Acts} acts
 * @returns {import('./contract.js').Tap}
 */
export function tapWith(acts) {
  return (action, from) => {
    run(action, from?.seq, acts).catch(toastError)
  }
}

/**
 * @param {Action} action
 * @param {number | undefined} fromSeq
 * @param {Acts} acts
 */
async function run(action, fromSeq, acts) {
  const origin = fromSeq === undefined ? {} : { fromSeq }
  switch (action.type) {
    case 'message':
      return acts.send({ type: 'text', text: action.text ?? action.label ?? '' })
    case 'postback':
      afterPostback(action, acts)
      return acts.postback({ data: action.data ?? '', ...spoken(action), ...origin })
    case 'datetimepicker': {
      const value = await askDate(action)
      if (value === null) return undefined
      return acts.postback({ data: action.data ?? '', params: { [action.mode ?? 'datetime']: value }, ...origin })
    }
    case 'richmenuswitch':
      return acts.switchRichMenu({ richMenuAliasId: action.richMenuAliasId ?? '', data: action.data ?? '' })
    case 'uri':
      return openUri(action.uri ?? '', acts)
    case 'clipboard':
      await navigator.clipboard.writeText(action.clipboardText ?? '')
      return toast('คัดลอกแล้ว')
    case 'location':
      return acts.send({ type: 'location', title: 'ที่ทำงาน', address: 'ที่อยู่สมมติ', latitude: 15, longitude: 101 })
    default:
      return toast(`ปุ่มชนิด ${action.type} ใช้ได้ในแอป LINE เท่านั้น`)
  }
}

/** @param {Action} action */
function spoken(action) {
  const displayText = action.displayText ?? action.text
  return displayText === undefined ? {} : { displayText }
}

/**
 * @param {Action} action
 * @param {Acts} acts
 */
function afterPostback(action, acts) {
  if (action.inputOption === 'openRichMenu') acts.showRichMenu(true)
  if (action.inputOption === 'closeRichMenu') acts.showRichMenu(false)
  if (action.inputOption === 'openKeyboard') acts.fillInput(action.fillInText ?? '')
}

/**
 * Links to a spreadsheet open it in the grid beside the phone; others in a tab of their own.
 * @param {string} uri
 * @param {Acts} acts
 */
function openUri(uri, acts) {
  const fileId = SHEET_LINK.exec(uri)?.[1]
  if (fileId) {
    const gid = /[#&?]gid=(\d+)/.exec(uri)?.[1] ?? null
    const range = /[#&?]range=([A-Za-z]+\d+)/.exec(uri)?.[1] ?? null
    return acts.openSheet({ fileId, gid, range })
  }
  if (/^https?:/.test(uri)) {
    window.open(uri, '_blank', 'noopener')
    return undefined
  }
  return toast(uri.startsWith('tel:') ? `โทร ${uri.slice(4)}` : uri)
}
