import { type Check, tell } from './field-checks.ts'

const steps = 'none|xs|sm|md|lg|xl|xxl'
const sizes = 'xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl'
const px = '\\d+(?:\\.\\d+)?px'
const percent = '\\d+(?:\\.\\d+)?%'

const value =
  (...patterns: readonly string[]): Check =>
  (given, place, report) => {
    const pattern = new RegExp(`^(?:${patterns.join('|')})$`)
    if (typeof given !== 'string' || !pattern.test(given)) tell(report, place, 'invalid property')
  }

export const spacing = value(steps, px)
export const padding = value(steps, px, percent)
export const offset = value(steps, px, percent)
export const cornerRadius = value(steps, px)
export const borderWidth = value('none|light|normal|medium|semi-bold|bold', px)
export const length = value(px, percent)
export const textSize = value(sizes, px)
export const imageSize = value(sizes, 'full', px, percent)
export const lineSpacing = value(px)
export const color = value('#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?')
export const angle = value('\\d+(?:\\.\\d+)?deg')
export const share = value(percent)

/** `{width}:{height}`, each 1 to 100000, height at most three times the width. */
export const aspectRatio: Check = (given, place, report) => {
  const parts = typeof given === 'string' ? /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(given) : null
  const [width, height] = [Number(parts?.[1]), Number(parts?.[2])]
  const good = width >= 1 && height >= 1 && width <= 100_000 && height <= 100_000 && height <= 3 * width
  if (!good) tell(report, place, 'invalid property')
}
