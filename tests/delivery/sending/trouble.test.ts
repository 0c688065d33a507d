/**
 * Trouble between planning and sending loses no delivery, sends nothing about archived reviews, and
 * does not keep the processor busy.
 */
import { expect, it, vi } from 'vitest'
import { LogUnavailable } from '../../../server/log/event-log'
import { setPaused } from '../../../server/operations/part-status'
import { hold, partUnderTest, Retry } from '../../support/parts'

it('tries again when the message could not be composed', async () => {
  let made = 0
  const h = await partUnderTest(() => undefined, {
    compose: () => {
      if (++made === 1) throw new Error('no picture yet')
      return 'message'
    },
  })
  await h.start()
  await h.publish('a')
  await h.become('accepted')
})

it('composes again if the review changed between two attempts', async () => {
  const messages: unknown[] = []
  const h = await partUnderTest(() => undefined, {
    compose: ({ review }) => review.title,
    backoff: [1],
  })
  h.reactor.on = {
    ReviewPublished: async ({ message }) => {
      messages.push(message)
      if (messages.length === 1) throw new Retry('503')
      return undefined
    },
  }
  await h.start()
  await h.publish('a')
  await h.become('retry')
  await h.command('a', 'FixReview', { changes: { title: 'Mended' } })
  await h.become('accepted')
  expect(messages[1]).toBe('Mended')
})

it('recovers after recipients could not be read', async () => {
  let asked = 0
  const h = await partUnderTest(() => undefined)
  Object.assign(h.reactor, h.readers(1), {
    load: async (ids: string[]) => {
      if (++asked === 1) throw new Error('the database is locked')
      return new Map(ids.map(id => [id, {}]))
    },
  })
  await h.start()
  await h.publish('a')
  await h.become('accepted')
})

it('does not park an event because the log was busy for a moment', async () => {
  const h = await partUnderTest(() => undefined)
  const readStream = h.log.readStream
  await h.start()
  await h.publish('a')
  await h.become('accepted')
  await h.draft('b')
  let failed = 0
  h.log.readStream = async stream => {
    if (stream === 'review-b' && failed++ === 2) throw new LogUnavailable('busy')
    return readStream(stream)
  }
  await h.publish('b')
  await h.become('accepted', 'accepted')
  expect(failed).toBeGreaterThan(3)
})

it('sends nothing about a review that was archived while its sends waited for a slot', async () => {
  let go!: () => void
  const first = new Promise<void>(resolve => {
    go = resolve
  })
  const h = await partUnderTest(() => first, { concurrency: 1 })
  Object.assign(h.reactor, h.readers(2))
  await h.start()
  await h.publish('a')
  await h.become('sending', 'sending')
  await h.clock.waitFor(() => expect(h.sent).toHaveLength(1))
  await h.command('a', 'ArchiveReview', { reason: 'wrong cut' })
  await h.clock.waitFor(async () =>
    expect(
      (await h.app.selectFrom('consumers').select('checkpoint').executeTakeFirstOrThrow())
        .checkpoint,
    ).toBe(3),
  )
  go()
  await h.clock.waitFor(async () =>
    expect((await h.rows()).filter(r => r.type === 'ReviewPublished').map(r => r.state)).toEqual([
      'accepted',
      'suppressed',
    ]),
  )
})

it('a digest leaves out a review that was archived before it left, and does not count it as sent', async () => {
  const h = await partUnderTest(() => ({ id: 'digest' }))
  const { ReviewPublished } = h.reactor.on
  const readers = h.readers(1, () => ({ bundle: 'daily', dueAt: h.clock.now() + 1000 }))
  Object.assign(h.reactor, readers, {
    on: { ReviewPublished },
    // The rows are claimed by now: archiving cannot cancel them any more.
    load: async (ids: string[]) => {
      await h.command('b', 'ArchiveReview', { reason: 'wrong cut' })
      return readers.load!(ids)
    },
  })
  await h.start()
  await h.publish('a')
  await h.publish('b')
  await h.become('accepted', 'suppressed')
  expect(h.sent).toMatchObject([{ bundle: 1 }])
  expect(await h.rows()).toMatchObject([
    { review_id: 'a', reason: null, receipt: JSON.stringify({ id: 'digest' }) },
    { review_id: 'b', reason: 'the review was archived', receipt: null },
  ])
})

