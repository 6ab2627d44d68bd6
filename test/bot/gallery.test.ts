import { expect, it } from 'vitest'
import { makeGallery } from '../../src/demo/gallery/make-gallery.ts'
import { faultsOf } from './sendable.ts'

const exhibits = makeGallery()

it('shows no message that LINE would refuse or a person could not use, in any state, for any duty', () => {
  const faults = exhibits.flatMap((one) =>
    faultsOf(one.messages).map((fault) => `${one.part} › ${one.title}: ${fault}`),
  )
  expect(faults).toEqual([])
  expect(exhibits.length).toBeGreaterThan(300)
})

it('answers everybody who says something', () => {
  const silent = exhibits.filter((one) => one.said !== null && one.messages.length === 0)
  expect(silent).toEqual([])
})
