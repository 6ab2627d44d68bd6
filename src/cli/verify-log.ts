import { Command } from 'commander'
import { AppError } from '../app-error.ts'
import { readTogether } from '../db/read-together.ts'
import { replayDifferences } from '../workflow/compare-replay.ts'
import type { Witness } from '../workflow/log-witness.ts'
import { logVerdict } from './log-verdict.ts'
import { withSession } from './session.ts'

type Options = { receipt?: string; hash?: string; head?: string; replay?: boolean }

/** Shorter ones fit by chance. */
const HASH = /^[0-9a-f]{8,64}$/i

/**
 * `lec verify-log`: every row's hash, the chain, every receipt, and, given a receipt or a head that somebody holds, that the log still
 * holds what they saw. `--replay` also rebuilds the states from the log and compares them with the tables. Exit 1 when broken.
 */
export function verifyLogCommand(): Command {
  return new Command('verify-log')
    .description('ตรวจบันทึกการดำเนินการว่าไม่ถูกแก้ไข / verify the append-only event log')
    .option('--receipt <number>', 'receipt that the log must still hold, e.g. 2567/1-000001')
    .option('--hash <hash>', 'hash as printed on that receipt (first characters are enough)')
    .option('--head <seq:hash>', 'a row and its hash as noted earlier, e.g. 1201:9f86d081884c')
    .option('--replay', 'replay the log and compare the states it gives with the tables')
    .action((options: Options) =>
      withSession(({ database }) => {
        const witness = witnessOf(options)
        const found = readTogether(database.db, (tx) => ({
          verdict: logVerdict(tx, witness),
          differences: options.replay ? replayDifferences(tx) : null,
        }))
        const { verdict, differences } = found
        for (const fault of verdict.faults) console.error(fault)
        for (const { table, key, field, log, tables } of differences ?? [])
          console.error(`${table} ${key} ${field}: ตามบันทึก ${log} ตามตาราง ${tables}`)
        console.log(verdict.summary)
        if (witness && verdict.whole) console.log('ตรงกับใบรับหรือรหัสที่นำมาตรวจ')
        if (differences) console.log(replaySummary(differences.length))
        if (!verdict.whole || (differences?.length ?? 0) > 0) process.exitCode = 1
      }),
    )
}

const replaySummary = (different: number): string =>
  different === 0 ? 'สถานะที่ได้จากบันทึกตรงกับตารางทุกแห่ง' : `สถานะที่ได้จากบันทึกต่างจากตาราง ${different} จุด`

function witnessOf(options: Options): Witness | null {
  const { receipt, hash, head } = options
  if (hash !== undefined && !HASH.test(hash)) throw badHash(hash)
  if (hash !== undefined && receipt === undefined) throw new AppError('--hash ใช้คู่กับ --receipt', { code: 'bad-input' })
  if (head !== undefined && receipt !== undefined)
    throw new AppError('โปรดระบุ --receipt หรือ --head อย่างใดอย่างหนึ่ง', { code: 'bad-input' })
  if (receipt !== undefined) return { receiptNumber: receipt, hash: hash ?? null }
  if (head === undefined) return null
  const [, seq = '', headHash = ''] = /^(\d+):(\w+)$/.exec(head) ?? []
  if (seq === '' || !HASH.test(headHash)) throw badHash(head)
  return { seq: Number(seq), hash: headHash }
}

const badHash = (given: string): AppError =>
  new AppError(`รหัส ${given} ไม่ถูกต้อง ต้องเป็น 0-9 a-f อย่างน้อย 8 ตัว ตามที่พิมพ์บนใบรับ`, { code: 'bad-input' })
