import {
  byType,
  type Check,
  type Fields,
  inside,
  type Json,
  known,
  matching,
  object,
  oneOf,
  type Place,
  type Report,
  required,
  tell,
  text,
} from './field-checks.ts'
import { tapUri } from './url-checks.ts'

export type ActionPlace = 'quickReply' | 'template' | 'imageCarousel' | 'flexButton' | 'flexOther' | 'richMenu'

const labels: Record<ActionPlace, { max: number; needed: boolean }> = {
  quickReply: { max: 20, needed: true },
  template: { max: 20, needed: true },
  imageCarousel: { max: 12, needed: false },
  flexButton: { max: 40, needed: true },
  flexOther: { max: 40, needed: false },
  richMenu: { max: 20, needed: false },
}

const data = text({ max: 300 })

const dateTimeFormats: Record<string, RegExp> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  datetime: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[tT]([01]\d|2[0-3]):[0-5]\d$/,
}

function checkDateTimes(action: Json, place: Place, report: Report): void {
  const format = dateTimeFormats[String(action['mode'])]
  if (!format) return
  for (const key of ['initial', 'max', 'min']) {
    const value = action[key]
    if (typeof value === 'string' && !format.test(value)) tell(report, inside(place, key), 'invalid date format')
  }
  const { max, min } = action
  if (typeof max === 'string' && typeof min === 'string' && max <= min)
    tell(report, inside(place, 'max'), 'must be later than min')
}

function checkPostback(action: Json, place: Place, report: Report): void {
  if (action['displayText'] !== undefined && action['text'] !== undefined)
    tell(report, inside(place, 'text'), 'displayText and text cannot both be specified')
  if (action['fillInText'] !== undefined && action['inputOption'] !== 'openKeyboard')
    tell(report, inside(place, 'fillInText'), 'inputOption must be openKeyboard')
}

function kindsWith(label: Fields): Record<string, Check> {
  const base: Fields = { type: known, ...label }
  return {
    postback: object(
      {
        ...base,
        data: required(data),
        displayText: text({ max: 300 }),
        text: text({ max: 300 }),
        inputOption: oneOf('closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'),
        fillInText: text({ max: 300 }),
      },
      checkPostback,
    ),
    message: object({ ...base, text: required(text({ max: 300 })) }),
    uri: object({ ...base, uri: required(tapUri), altUri: object({ desktop: required(tapUri) }) }),
    datetimepicker: object(
      {
        ...base,
        data: required(data),
        mode: required(oneOf('date', 'time', 'datetime')),
        initial: text({ max: 20 }),
        max: text({ max: 20 }),
        min: text({ max: 20 }),
      },
      checkDateTimes,
    ),
    clipboard: object({ ...base, clipboardText: required(text({ max: 1_000 })) }),
  }
}

/** The actions LINE allows in one place, with that place's label limit. */
export function actionIn(where: ActionPlace): Check {
  const { max, needed } = labels[where]
  const label = text({ max, unit: 'grapheme' })
  const base: Fields = { label: needed ? required(label) : label }
  const kinds = kindsWith(base)
  if (where === 'quickReply')
    for (const type of ['camera', 'cameraRoll', 'location']) kinds[type] = object({ type: known, ...base })
  if (where === 'richMenu')
    kinds['richmenuswitch'] = object({
      type: known,
      ...base,
      richMenuAliasId: required(matching(/^[a-z0-9_-]{1,32}$/)),
      data: required(data),
    })
  return byType(kinds)
}