it('does not delete the post of a review that was restored before the deletion left', async () => {
  let up = false
  const h = await partUnderTest(
    ({ event }) => {
      if (event.type === 'ReviewArchived' && !up) throw new Retry('down')
    },
    { backoff: [1, 1] },
  )
  await h.start()
  await h.publish('a')
  await h.become('accepted')
  await h.command('a', 'ArchiveReview', { reason: 'by mistake' })
  await h.become('accepted', 'retry')
  await h.command('a', 'RestoreReview', {})
  up = true
  await h.become('accepted', 'suppressed')
})

it('lets nothing leave after a hold, not even a send under way that failed', async () => {
  let fail!: (error: Error) => void
  const h = await partUnderTest(
    () =>
      new Promise((_, reject) => {
        fail = reject
      }),
  )
  await h.start()
  await h.publish('a')
  await h.clock.waitFor(() => expect(h.sent).toHaveLength(1))
  await hold(h)
  fail(new Retry('503'))
  await h.become('suppressed')
  expect((await h.rows())[0]!.reason).toBe('held by Ines')
})

it('also holds a part that had not read the event yet, and lets it send later events', async () => {
  const h = await partUnderTest(() => undefined)
  await h.stop(await h.start())
  await h.publish('a')
  expect(await hold(h)).toBe(0)
  h.begin()
  await h.become('suppressed')
  expect([(await h.rows())[0]!.reason, h.sent]).toEqual(['held by Ines', []])
  await h.publish('b')
  await h.become('suppressed', 'accepted')
})

it('a send that was under way when it was held, and arrived, counts as arrived', async () => {
  let arrive!: (receipt: object) => void
  const h = await partUnderTest(
    () =>
      new Promise(resolve => {
        arrive = resolve
      }),
  )
  await h.start()
  await h.publish('a')
  await h.clock.waitFor(() => expect(h.sent).toHaveLength(1))
  await hold(h)
  arrive({ id: 'p1' })
  await h.become('accepted')
})

it('a pause stops a part in the middle of a long sending, and the rest goes out after it', async () => {
  let open!: () => void
  const gate = new Promise<void>(resolve => {
    open = resolve
  })
  const h = await partUnderTest(() => gate, { concurrency: 2 })
  Object.assign(h.reactor, h.readers(40))
  const loop = await h.start()
  await h.publish('a')
  await h.clock.waitFor(() => expect(h.sent.length).toBeGreaterThan(0))
  await setPaused(h.app, 'far', true, 'held on', h.clock.now())
  open()
  await h.settled(0, 'sending')
  expect((await h.rows()).filter(row => row.state === 'pending').length).toBeGreaterThan(30)
  await setPaused(h.app, 'far', false, null, h.clock.now())
  loop.wake()
  await h.settled(40)
})

it('a review that cannot be read right now is tried again, and blocks nothing for ever', async () => {
  const h = await partUnderTest(() => ({ id: 'p1' }))
  const { readStream } = h.log
  let broken = false
  h.log.readStream = async stream => {
    if (broken) throw new Error('the log is busy')
    return readStream.call(h.log, stream)
  }
  await h.start({ holdMs: 300 })
  await h.publish('a')
  await h.become('pending')
  broken = true
  await h.draft('b').catch(() => {})
  await h.log.append('review-c', 'any', [
    {
      type: 'ReviewDrafted',
      data: {
        id: 'c',
        critic: { id: 'ines', name: 'Ines Okafor' },
        draftedAt: new Date().toISOString(),
      },
      meta: { actor: 'test' },
      at: new Date().toISOString(),
    },
  ] as never)
  await h.become('retry')
  broken = false
  await h.become('accepted')
})

it('looks again only when something can have changed', async () => {
  const h = await partUnderTest(
    ({ recipient }) => {
      if (recipient === 'r000000')
        throw new Retry('429', { at: h.clock.now() + 3_600_000, pause: 'slow.example' })
    },
    { concurrency: 1 },
  )
  Object.assign(
    h.reactor,
    h.readers(3, () => ({ origin: 'slow.example' })),
  )
  await h.start()
  await h.publish('a')
  await h.clock.waitFor(async () => expect((await h.rows())[0]!.state).toBe('retry'))
  const claims = vi.spyOn(h.app.getExecutor(), 'executeQuery')
  await h.clock.pass(10_000)
  expect(claims.mock.calls.length).toBeLessThan(30)
})

it('asks the database only now and then while there is nothing to do', async () => {
  const h = await partUnderTest(() => undefined)
  await h.start()
  await h.clock.pass(1000)
  const queries = vi.spyOn(h.app.getExecutor(), 'executeQuery')
  await h.clock.pass(10_000)
  expect(queries.mock.calls.length).toBeLessThan(30)
})
