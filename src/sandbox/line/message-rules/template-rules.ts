import { actionIn } from './action-rules.ts'
import {
  byType,
  type Check,
  type Fields,
  inside,
  isJson,
  isMissing,
  type Json,
  known,
  listOf,
  object,
  oneOf,
  type Place,
  type Report,
  required,
  tell,
  text,
} from './field-checks.ts'
import { color } from './flex-values.ts'
import { mediaUrl } from './url-checks.ts'

const action = actionIn('template')

/** The body text is shorter where a picture or a title takes room. */
const roomLeft =
  (limits: { alone: number; beside: number }) =>
  (value: Json, place: Place, report: Report): void => {
    const crowded = !isMissing(value['thumbnailImageUrl']) || !isMissing(value['title'])
    const max = crowded ? limits.beside : limits.alone
    const given = value['text']
    if (typeof given === 'string' && given.length > max)
      tell(report, inside(place, 'text'), `Length must be between 1 and ${max}`)
  }

const card: Fields = {
  thumbnailImageUrl: mediaUrl,
  imageBackgroundColor: color,
  title: text({ max: 40 }),
  text: required(text({ max: 160 })),
  defaultAction: actionIn('flexOther'),
}
const picture: Fields = { imageAspectRatio: oneOf('rectangle', 'square'), imageSize: oneOf('cover', 'contain') }

const buttons = object(
  { type: known, ...card, ...picture, actions: required(listOf({ min: 1, max: 4, of: action })) },
  roomLeft({ alone: 160, beside: 60 }),
)

const confirm = object({
  type: known,
  text: required(text({ max: 240 })),
  actions: required(listOf({ min: 2, max: 2, of: action })),
})

const column = object(
  { ...card, actions: required(listOf({ min: 1, max: 3, of: action })) },
  roomLeft({ alone: 120, beside: 60 }),
)

function checkColumnsAlike(value: Json, place: Place, report: Report): void {
  const columns = Array.isArray(value['columns']) ? value['columns'].filter(isJson) : []
  const shape = (one: Json) => [
    Array.isArray(one['actions']) ? one['actions'].length : 0,
    !isMissing(one['title']),
    !isMissing(one['thumbnailImageUrl']),
  ]
  if (new Set(columns.map((one) => JSON.stringify(shape(one)))).size > 1)
    tell(report, inside(place, 'columns'), 'columns must have the same number of actions, and image and title alike')
}

const carousel = object(
  { type: known, ...picture, columns: required(listOf({ min: 1, max: 10, of: column })) },
  checkColumnsAlike,
)

const imageCarousel = object({
  type: known,
  columns: required(
    listOf({
      min: 1,
      max: 10,
      of: object({ imageUrl: required(mediaUrl), action: required(actionIn('imageCarousel')) }),
    }),
  ),
})

export const template: Check = byType({ buttons, confirm, carousel, image_carousel: imageCarousel })
