/** A part that tells each event by itself, in turn, and what its replay repeats. */
import { expect, it } from 'vitest'
import type { Delivery } from '../../../server/delivery/contract/define-reactor'
import { replay } from '../../../server/operations/replay'
import { house } from '../../support/parts'

const listening = (...types: string[]) => ({
  audience: async ({ event, after }: { event: { type: string }; after: string }) =>
    after === '' && types.includes(event.type) ? [{ recipient: 'partner' }] : [],
})
const told = (h: Awaited<ReturnType<typeof house>>) =>
  h.sent.map(({ type, key }) => `${type} ${key.split(':')[1]}`)

it('who asked for corrections alone is told of corrections alone; elsewhere only who knows the review is', async () => {
  for (const eachEvent of [true, false]) {
    const h = await house(() => ({}), {
      independentEvents: eachEvent,
      ...listening('ReviewCorrected'),
    })
    const run = h.begin()
    await expect.poll(() => h.app.selectFrom('consumers').selectAll().execute()).toHaveLength(1)
    await h.publish('r1')
    await h.command('r1', 'CorrectReview', { changes: {}, note: 'The year.' })
    await expect
      .poll(
        async () =>
          (await h.app.selectFrom('consumers').select('checkpoint').executeTakeFirst())?.checkpoint,
      )
      .toBe(3)
    if (eachEvent) await expect.poll(() => told(h)).toEqual(['ReviewCorrected partner'])
    await run.stop()
    expect(told(h)).toEqual(eachEvent ? ['ReviewCorrected partner'] : [])
  }
})

it('a replay plans what may be said now, a dry run foretells it, and again repeats what was told', async () => {
  const h = await house(() => ({}), {
    independentEvents: true,
    ...listening('ReviewPublished', 'ReviewArchived'),
  })
  const around = { app: h.app, log: h.log, siteUrl: 'http://localhost', holdMs: 0, now: Date.now }
  await h.publish('r1')
  await h.publish('r2')
  await h.command('r1', 'ArchiveReview', { reason: 'Wrong film.' })
  await h.publish('r3')
  await h.command('r3', 'ArchiveReview', { reason: 'Wrong film.' })
  await h.command('r3', 'RestoreReview', {})

  // Of r1 the withdrawal, of r2 and r3 the publication: neither a withdrawn text nor a withdrawal that is over.
  const foretold = await replay(around, h.reactor, { from: 1, dryRun: true })
  expect(foretold.items.map(({ reviewId, type }) => `${reviewId} ${type}`)).toEqual([
    'r2 ReviewPublished',
    'r1 ReviewArchived',
    'r3 ReviewPublished',
  ])
  expect(await h.rows()).toEqual([])
  expect(await replay(around, h.reactor, { from: 1, dryRun: false })).toEqual(foretold)
  expect(
    await replay(around, h.reactor, { from: 1, dryRun: true, again: true }),
    'what is under way is left alone',
  ).toMatchObject({ planned: 0, alreadyTold: 3 })
  const run = h.begin()
  await expect.poll(() => told(h)).toHaveLength(3)
  await expect
    .poll(async () => (await h.rows()).map(row => row.state))
    .toEqual(['accepted', 'accepted', 'accepted'])

  expect(await replay(around, h.reactor, { from: 1, dryRun: false })).toMatchObject({
    planned: 0,
    alreadyTold: 3,
  })
  expect(await replay(around, h.reactor, { from: 3, dryRun: true, again: true })).toMatchObject({
    planned: 3,
  })
  await run.stop()
  expect(await replay(around, h.reactor, { from: 3, dryRun: false, again: true })).toMatchObject({
    planned: 3,
  })
  expect((await h.rows()).map(({ state, attempts }) => [state, attempts])).toEqual(
    Array(3).fill(['retry', 0]),
  )
  const second = h.begin()
  await expect.poll(() => told(h)).toHaveLength(6)
  expect(new Set(h.sent.map(({ key }) => key)).size).toBe(3)
  await second.stop()
})

it('who is slow gets one at a time, in order, and takes no place of the others', async () => {
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
  const h = await house(far, {
    independentEvents: true,
    serialPerRecipient: true,
    perOrigin: 4,
    concurrency: 2,
    audience: async ({ after }) => (after === '' ? both : []),
  })
  for (let n = 0; n < 20; n++) await h.publish(`r${n}`)
  await replay(
    { app: h.app, log: h.log, siteUrl: 'http://localhost', holdMs: 0, now: Date.now },
    h.reactor,
    { from: 1, dryRun: false },
  )
  const run = h.begin()
  await expect.poll(() => h.sent.filter(({ recipient }) => recipient === 'b-well').length).toBe(20)
  expect([slow.length, open]).toEqual([1, 1])
  gate.resolve(undefined)
  await expect.poll(() => slow.length).toBe(20)
  expect([most, slow]).toEqual([1, slow.toSorted((a, b) => a - b)])
  await run.stop()
})
