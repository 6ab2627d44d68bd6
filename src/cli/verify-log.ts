import { Command } from 'commander'
import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { transact } from '../db/open.ts'
import { confirmations } from '../db/schema.ts'
import { verifyLog } from '../workflow/event-log.ts'
import { withSession } from './session.ts'

const WORDS = {
  changed: 'ถูกแก้ไข',
  missing: 'หายไป',
  'chain-broken': 'ไม่ต่อกับรายการก่อนหน้า',
  cut: 'ถูกตัดท้ายหรือเขียนใหม่',
} as const

/** `lec verify-log`: every row's hash, the chain, and, given a receipt, that the log still holds what the receipt saw. Exit 1 when broken. */
export function verifyLogCommand(): Command {
  return new Command('verify-log')
    .description('ตรวจบันทึกการดำเนินการว่าไม่ถูกแก้ไข / verify the append-only event log')
    .option('--receipt <number>', 'receipt whose hash the log must still hold, e.g. 2567/1-000001')
    .option('--hash <hash>', 'hash as printed on that receipt (first characters are enough)')
    .action((options: { receipt?: string; hash?: string }) =>
      withSession(({ database }) => {
        const result = transact(database.db, (tx) => {
          const row = options.receipt
            ? tx.select().from(confirmations).where(eq(confirmations.receiptNumber, options.receipt)).get()
            : undefined
          if (options.receipt && !row) throw new AppError(`ไม่พบใบรับเลขที่ ${options.receipt}`, { code: 'not-found' })
          if (row && options.hash && !row.headHash.startsWith(options.hash.toLowerCase())) {
            throw new AppError(
              `ใบรับเลขที่ ${options.receipt} ในระบบมีรหัส ${row.headHash.slice(0, 12)} ไม่ตรงกับ ${options.hash}`,
              { code: 'bad-input' },
            )
          }
          return verifyLog(tx, row ? { seq: row.eventSeq, hash: row.headHash } : undefined)
        })
        for (const { seq, what } of result.problems) console.error(`รายการที่ ${seq}: ${WORDS[what]}`)
        console.log(
          `${result.rows} รายการ รหัสล่าสุด ${result.head.slice(0, 12)} ${result.problems.length === 0 ? 'ถูกต้องครบถ้วน' : 'ไม่ถูกต้อง'}`,
        )
        if (result.problems.length > 0) process.exitCode = 1
      }),
    )
}
