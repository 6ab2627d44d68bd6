import { byType, type Fields, integer, known, listOf, object, required, text } from './field-checks.ts'
import { mediaUrl, tapUri } from './url-checks.ts'

const pixels = integer({ min: 0, max: 2_147_483_647 })
const area = object({ x: required(pixels), y: required(pixels), width: required(pixels), height: required(pixels) })
const base: Fields = { type: known, label: text({ max: 100 }), area: required(area) }

/** The parts of an imagemap message beside its alternative text. */
export const imagemapFields: Fields = {
  baseUrl: required(mediaUrl),
  baseSize: required(
    object({
      width: required(integer({ min: 1_040, max: 1_040 })),
      height: required(integer({ min: 1, max: 10_000 })),
    }),
  ),
  actions: required(
    listOf({
      min: 1,
      max: 50,
      of: byType({
        uri: object({ ...base, linkUri: required(tapUri) }),
        message: object({ ...base, text: required(text({ max: 400 })) }),
        clipboard: object({ ...base, clipboardText: required(text({ max: 1_000 })) }),
      }),
    }),
  ),
  video: object({
    originalContentUrl: required(mediaUrl),
    previewImageUrl: required(mediaUrl),
    area: required(area),
    externalLink: object({ linkUri: required(tapUri), label: required(text({ max: 30 })) }),
  }),
}
