/** A review is read once for everybody who needs it, and again as soon as the log has moved. */
import { expect, it, vi } from 'vitest'
import { partUnderTest } from '../../support/parts'

it('publishing with eight parts reads the stream once', async () => {
  const h = await partUnderTest(() => undefined)
  for (let n = 0; n < 8; n++) h.begin({ name: `part-${n}` })
  await h.clock.waitFor(async () =>
    expect(await h.app.selectFrom('consumers').select('name').execute()).toHaveLength(8),
  )
  const reads = vi.spyOn(h.log, 'readStream')
  await h.publish('a')
  await h.settled(8)
  expect(h.sent).toHaveLength(8)
  const byTheCommands = 2
  expect(reads.mock.calls.length - byTheCommands).toBe(1)
})

it('remembers a subject until the log moves', async () => {
  const h = await partUnderTest(() => undefined)
  await h.publish('a')
  const { subjects } = h.context
  const reads = vi.spyOn(h.log, 'readStream')
  const title = async () => (await subjects.at(2))?.review.title
  const before = await title()
  expect([await title(), reads.mock.calls.length]).toEqual([before, 1])
  await h.command('a', 'FixReview', { changes: { title: 'Fixed' } })
  expect(await title()).toBe('Fixed')
})

it('asks the log once for all simultaneous callers', async () => {
  const h = await partUnderTest(() => undefined)
  await h.publish('a')
  const { subjects } = h.context
  const [heads, pages] = [vi.spyOn(h.log, 'head'), vi.spyOn(h.log, 'read')]
  const all = await Promise.all(Array.from({ length: 100 }, () => subjects.at(2)))
  expect([new Set(all).size, heads.mock.calls.length, pages.mock.calls.length]).toEqual([1, 1, 1])
})

it('does not remember a failure', async () => {
  const h = await partUnderTest(() => undefined)
  await h.publish('a')
  const { subjects } = h.context
  vi.spyOn(h.log, 'readStream').mockRejectedValueOnce(new Error('the log is busy'))
  await expect(subjects.at(2)).rejects.toThrow('the log is busy')
  expect(await subjects.at(2)).toMatchObject({ review: { id: 'a' } })
})

it('keeps the latest 300, however many are read', async () => {
  const h = await partUnderTest(() => undefined)
  for (let n = 0; n < 301; n++) await h.publish(`r${n}`)
  const { subjects } = h.context
  for (let n = 1; n <= 301; n++) await subjects.at(2 * n)
  const reads = vi.spyOn(h.log, 'readStream')
  await subjects.at(2 * 301)
  expect(reads).not.toHaveBeenCalled()
  await subjects.at(2)
  expect(reads).toHaveBeenCalledTimes(1)
})
