import { describe, expect, it } from 'vitest'
import { menuSvg } from '../../src/bot/menus/draw-menu.ts'
import { MENU_BUTTONS } from '../../src/bot/menus/menu-buttons.ts'
import { MENU_KINDS, menuKindOf } from '../../src/bot/menus/menu-kind.ts'
import { menuLayout, menuRequest } from '../../src/bot/menus/menu-layout.ts'
import { pngOf } from '../../src/bot/menus/menu-picture.ts'
import { menuName, readMenuName, wantedMenus } from '../../src/bot/menus/menu-version.ts'
import { planMenus } from '../../src/bot/menus/plan-menus.ts'
import { saraAmApart } from '../../src/bot/menus/sara-am-apart.ts'
import { exactCommand } from '../../src/bot/understand.ts'
import { MENU_LINES } from '../../src/bot/words/menu-words.ts'
import { readImageHeader } from '../../src/sandbox/line/image-header.ts'
import { richMenuProblems } from '../../src/sandbox/line/message-rules/rich-menu-rules.ts'
import { openLineSpecs } from '../conformance/line-openapi.ts'

const specs = openLineSpecs()
if (!specs) console.warn('SKIPPED: ../shared/specs is not at hand, rich menus are not held against LINE’s OpenAPI')

const LONGEST_LINE = 12
const graphemes = (words: string) => [...new Intl.Segmenter('th').segment(words)].length

describe('the menus', () => {
  it.each(MENU_KINDS)('%s: LINE takes it, and its areas cover the picture without gaps', (kind) => {
    const request = menuRequest(kind, menuName({ kind, version: '0123456789ab' }))
    expect(richMenuProblems(request)).toEqual([])
    if (specs) expect(specs.checkRequest('POST', '/v2/bot/richmenu', request)).toEqual([])
    const covered = (request.areas ?? []).reduce(
      (sum, { bounds }) => sum + (bounds?.width ?? 0) * (bounds?.height ?? 0),
      0,
    )
    expect(covered).toBe((request.size?.width ?? 0) * (request.size?.height ?? 0))
  })

  it.each(MENU_KINDS)('%s: every area says a command that is understood when it is typed', (kind) => {
    for (const { text } of MENU_BUTTONS[kind]) expect(exactCommand(text), text).not.toBeNull()
    for (const area of menuRequest(kind, 'x').areas ?? [])
      expect(area.action).toMatchObject({ type: 'message', label: expect.any(String), text: expect.any(String) })
  })

  it.each(MENU_KINDS)('%s: the picture is a PNG of the size told, far below 1 MB', async (kind) => {
    const png = Buffer.from(await pngOf(menuSvg(kind)))
    const { size } = menuLayout(kind)
    expect(readImageHeader(png)).toMatchObject({ mime: 'image/png', ...size })
    expect(png.length).toBeLessThan(500_000)
  })

  it('draw the words of their commands, in lines that are the command letter by letter and fit their button', () => {
    for (const [command, lines] of Object.entries(MENU_LINES)) expect(lines?.join('')).toBe(command)
    for (const { text } of Object.values(MENU_BUTTONS).flat())
      for (const line of MENU_LINES[text] ?? [text]) expect(graphemes(line), line).toBeLessThanOrEqual(LONGEST_LINE)
    expect(menuSvg('department')).toContain('>รายชื่อที่<')
  })

  it('draw SARA AM in two letters with the tone mark above its circle, so that the next letter does not stand on it', () => {
    expect(saraAmApart('คำ น้ำ')).toBe('ค\u0e4d\u0e32 น\u0e4d\u0e49\u0e32')
    for (const kind of MENU_KINDS) expect(menuSvg(kind)).not.toContain('\u0e33')
  })

  it('belong to the duty: by level for officers, by role for executives and certifiers', () => {
    expect(menuKindOf(null)).toBe('newcomer')
    expect(menuKindOf({ role: 'officer', level: 'lao' })).toBe('lao')
    expect(menuKindOf({ role: 'executive', level: 'province' })).toBe('executive')
    expect(menuKindOf({ role: 'certifier', level: 'institution' })).toBe('certifier')
  })

  it('have a version that stays as long as nothing changes', () => {
    expect(wantedMenus()).toEqual(wantedMenus())
    expect(new Set(wantedMenus().map((menu) => menu.version)).size).toBe(MENU_KINDS.length)
    for (const menu of wantedMenus()) expect(readMenuName(menuName(menu))).toEqual(menu)
  })
})

describe('the plan for a channel', () => {
  const wanted = wantedMenus()
  const nothing = { menus: [], aliases: new Map<string, string>(), defaultId: null }

  it('on an empty channel makes all of them and removes nothing', () => {
    const plan = planMenus({ wanted, channel: nothing, ready: new Set() })
    expect(plan.menus.every((menu) => menu.richMenuId === null && !menu.ready)).toBe(true)
    expect(plan.aliases).toEqual(MENU_KINDS)
    expect(plan.setDefault).toBe(true)
    expect(plan.remove).toEqual([])
  })

  it('adopts what was made before an interruption, removes doubles and former versions, never what others made', () => {
    const [newcomer, institution] = wanted
    if (!newcomer || !institution) throw new Error('no menus')
    const former = { richMenuId: 'r-former', name: 'lec-confirm/lao/0123456789ab' }
    const menus = [
      { richMenuId: 'r-new', name: menuName(newcomer) },
      { richMenuId: 'r-inst-1', name: menuName(institution) },
      { richMenuId: 'r-inst-2', name: menuName(institution) },
      former,
      { richMenuId: 'r-shop', name: 'a menu of somebody else' },
    ]
    const channel = { menus, aliases: new Map([['lec-newcomer', 'r-new']]), defaultId: 'r-new' }
    const plan = planMenus({ wanted, channel, ready: new Set(['r-new', 'r-inst-2']) })
    expect(plan.menus.slice(0, 3).map((menu) => [menu.richMenuId, menu.ready])).toEqual([
      ['r-new', true],
      ['r-inst-2', true],
      [null, false],
    ])
    expect(plan.setDefault).toBe(false)
    expect(plan.aliases).not.toContain('newcomer')
    expect(plan.remove.map((menu) => menu.richMenuId)).toEqual(['r-inst-1', 'r-former'])
  })
})
