import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from '../json-file.ts'

const Exhibit = z.object({
  /** Which chapter it belongs to, e.g. a state of the round. */
  part: z.string().min(1),
  /** Who sees it. */
  role: z.string().min(1),
  title: z.string().min(1),
  /** What the person said or tapped; null for what came unasked. */
  said: z.string().nullable(),
  /** LINE message objects as they were to be sent. */
  messages: z.array(z.looseObject({ type: z.string() })).max(5),
})
const Gallery = z.object({ exhibits: z.array(Exhibit).default([]) })

/** Messages that a client wants to see side by side; kept until the next ones come. */
export function galleryControl(options: { dir: string }): Hono {
  const file = join(options.dir, 'gallery.json')
  return new Hono()
    .get('/', (c) => c.json(Gallery.parse(readJsonFile(file) ?? {})))
    .put('/', async (c) => {
      const read = Gallery.safeParse(await c.req.json().catch(() => null))
      if (!read.success) return c.json({ error: z.prettifyError(read.error) }, 400)
      writeJsonFile(file, read.data)
      return c.json({ exhibits: read.data.exhibits.length })
    })
}
