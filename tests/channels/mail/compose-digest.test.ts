/**
 * A digest is composed once for all readers whose digest is the same, and a failure is not kept.
 */
import { expect, it, vi } from 'vitest'
import { composeDigest } from '../../../server/channels/mail/compose-digest'
import * as message from '../../../server/channels/mail/message'
import { senderFrom } from '../../../server/channels/mail/sender'
import { sampleReview } from '../../support/sample-review'

const sender = senderFrom({ mailFrom: '', siteUrl: 'http://localhost:3000' })
const digest = (...ids: string[]) => ({
  reviews: ids.map(id => sampleReview({ id })),
  corrected: [],
})

it('the same reviews are composed once, others separately', async () => {
  const first = composeDigest(digest('a', 'b'), sender)
  expect(composeDigest(digest('a', 'b'), sender)).toBe(first)
  expect(composeDigest(digest('a', 'c'), sender)).not.toBe(first)
  expect((await first).subject).toMatch(/^2 reviews: /)
})

it('a review that was fixed meanwhile is composed again', () => {
  const fixed = { ...digest('f', 'g'), reviews: [sampleReview({ id: 'f', fixedAt: 'later' })] }
  expect(composeDigest(digest('f'), sender)).not.toBe(composeDigest(fixed, sender))
})

it('a digest that could not be composed is tried again', async () => {
  vi.spyOn(message, 'compose').mockRejectedValueOnce(new Error('no memory'))
  await expect(composeDigest(digest('x', 'y'), sender)).rejects.toThrow('no memory')
  expect((await composeDigest(digest('x', 'y'), sender)).subject).toMatch(/^2 reviews: /)
})

it('keeps at most fifty', () => {
  const first = composeDigest(digest('n0'), sender)
  for (let n = 1; n <= 50; n++) void composeDigest(digest(`n${n}`), sender)
  expect(composeDigest(digest('n0'), sender)).not.toBe(first)
})
