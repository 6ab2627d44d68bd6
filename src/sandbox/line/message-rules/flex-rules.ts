import { actionIn } from './action-rules.ts'
import {
  byType,
  type Check,
  flag,
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
} from './field-checks.ts'
import { flexBox, flexImage, flexVideo } from './flex-components.ts'
import { color } from './flex-values.ts'

// LINE says "30 KB" and "50 KB" without saying which kilobyte: the smaller one is taken.
const bubbleBytes = 30_000
const carouselBytes = 50_000

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

const blockStyle = object({ backgroundColor: color, separator: flag, separatorColor: color })

function checkBlocks(bubble: Json, place: Place, report: Report): void {
  const blocks = ['header', 'hero', 'body', 'footer'].filter((name) => !isMissing(bubble[name]))
  if (blocks.length === 0) tell(report, place, 'At least one block must be specified')
  if (bytesOf(bubble) > bubbleBytes) tell(report, place, 'The size of the bubble exceeds the limit (30KB)')
  const roomForVideo = ['kilo', 'mega', 'giga'].includes(String(bubble['size'] ?? 'mega'))
  if (hasVideo(bubble) && !roomForVideo) tell(report, place, 'video requires a bubble of size kilo, mega or giga')
}

const hasVideo = (bubble: unknown) => isJson(bubble) && isJson(bubble['hero']) && bubble['hero']['type'] === 'video'

const bubble = object(
  {
    type: known,
    size: oneOf('nano', 'micro', 'deca', 'hecto', 'kilo', 'mega', 'giga'),
    direction: oneOf('ltr', 'rtl'),
    header: byType({ box: flexBox }),
    hero: byType({ box: flexBox, image: flexImage, video: flexVideo }),
    body: byType({ box: flexBox }),
    footer: byType({ box: flexBox }),
    styles: object({ header: blockStyle, hero: blockStyle, body: blockStyle, footer: blockStyle }),
    action: actionIn('flexOther'),
  },
  checkBlocks,
)

function checkCarousel(carousel: Json, place: Place, report: Report): void {
  if (bytesOf(carousel) > carouselBytes) tell(report, place, 'The size of the carousel exceeds the limit (50KB)')
  const bubbles = Array.isArray(carousel['contents']) ? carousel['contents'].filter(isJson) : []
  if (new Set(bubbles.map((one) => one['size'] ?? 'mega')).size > 1)
    tell(report, place, 'all bubbles in a carousel must have the same size')
  if (bubbles.some(hasVideo)) tell(report, place, 'video cannot be used in a carousel')
}

const carousel = object(
  { type: known, contents: required(listOf({ min: 1, max: 12, of: byType({ bubble }) })) },
  checkCarousel,
)

const container = byType({ bubble, carousel })

/** Flex contents; LINE names places in them from the container on, as JSON pointers. */
export const flexContents: Check = (value, _place, report) => container(value, { at: '', style: 'pointer' }, report)
