import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from '../json-file.ts'

const PageFile = z.object({ id: z.string().min(1), title: z.string() })
const PagePerson = z.object({
  userId: z.string().min(1),
  role: z.string().default(''),
  unitName: z.string().default(''),
  name: z.string().default(''),
  email: z.string().default(''),
  files: z.array(PageFile).default([]),
})
const PageMoment = z.object({ label: z.string().min(1), at: z.union([z.number(), z.string()]) })

/** What a client may tell the page about its world: who is who, and which moments are worth jumping to. */
const PageData = z.object({
  title: z.string().default(''),
  moments: z.array(PageMoment).default([]),
  people: z.array(PagePerson).default([]),
})

export function pageDataControl(options: { dir: string }): Hono {
  const file = join(options.dir, 'page-data.json')
  return new Hono()
    .get('/', (c) => c.json(PageData.parse(readJsonFile(file) ?? {})))
    .put('/', async (c) => {
      const read = PageData.safeParse(await c.req.json().catch(() => null))
      if (!read.success) return c.json({ error: z.prettifyError(read.error) }, 400)
      writeJsonFile(file, read.data)
      return c.json(read.data)
    })
}
