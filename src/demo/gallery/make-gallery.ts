import { type Exhibit, openGallery } from './gallery-chat.ts'
import { chain } from './parts/chain.ts'
import { everyday, nonsense } from './parts/everyday.ts'
import { institution } from './parts/institution.ts'
import { joining } from './parts/joining.ts'

/** Every message of the chat, out of one story that the demo province plays from before the round to after its close. */
export function makeGallery(): Exhibit[] {
  const gallery = openGallery()
  try {
    everyday(gallery, { part: 'ก่อนเปิดรอบ', at: '2024-04-24T09:00' })
    joining(gallery)
    everyday(gallery, { part: 'ระหว่างรอบ ก่อนมีใครบันทึก', at: '2024-05-02T09:00' })
    nonsense(gallery)
    institution(gallery)
    everyday(gallery, { part: 'ระหว่างรอบ', at: '2024-06-05T13:00' })
    chain(gallery)
    everyday(gallery, { part: 'หลังปิดรอบ', at: '2024-06-13T09:00' })
    return gallery.exhibits
  } finally {
    gallery.close()
  }
}
