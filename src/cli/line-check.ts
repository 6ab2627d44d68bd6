import { Command } from 'commander'
import type { LineClient } from '../bot/line-client.ts'
import { lineFailure } from '../bot/line-menus.ts'
import type { Config } from '../config.ts'
import { type InstallDeps, isDone, menuPlan, peopleDue } from '../jobs/install-menus.ts'
import { openLog } from '../log.ts'
import { withLineSession } from './line-session.ts'

/** `good` null: nothing that can be checked from here. */
export type Finding = { good: boolean | null; words: string }

/** `lec line check`: asks the channel what keeps it from working, and says it in plain words. */
export function lineCheckCommand(): Command {
  return new Command('check').description('ตรวจการตั้งค่าบัญชี LINE / what is missing on the LINE channel').action(() =>
    withLineSession(async ({ config, clock, database, line }) => {
      const log = openLog(config.logLevel)
      const findings = await checkChannel({ line, config, menus: { db: database.db, clock, log, menus: line.menus } })
      console.log(findings.map(({ good, words }) => `${good === null ? '?' : good ? '✓' : '✗'} ${words}`).join('\n'))
      if (findings.some((finding) => finding.good === false)) process.exitCode = 1
    }),
  )
}

export async function checkChannel(input: {
  line: LineClient
  config: Pick<Config, 'publicUrl' | 'mode'>
  menus: InstallDeps
}): Promise<Finding[]> {
  const { line, config } = input
  const account = await line.botInfo().catch((error: unknown) => failureWords(error))
  if (typeof account === 'string')
    return [
      {
        good: false,
        words: `LINE ไม่รับ Channel ID และ secret หรือ access token นี้ หรือติดต่อ LINE ไม่ได้: ${account}`,
      },
    ]
  return [
    { good: true, words: `บัญชี ${account.displayName} (${account.basicId})` },
    ...(await guarded('Webhook', () => webhookFindings(line, config))),
    {
      good: null,
      words:
        'ตรวจจากที่นี่ไม่ได้: ใน LINE Developers Console ต้องเปิด Webhook redelivery และใน LINE Official Account Manager ต้องปิดข้อความตอบกลับอัตโนมัติ / cannot be asked: switch on webhook redelivery, switch off auto-reply messages',
    },
    ...(await guarded('จำนวนข้อความ', () => quotaFinding(line))),
    ...(await guarded('ริชเมนู', () => menuFinding(input.menus))),
  ]
}

async function webhookFindings(line: LineClient, config: Pick<Config, 'publicUrl' | 'mode'>): Promise<Finding[]> {
  const webhook = await line.webhookEndpoint()
  if (!webhook)
    return [
      {
        good: false,
        words:
          'ยังไม่ได้ตั้ง Webhook URL ให้ตั้ง PUBLIC_URL แล้วเริ่มโปรแกรมใหม่ หรือกรอก (ที่อยู่เว็บ)/line/webhook ใน LINE Developers Console',
      },
    ]
  const expected = config.publicUrl ? `${config.publicUrl}/line/webhook` : null
  const elsewhere = expected !== null && webhook.endpoint !== expected
  const findings: Finding[] = [
    {
      good: !elsewhere,
      words: elsewhere
        ? `Webhook URL คือ ${webhook.endpoint} แต่ PUBLIC_URL คือ ${config.publicUrl}: เริ่มโปรแกรมใหม่เพื่อตั้งให้ตรง`
        : `Webhook URL ${webhook.endpoint}`,
    },
  ]
  if (!webhook.active) findings.push({ good: false, words: 'Webhook ปิดอยู่: เปิด Use webhook ใน LINE Developers Console' })
  const tried = await line.tryWebhook().catch((error: unknown) => failureWords(error))
  if (typeof tried === 'string') findings.push({ good: false, words: `ขอให้ LINE ลองเรียก webhook ไม่ได้: ${tried}` })
  else
    findings.push({
      good: tried.success,
      words: tried.success
        ? 'LINE เรียก webhook ได้'
        : `LINE เรียก webhook ไม่ได้ (${tried.reason}, ${tried.statusCode}): ตรวจว่าโปรแกรมทำงานอยู่และเข้าถึงได้จากอินเทอร์เน็ต`,
    })
  return findings
}

/** Below this share of the month's messages somebody should know. */
const LOW_SHARE = 0.1

async function quotaFinding(line: LineClient): Promise<Finding> {
  const { limit, used } = await line.quota()
  if (limit === null) return { good: true, words: `ข้อความเดือนนี้ไม่จำกัด (ใช้แล้ว ${used})` }
  const left = Math.max(0, limit - used)
  const low = left < limit * LOW_SHARE
  return {
    good: !low,
    words: `ข้อความเดือนนี้เหลือ ${left} จาก ${limit}${low ? ': ข้อความที่ระบบส่งเองอาจไปไม่ถึง เพิ่มแพ็กเกจหรือรอเดือนใหม่' : ''}`,
  }
}

async function menuFinding(deps: InstallDeps): Promise<Finding> {
  const plan = await menuPlan(deps)
  const missing = plan.menus.filter((menu) => !menu.ready).length
  if (isDone(plan)) {
    const people = await peopleDue(deps, plan)
    return { good: true, words: `ริชเมนูครบ ${plan.menus.length} แบบ${people > 0 ? ` (กำลังสลับให้ ${people} คน)` : ''}` }
  }
  const what = missing > 0 ? `ขาดหรือไม่ใช่รุ่นปัจจุบัน ${missing} แบบ` : 'ยังตั้งค่าไม่ครบ'
  return { good: false, words: `ริชเมนู${what}: สั่ง lec line menus` }
}

/** One question that LINE does not answer leaves the others. */
async function guarded(what: string, ask: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await ask()].flat()
  } catch (error) {
    return [{ good: false, words: `${what}: ถาม LINE ไม่ได้ (${failureWords(error)})` }]
  }
}

const failureWords = (error: unknown): string => lineFailure(error).message
