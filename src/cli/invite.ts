import { Command } from 'commander'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { AppError } from '../app-error.ts'
import { transact } from '../db/open.ts'
import { type Role, units } from '../db/schema.ts'
import { createInvitation } from '../workflow/invitations.ts'
import { unitByCode } from '../workflow/unit.ts'
import { invitationWay } from './invitation-way.ts'
import { withSession } from './session.ts'

export type OrderOptions = { order?: string; orderDate?: string }

const ROLES: readonly Role[] = ['officer', 'executive', 'certifier']

/** `lec invite`: a one-time code for any unit; everyone but the department's officers is invited in chat by the level above. */
export function inviteCommand(): Command {
  return new Command('invite')
    .description('ออกรหัสเข้าร่วมใช้ครั้งเดียว / one-time code that appoints a person at a unit')
    .requiredOption('--unit <code>', 'code of the unit; P and two digits for a province; "department"')
    .option('--role <role>', 'officer, executive, or certifier of an institution', 'officer')
    .option('--name <name>', 'name of the person appointed')
    .option('--order <number>', 'number of the appointing order')
    .option('--order-date <date>', 'date of the order, YYYY-MM-DD (CE)')
    .action((options: InviteOptions) => inviteTo(options))
}

type InviteOptions = OrderOptions & { unit: string; role: string; name?: string }

/** Makes a code as the operator and prints it; it is shown this once. */
export function inviteTo(options: InviteOptions): Promise<void> {
  const role = ROLES.find((one) => one === options.role)
  if (!role) throw new AppError(`--role ต้องเป็น ${ROLES.join(', ')}`, { code: 'bad-input' })
  if (options.orderDate && !z.iso.date().safeParse(options.orderDate).success) {
    throw new AppError('--order-date ต้องเป็นวันที่ ค.ศ. แบบ YYYY-MM-DD', { code: 'bad-input' })
  }
  return withSession(({ database, clock }) => {
    const result = transact(database.db, (tx) => {
      const unit =
        options.unit === 'department'
          ? tx.select().from(units).where(eq(units.level, 'department')).get()
          : unitByCode(tx, options.unit)
      if (!unit) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${options.unit}`, { code: 'not-found' })
      const input = {
        actor: null,
        unitId: unit.id,
        role,
        personName: options.name ?? null,
        orderNumber: options.order ?? null,
        orderDate: options.orderDate ?? null,
      }
      const created = createInvitation(tx, input, clock.now())
      if (!created.ok) return { unit, created, way: [] }
      const made = { invitationId: created.id, code: created.code, terminal: process.stdout.isTTY }
      return { unit, created, way: invitationWay(tx, made, clock.now()) }
    })
    if (!result.created.ok) {
      const words = result.created.why === 'certifies-nothing' ? 'ผู้รับรองมีเฉพาะในสถานศึกษา' : 'ออกรหัสไม่ได้'
      throw new AppError(words, { code: 'bad-input' })
    }
    console.log([`${result.unit.name}: ${result.created.code}`, ...result.way].join('\n'))
  })
}
