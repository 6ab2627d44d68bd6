import { Command } from 'commander'
import { lineCheckCommand } from './line-check.ts'
import { lineMenusCommand } from './line-menus.ts'

/** `lec line`: the LINE channel itself, apart from the messages on it. */
export function lineCommand(): Command {
  return new Command('line')
    .description('บัญชี LINE: ตรวจการตั้งค่า ติดตั้งเมนู / the LINE channel: check it, install its menus')
    .addCommand(lineCheckCommand())
    .addCommand(lineMenusCommand())
}
