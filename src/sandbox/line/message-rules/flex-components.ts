import { actionIn } from './action-rules.ts'
import {
  byType,
  type Check,
  type Fields,
  flag,
  integer,
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
import {
  angle,
  aspectRatio,
  borderWidth,
  color,
  cornerRadius,
  imageSize,
  length,
  lineSpacing,
  offset,
  padding,
  share,
  spacing,
  textSize,
} from './flex-values.ts'
import { mediaUrl } from './url-checks.ts'

const anyAction = actionIn('flexOther')
const flex = integer({ min: 0, max: 2_147_483_647 })
const words = text({ max: 50_000 })

const placed: Fields = {
  position: oneOf('relative', 'absolute'),
  offsetTop: offset,
  offsetBottom: offset,
  offsetStart: offset,
  offsetEnd: offset,
}
const lettering: Fields = {
  size: textSize,
  color,
  weight: oneOf('regular', 'bold'),
  style: oneOf('normal', 'italic'),
  decoration: oneOf('none', 'underline', 'line-through'),
}

const span = object({ type: known, text: required(words), ...lettering })

const textComponent = object(
  {
    type: known,
    text: words,
    contents: listOf({ min: 1, max: 1_000, of: byType({ span }) }),
    ...lettering,
    ...placed,
    flex,
    margin: spacing,
    align: oneOf('start', 'end', 'center'),
    gravity: oneOf('top', 'bottom', 'center'),
    wrap: flag,
    lineSpacing,
    maxLines: integer({ min: 0, max: 2_147_483_647 }),
    adjustMode: oneOf('shrink-to-fit'),
    scaling: flag,
    action: anyAction,
  },
  (value: Json, place: Place, report: Report) => {
    if (isMissing(value['text']) && isMissing(value['contents'])) tell(report, place, 'text must be specified')
  },
)

const button = object({
  type: known,
  action: required(actionIn('flexButton')),
  ...placed,
  flex,
  margin: spacing,
  height: oneOf('sm', 'md'),
  style: oneOf('primary', 'secondary', 'link'),
  color,
  gravity: oneOf('top', 'bottom', 'center'),
  adjustMode: oneOf('shrink-to-fit'),
  scaling: flag,
})

export const flexImage = object({
  type: known,
  url: required(mediaUrl),
  ...placed,
  flex,
  margin: spacing,
  align: oneOf('start', 'end', 'center'),
  gravity: oneOf('top', 'bottom', 'center'),
  size: imageSize,
  aspectRatio,
  aspectMode: oneOf('cover', 'fit'),
  backgroundColor: color,
  action: anyAction,
  animated: flag,
})

const icon = object({
  type: known,
  url: required(mediaUrl),
  ...placed,
  margin: spacing,
  size: textSize,
  aspectRatio,
  scaling: flag,
})

const separator = object({ type: known, margin: spacing, color })
const filler = object({ type: known, flex })

const boxFields: Fields = {
  type: known,
  layout: required(oneOf('horizontal', 'vertical', 'baseline')),
  ...placed,
  flex,
  spacing,
  margin: spacing,
  backgroundColor: color,
  borderColor: color,
  borderWidth,
  cornerRadius,
  width: length,
  maxWidth: length,
  height: length,
  maxHeight: length,
  paddingAll: padding,
  paddingTop: padding,
  paddingBottom: padding,
  paddingStart: padding,
  paddingEnd: padding,
  justifyContent: oneOf('flex-start', 'center', 'flex-end', 'space-between', 'space-around', 'space-evenly'),
  alignItems: oneOf('flex-start', 'center', 'flex-end'),
  background: byType({
    linearGradient: object({
      type: known,
      angle: required(angle),
      startColor: required(color),
      endColor: required(color),
      centerColor: color,
      centerPosition: share,
    }),
  }),
  action: anyAction,
}

const inBaseline = listOf({ min: 0, max: 1_000, of: byType({ icon, text: textComponent, filler }) })
const inOther: Check = (value, place, report) => inOtherBox(value, place, report)
const box = (contents: Check) => object({ ...boxFields, contents: required(contents) })
const baselineBox = box(inBaseline)
const otherBox = box(inOther)

/** A baseline box holds icons and texts only; every other box holds everything but icons, spans and films. */
export const flexBox: Check = (value, place, report) => {
  const isBaseline = (value as Json | null)?.['layout'] === 'baseline'
  return isBaseline ? baselineBox(value, place, report) : otherBox(value, place, report)
}

const inOtherBox = listOf({
  min: 0,
  max: 1_000,
  of: byType({ box: flexBox, button, image: flexImage, text: textComponent, separator, filler }),
})

export const flexVideo = object({
  type: known,
  url: required(mediaUrl),
  previewUrl: required(mediaUrl),
  altContent: required(byType({ box: flexBox, image: flexImage })),
  aspectRatio,
  action: actionIn('flexOther'),
})
