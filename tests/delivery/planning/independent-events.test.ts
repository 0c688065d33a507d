/** A part whose recipients ask for each kind of event separately, and what its replay repeats. */
import { expect, it } from 'vitest'
import type { Delivery } from '../../../server/delivery/contract/define-reactor'
import { replay } from '../../../server/operations/replay'
import { type PartUnderTest, partUnderTest } from '../../support/parts'

const listening = (...types: string[]) => ({
  audience: async ({ event, after }: { event: { type: string }; after: string }) =>
    after === '' && types.includes(event.type) ? [{ recipient: 'partner' }] : [],
})
const told = (h: PartUnderTest) => h.sent.map(({ type, key }) => `${type} ${key.split(':')[1]}`)

it('sends a correction to a recipient who only asked for corrections; other parts only to recipients of the review', async () => {
  for (const eachEvent of [true, false]) {
    const h = await partUnderTest(() => ({}), {
      independentEvents: eachEvent,
      ...listening('ReviewCorrected'),
    })
    await h.start()
    await h.publish('r1')
    await h.command('r1', 'CorrectReview', { changes: {}, note: 'The year.' })
    await h.clock.waitFor(async () => expect((await h.consumer())?.checkpoint).toBe(3))
    await h.clock.pass(1000)
    await h.end()
    expect(told(h)).toEqual(eachEvent ? ['ReviewCorrected partner'] : [])
  }
})

it('a replay plans what may be sent now, a dry run predicts it, and `again` repeats what was sent', async () => {
  const h = await partUnderTest(() => ({}), {
    independentEvents: true,
    ...listening('ReviewPublished', 'ReviewArchived'),
  })
  await h.publish('r1')
  await h.publish('r2')
  await h.command('r1', 'ArchiveReview', { reason: 'Wrong film.' })
  await h.publish('r3')
  await h.command('r3', 'ArchiveReview', { reason: 'Wrong film.' })
  await h.command('r3', 'RestoreReview', {})

  // The archiving of r1 and the publication of r2 and r3: neither an archived text nor an archiving
  // that was undone.
  const predicted = await replay(h.context, h.reactor, { from: 1, dryRun: true })
  expect(predicted.items.map(({ reviewId, type }) => `${reviewId} ${type}`)).toEqual([
    'r2 ReviewPublished',
    'r1 ReviewArchived',
    'r3 ReviewPublished',
  ])
  expect(await h.rows()).toEqual([])
  expect(await replay(h.context, h.reactor, { from: 1, dryRun: false })).toEqual(predicted)
  expect(
    await replay(h.context, h.reactor, { from: 1, dryRun: true, again: true }),
    'what is under way is left alone',
  ).toMatchObject({ planned: 0, alreadyTold: 3 })
  const first = await h.start()
  await h.become('accepted', 'accepted', 'accepted')
  expect(told(h)).toHaveLength(3)

  expect(await replay(h.context, h.reactor, { from: 1, dryRun: false })).toMatchObject({
    planned: 0,
    alreadyTold: 3,
  })
  expect(await replay(h.context, h.reactor, { from: 3, dryRun: true, again: true })).toMatchObject({
    planned: 3,
  })
  await h.stop(first)
  expect(await replay(h.context, h.reactor, { from: 3, dryRun: false, again: true })).toMatchObject(
    {
      planned: 3,
    },
  )
  expect((await h.rows()).map(({ state, attempts }) => [state, attempts])).toEqual(
    Array(3).fill(['pending', 0]),
  )
  await h.start()
  await h.clock.waitFor(() => expect(told(h)).toHaveLength(6))
  expect(new Set(h.sent.map(({ key }) => key)).size).toBe(3)
})

it('a slow recipient gets one at a time, in order, and takes no slot from the others', async () => {
  let open = 0
  let most = 0
  const gate = Promise.withResolvers<unknown>()
  const slow: number[] = []
  const far = async ({ recipient, event }: Delivery) => {
    if (recipient !== 'a-slow') return
    most = Math.max(most, ++open)
    slow.push(event.position)
    if (slow.length === 1) await gate.promise
    open--
  }
  const both = [
    { recipient: 'a-slow', origin: 'a-slow' },
    { recipient: 'b-well', origin: 'b-well' },
  ]
  const h = await partUnderTest(far, {
    independentEvents: true,
    serialPerRecipient: true,
    perOrigin: 4,
    concurrency: 2,
    audience: async ({ after }) => (after === '' ? both : []),
  })
  for (let n = 0; n < 20; n++) await h.publish(`r${n}`)
  await replay(h.context, h.reactor, { from: 1, dryRun: false })
  h.begin()
  const sentTo = (who: string) => h.sent.filter(({ recipient }) => recipient === who)
  await h.clock.waitFor(() => expect(sentTo('b-well')).toHaveLength(20))
  expect([slow.length, open]).toEqual([1, 1])
  gate.resolve(undefined)
  await h.clock.waitFor(() => expect(slow).toHaveLength(20))
  expect([most, slow]).toEqual([1, slow.toSorted((a, b) => a - b)])
})
