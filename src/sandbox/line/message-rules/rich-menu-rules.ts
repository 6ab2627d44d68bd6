import { actionIn } from './action-rules.ts'
import {
  flag,
  integer,
  isJson,
  type Json,
  listOf,
  object,
  type Place,
  type Report,
  required,
  tell,
  text,
} from './field-checks.ts'

export const leastRatio = 1.45
const side = integer({ min: 0, max: 2_147_483_647 })

function checkRatio(size: Json, place: Place, report: Report): void {
  const [width, height] = [Number(size['width']), Number(size['height'])]
  if (width / height < leastRatio)
    tell(report, place, `the aspect ratio (width / height) must be at least ${leastRatio}`)
}

function checkAreasInside(menu: Json, place: Place, report: Report): void {
  const { size, areas } = menu
  if (!isJson(size) || !Array.isArray(areas)) return
  for (const [index, area] of areas.entries()) {
    const bounds = isJson(area) && isJson(area['bounds']) ? area['bounds'] : {}
    const fits =
      Number(bounds['x']) + Number(bounds['width']) <= Number(size['width']) &&
      Number(bounds['y']) + Number(bounds['height']) <= Number(size['height'])
    if (!fits) tell(report, { ...place, at: `areas[${index}].bounds` }, 'must lie inside the rich menu')
  }
}

const richMenu = object(
  {
    size: required(
      object(
        {
          width: required(integer({ min: 800, max: 2_500 })),
          height: required(integer({ min: 250, max: 2_500 })),
        },
        checkRatio,
      ),
    ),
    selected: required(flag),
    name: required(text({ max: 300 })),
    chatBarText: required(text({ max: 14, unit: 'grapheme' })),
    areas: required(
      listOf({
        min: 0,
        max: 20,
        of: object({
          bounds: required(
            object({ x: required(side), y: required(side), width: required(side), height: required(side) }),
          ),
          action: required(actionIn('richMenu')),
        }),
      }),
    ),
  },
  checkAreasInside,
)

export function richMenuProblems(value: unknown) {
  const problems: { message: string; property: string }[] = []
  richMenu(value, { at: '', style: 'dotted' }, (problem) => problems.push(problem))
  return problems
}
