import { actionIn } from './action-rules.ts'
import {
  byType,
  type Check,
  decimal,
  type Fields,
  inside,
  integer,
  isJson,
  type Json,
  known,
  listOf,
  matching,
  object,
  type Place,
  type Report,
  required,
  tell,
  text,
} from './field-checks.ts'
import { flexContents } from './flex-rules.ts'
import { imagemapFields } from './imagemap-rules.ts'
import { template } from './template-rules.ts'
import { mediaUrl } from './url-checks.ts'

const quickReply = object({
  items: required(
    listOf({
      min: 1,
      max: 13,
      of: byType({
        action: object({ type: known, imageUrl: mediaUrl, action: required(actionIn('quickReply')) }),
      }),
    }),
  ),
})

const everyMessage: Fields = {
  type: known,
  quickReply,
  sender: object({ name: text({ max: 20, unit: 'grapheme' }), iconUrl: mediaUrl }),
}
const messageText = text({ max: 5_000 })
// LINE has raised the limit of Flex and imagemap; 400 holds everywhere.
const altText = required(text({ max: 400 }))
const quoteToken = text({ max: 1_000 })

const emoji = object({
  index: required(integer({ min: 0, max: 5_000 })),
  productId: required(text({ max: 100 })),
  emojiId: required(text({ max: 100 })),
})

function checkEmojis(message: Json, place: Place, report: Report): void {
  const { text: words, emojis } = message
  if (typeof words !== 'string' || !Array.isArray(emojis)) return
  for (const [index, one] of emojis.entries())
    if (isJson(one) && words[Number(one['index'])] !== '$')
      tell(report, inside(inside(inside(place, 'emojis'), index), 'index'), 'must point at a $ in the text')
}

const substitution = byType({
  mention: object({
    type: known,
    mentionee: required(
      byType({ user: object({ type: known, userId: required(text({ max: 33 })) }), all: object({ type: known }) }),
    ),
  }),
  emoji: object({ type: known, productId: required(text({ max: 100 })), emojiId: required(text({ max: 100 })) }),
})

const substitutions: Check = (value, place, report) => {
  if (!isJson(value)) return tell(report, place, 'invalid property')
  for (const [key, one] of Object.entries(value)) substitution(one, inside(place, key), report)
}

function checkBraces(message: Json, place: Place, report: Report): void {
  const words = message['text']
  if (typeof words !== 'string') return
  const given = isJson(message['substitution']) ? message['substitution'] : {}
  for (const [, key] of words.replaceAll(/\{\{|\}\}/g, '').matchAll(/\{([^{}]*)\}/g))
    if (key === undefined || !Object.hasOwn(given, key))
      tell(report, inside(place, 'text'), `no substitution for {${key}}`)
}

const digits = matching(/^\d{1,20}$/)

const message: Check = byType({
  text: object(
    {
      ...everyMessage,
      text: required(messageText),
      emojis: listOf({ min: 0, max: 20, of: emoji }),
      quoteToken,
    },
    checkEmojis,
  ),
  textV2: object(
    { ...everyMessage, text: required(messageText), substitution: substitutions, quoteToken },
    checkBraces,
  ),
  sticker: object({ ...everyMessage, packageId: required(digits), stickerId: required(digits), quoteToken }),
  image: object({ ...everyMessage, originalContentUrl: required(mediaUrl), previewImageUrl: required(mediaUrl) }),
  video: object({
    ...everyMessage,
    originalContentUrl: required(mediaUrl),
    previewImageUrl: required(mediaUrl),
    trackingId: matching(/^[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>[\]]{1,100}$/),
  }),
  audio: object({
    ...everyMessage,
    originalContentUrl: required(mediaUrl),
    duration: required(integer({ min: 1, max: 86_400_000 })),
  }),
  location: object({
    ...everyMessage,
    title: required(text({ max: 100 })),
    address: required(text({ max: 100 })),
    latitude: required(decimal({ min: -90, max: 90 })),
    longitude: required(decimal({ min: -180, max: 180 })),
  }),
  imagemap: object({ ...everyMessage, altText, ...imagemapFields }),
  template: object({ ...everyMessage, altText, template: required(template) }),
  flex: object({ ...everyMessage, altText, contents: required(flexContents) }),
})

/** Everything wrong with one message of a request. */
export function messageProblems(value: unknown, index: number) {
  const problems: { message: string; property: string }[] = []
  message(value, { at: `messages[${index}]`, style: 'dotted' }, (problem) => problems.push(problem))
  return problems
}
