import { Command } from 'commander'
import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { AppointmentId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { units } from '../db/schema.ts'
import { changeDuty, type DutyChange } from '../workflow/appointment-changes.ts'
import { type Appointment, appointmentsAt } from '../workflow/appointment-record.ts'
import { type Unit, unitByCode } from '../workflow/unit.ts'
import { inviteTo, type OrderOptions } from './invite.ts'
import { withSession } from './session.ts'

const ROLE = { officer: 'เจ้าหน้าที่', executive: 'ผู้บริหาร', certifier: 'ผู้รับรอง' } as const

type AppointOptions = OrderOptions & { department?: boolean; unit?: string; name?: string }

/**
 * `lec appoint`: the first officer of the department, whom nobody above can invite; and the operator's hand on an appointment when the
 * level above cannot be reached. Everything here is recorded as done by the operator.
 */
export function appointCommand(): Command {
  const command = new Command('appoint')
    .description('แต่งตั้งผู้รับผิดชอบ / appoint at the department; list, end, suspend or resume appointments')
    .option('--department', 'appoint an officer of the department')
    .option('--name <name>', 'name of the person appointed')
    .option('--order <number>', 'number of the appointing order')
    .option('--order-date <date>', 'date of the order, YYYY-MM-DD (CE)')
    .action((options: AppointOptions) => {
      if (!options.department || !options.name)
        throw new AppError('ระบุ --department และ --name (หน่วยอื่นใช้ lec invite หรือให้หน่วยที่อยู่เหนือขึ้นไปหนึ่งระดับเชิญในแชต)', {
          code: 'bad-input',
        })
      return inviteTo({ ...options, unit: 'department', role: 'officer' })
    })
  command
    .command('list')
    .description('who is appointed at a unit')
    .requiredOption('--unit <code>', 'code of the unit; P and two digits for a province; "department"')
    .action((options: { unit: string }) =>
      withSession(({ database, clock }) => {
        const there = transact(database.db, (tx) => appointmentsAt(tx, unitNamed(tx, options.unit).id, clock.now()))
        console.log(there.length === 0 ? 'ยังไม่มีผู้รับผิดชอบ' : there.map(lineOf).join('\n'))
      }),
    )
  for (const [change, description] of CHANGES) {
    command
      .command(change)
      .description(description)
      .argument('<id>', 'number of the appointment, as lec appoint list prints it')
      .requiredOption('--reason <words>', 'reason, or number of the order; the person is told')
      .action((id: string, options: { reason: string }) => changeOne({ change, id, reason: options.reason }))
  }
  return command
}

const CHANGES: readonly (readonly [DutyChange, string])[] = [
  ['end', 'ให้พ้นหน้าที่ / end an appointment now'],
  ['suspend', 'ระงับหน้าที่ / suspend an appointment'],
  ['resume', 'คืนหน้าที่ / let a suspended appointment go on'],
]

function changeOne(input: { change: DutyChange; id: string; reason: string }): Promise<void> {
  const { change, reason } = input
  if (!/^\d+$/.test(input.id)) throw new AppError('ต้องระบุลำดับการแต่งตั้งเป็นตัวเลข', { code: 'bad-input' })
  const appointmentId = Number(input.id) as AppointmentId
  return withSession(({ database, clock }) => {
    const result = transact(database.db, (tx) =>
      changeDuty(tx, { actor: null, appointmentId, change, reason }, clock.now()),
    )
    if (!result.ok) throw new AppError(whyNot(result), { code: 'bad-input' })
    console.log(lineOf(result.appointment))
    if (result.waitingForNobody !== null)
      console.log(
        `หน่วย ${result.appointment.unitName} ไม่มีผู้รับผิดชอบ ขณะนี้มีเรื่องที่รอดำเนินการ ${result.waitingForNobody} รายการ`,
      )
  })
}

function whyNot(refusal: { why: string; state?: unknown }): string {
  if (refusal.why === 'duty-state') return `การแต่งตั้งนี้อยู่ในสถานะ ${STATE[String(refusal.state)] ?? ''}`
  if (refusal.why === 'no-reason') return 'ต้องระบุเหตุผลหรือเลขที่คำสั่ง อย่างน้อย 3 ตัวอักษร'
  return 'ไม่มีการแต่งตั้งลำดับนี้ ดูลำดับด้วย: lec appoint list --unit (รหัสหน่วย)'
}

const STATE: Record<string, string> = { 'in-force': 'ปฏิบัติหน้าที่', suspended: 'ระงับหน้าที่', ended: 'พ้นหน้าที่แล้ว' }

function lineOf(appointment: Appointment): string {
  const { id, name, role, unitName, orderNumber, orderDate, state } = appointment
  const order = orderNumber ? ` คำสั่งที่ ${orderNumber}${orderDate ? ` (${orderDate})` : ''}` : ''
  return `${id}  ${name}  ${ROLE[role]} ${unitName}${order}  ${STATE[state]}`
}

function unitNamed(tx: Tx, code: string): Unit {
  const unit =
    code === 'department' ? tx.select().from(units).where(eq(units.level, 'department')).get() : unitByCode(tx, code)
  if (!unit) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${code}`, { code: 'not-found' })
  return unit
}
