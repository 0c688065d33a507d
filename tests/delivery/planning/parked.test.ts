/**
 * An event that a part cannot process waits with all later ones of its review, can be seen, and
 * continues in order when somebody retries it.
 */
import { beforeEach, expect, it } from 'vitest'
import type { AudienceQuery } from '../../../server/delivery/contract/define-reactor'
import { stuckReviews } from '../../../server/delivery/planning/parked'
import { retryParked } from '../../../server/delivery/planning/retry-parked'
import { type PartUnderTest, partUnderTest } from '../../support/parts'

let h: PartUnderTest
let poisoned: Set<string>
let gate: Promise<unknown> | undefined
beforeEach(async () => {
  poisoned = new Set(['a', 'b'])
  gate = undefined
  const everybody = async ({ event }: AudienceQuery) => {
    await gate
    if (poisoned.has(event.data.id)) throw new TypeError(`${event.data.id} cannot be read`)
    return [{ recipient: 'r1' }]
  }
  h = await partUnderTest(() => undefined, {
    audience: everybody,
    load: async ids => new Map(ids.map(id => [id, {}])),
  })
  await h.start()
})

const retry = (reviewId?: string) => retryParked(h.context, h.reactor, reviewId)
const parked = async () =>
  (await h.app.selectFrom('parked').select('position').orderBy('position').execute()).map(
    row => row.position,
  )
const fix = (id: string) => h.command(id, 'FixReview', { changes: { title: 'x' } })
const told = (n: number) => h.settled(n)

it('is parked with later events of its review behind it, while other reviews go on', async () => {
  await h.publish('a')
  await fix('a')
  await h.publish('b')
  await h.publish('good')
  await told(1)
  expect(await stuckReviews(h.app)).toMatchObject([
    { part: 'far', reviewId: 'a', position: 2, reason: 'a cannot be read', behind: 1 },
    { part: 'far', reviewId: 'b', position: 5, reason: 'b cannot be read', behind: 0 },
  ])
})

it('goes on in order once it can be digested, and later events need no help', async () => {
  await h.publish('a')
  await h.publish('good')
  await told(1)
  poisoned.clear()
  expect(await retry()).toEqual({ planned: 1, parked: 0 })
  await h.publish('next')
  await told(3)
  await h.command('a', 'ArchiveReview', { reason: 'wrong cut' })
  await told(4)
  expect(h.sent.map(({ type }) => type)).toEqual([
    'ReviewPublished',
    'ReviewPublished',
    'ReviewPublished',
    'ReviewArchived',
  ])
  expect(await retry()).toEqual({ planned: 0, parked: 0 })
})

it('stays, with its newest reason and everything behind it, if it fails again', async () => {
  await h.publish('a')
  await fix('a')
  await h.publish('b')
  await h.clock.waitFor(async () => expect(await parked()).toEqual([2, 3, 5]))
  poisoned.delete('b')
  h.reactor.audience = async ({ event }) => {
    if (event.data.id === 'a') throw new TypeError('still not')
    return [{ recipient: 'r1' }]
  }
  expect(await retry()).toEqual({ planned: 1, parked: 2 })
  expect(await stuckReviews(h.app)).toMatchObject([
    { reviewId: 'a', position: 2, reason: 'still not', behind: 1 },
  ])
  expect(await h.rows()).toMatchObject([{ review_id: 'b' }])
})

it('is retried for one review only, if one is named', async () => {
  await h.publish('a')
  await h.publish('b')
  await h.clock.waitFor(async () => expect(await parked()).toEqual([2, 4]))
  poisoned.clear()
  expect(await retry('b')).toEqual({ planned: 1, parked: 0 })
  expect(await parked()).toEqual([2])
})

it('leaves nothing behind that came in during the retry', async () => {
  await h.publish('a')
  await h.clock.waitFor(async () => expect(await parked()).toEqual([2]))
  poisoned.clear()
  const open = Promise.withResolvers<undefined>()
  gate = open.promise
  const trying = retry()
  await fix('a')
  await h.clock.waitFor(async () => expect(await parked()).toEqual([2, 3]))
  open.resolve(undefined)
  expect(await trying).toEqual({ planned: 2, parked: 0 })
  expect(await parked()).toEqual([])
})
