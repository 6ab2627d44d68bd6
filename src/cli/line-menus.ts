import { Command } from 'commander'
import { AppError } from '../app-error.ts'
import type { MenuPlan } from '../bot/menus/plan-menus.ts'
import { MENU_BAR } from '../bot/words/menu-words.ts'
import { type InstallDeps, type InstallStep, installMenus, isDone, menuPlan, peopleDue } from '../jobs/install-menus.ts'
import { openLog } from '../log.ts'
import { withLineSession } from './line-session.ts'

/** `lec line menus`: the rich menu of every kind of duty, drawn, uploaded and shown to whoever has the duty. */
export function lineMenusCommand(): Command {
  return new Command('menus')
    .description('ติดตั้งริชเมนูตามหน้าที่ / install the rich menus; changes only what differs')
    .option('--dry-run', 'only say what would be done')
    .action((options: { dryRun?: boolean }) =>
      withLineSession(async ({ config, clock, database, line }) => {
        const log = openLog(config.logLevel)
        const deps: InstallDeps = { db: database.db, clock, log, menus: line.menus }
        const plan = await menuPlan(deps)
        const people = await peopleDue(deps, plan)
        if (options.dryRun) return console.log(planWords(plan, people).join('\n'))
        if (isDone(plan) && people === 0) return console.log(DONE_ALREADY)
        await install(deps)
      }),
    )
}

const DONE_ALREADY = 'เมนูครบและเป็นรุ่นปัจจุบันแล้ว ไม่มีสิ่งใดเปลี่ยน / every menu is there and current; nothing to do'

async function install(deps: InstallDeps): Promise<void> {
  try {
    const done = await installMenus(deps, (step) => console.log(stepWords(step)))
    if (done === null)
      throw new AppError(
        'อีกโปรแกรมกำลังติดตั้งหรือสลับเมนูอยู่ โปรดสั่งใหม่ในอีกสักครู่ / another process is at the menus; try again',
        {
          code: 'they-refused',
          retry: true,
        },
      )
    console.log('ติดตั้งเมนูเรียบร้อย / done')
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'quota') throw error
    throw new AppError(
      `${error.message}\nLINE จำกัดการสร้างและลบเมนูไว้ 100 ครั้งต่อชั่วโมง สิ่งที่ทำแล้วยังอยู่ โปรดสั่ง lec line menus อีกครั้งในหนึ่งชั่วโมง / LINE takes 100 an hour: run it again then, it goes on where it was`,
      { code: 'quota', retry: true, cause: error },
    )
  }
}

/** What would be done, one line each. */
export function planWords(plan: MenuPlan, people: number): string[] {
  if (isDone(plan) && people === 0) return [DONE_ALREADY]
  const menus = plan.menus.map((menu) => {
    if (menu.ready) return `= ${menu.name} (${MENU_BAR[menu.kind]}) คงเดิม / kept`
    if (menu.richMenuId) return `~ ${menu.name} (${MENU_BAR[menu.kind]}) ใส่รูป / picture to be uploaded`
    return `+ ${menu.name} (${MENU_BAR[menu.kind]}) สร้างใหม่ / to be made`
  })
  return [
    ...menus,
    ...plan.aliases.map((kind) => `> lec-${kind} ตั้งชื่อเรียก / alias to be set`),
    ...(plan.setDefault ? ['> เมนูของผู้ยังไม่เข้าร่วมเป็นเมนูเริ่มต้น / newcomers’ menu to be the default'] : []),
    `@ ผู้ใช้ที่จะเห็นเมนูเปลี่ยน ${people} คน / people whose menu changes`,
    ...plan.remove.map((menu) => `- ${menu.name} ลบรุ่นเดิม / former version to be removed`),
  ]
}

function stepWords(step: InstallStep): string {
  switch (step.did) {
    case 'created':
      return `+ ${MENU_BAR[step.kind]}: สร้างแล้ว / made`
    case 'pictured':
      return `+ ${MENU_BAR[step.kind]}: ใส่รูปแล้ว / picture uploaded`
    case 'aliased':
      return `> ${MENU_BAR[step.kind]}: ตั้งชื่อเรียกแล้ว / alias set`
    case 'default':
      return '> ตั้งเมนูเริ่มต้นสำหรับผู้ยังไม่เข้าร่วมแล้ว / default set'
    case 'linked':
      return `@ แสดงเมนูตามหน้าที่แล้ว ${step.people} คน / people linked`
    case 'removed':
      return `- ${step.name}: ลบแล้ว / removed`
  }
}
