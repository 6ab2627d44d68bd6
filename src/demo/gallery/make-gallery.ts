import { type Exhibit, openGallery } from './gallery-chat.ts'
import { afterClose } from './parts/after-close.ts'
import { chain } from './parts/chain.ts'
import { everyday, nonsense } from './parts/everyday.ts'
import { institution } from './parts/institution.ts'
import { joining } from './parts/joining.ts'
import { longLists } from './parts/long-lists.ts'
import { announcements, groups, office, opening } from './parts/office.ts'
import { accounts, unitChanges } from './parts/units.ts'

/** Every message of the chat, out of one story that the demo province plays from before the round to after its close. */
export function makeGallery(): Exhibit[] {
  const gallery = openGallery()
  try {
    joining(gallery)
    everyday(gallery, { part: 'ก่อนเปิดรอบ', at: '2024-04-25T09:00' })
    opening(gallery)
    everyday(gallery, { part: 'ระหว่างรอบ ก่อนมีใครบันทึก', at: '2024-05-02T09:00' })
    announcements(gallery)
    groups(gallery)
    office(gallery)
    nonsense(gallery)
    institution(gallery)
    everyday(gallery, { part: 'ระหว่างรอบ', at: '2024-06-05T13:00' })
    unitChanges(gallery)
    accounts(gallery)
    chain(gallery)
    afterClose(gallery)
    everyday(gallery, { part: 'หลังปิดรอบ', at: '2024-06-13T09:00' })
    return [...gallery.exhibits, ...longLists()]
  } finally {
    gallery.close()
  }
}
