import { nextAnnouncementTelling, tellOfAnnouncement } from '../workflow/announcement-tellings.ts'
import type { Job } from './runner.ts'
import { type SliceDeps, sliceJob } from './slice-job.ts'

/** Tells of an announcement for the nation, province by province. */
export function tellAnnouncementsJob(deps: SliceDeps): Job {
  return sliceJob(deps, {
    name: 'tell-announcements',
    everyMs: 2_000,
    slice(tx, now) {
      const telling = nextAnnouncementTelling(tx)
      return telling === null ? null : tellOfAnnouncement(tx, telling, now)
    },
  })
}
