/** What goes wrong between planning and sending costs no delivery, tells nobody of what is withdrawn, and keeps no processor busy. */
import { afterEach, expect, it, vi } from 'vitest'
import { hold } from '../../../server/delivery/ledger/ledger'
import type { ReactorLoop } from '../../../server/delivery/sending/reactor-loop'
import { LogUnavailable } from '../../../server/log/event-log'
import { setPaused } from '../../../server/operations/part-status'
import { replay } from '../../../server/operations/replay'
import { house, Retry } from '../../support/parts'

let runs: ReactorLoop[] = []
const started = (run: ReactorLoop) => {
  runs.push(run)
  return run
}
afterEach(async () => {
  await Promise.all(runs.map(r => r.stop()))
  runs = []
})

type House = Awaited<ReturnType<typeof house>>
const standing = async (h: House) =>
  vi.waitFor(async () =>
    expect(
      await h.app
        .selectFrom('consumers')
        .selectAll()
        .where('lease_owner', 'is not', null)
        .execute(),
    ).toHaveLength(1),
  )
const states = async (h: House) => (await h.rows()).map(row => row.state)
const become = async (h: House, ...wanted: string[]) =>
  vi.waitFor(async () => expect(await states(h)).toEqual(wanted), { timeout: 5000, interval: 10 })

it('tries again when the message could not be composed', async () => {
  let made = 0
  const h = await house(() => undefined, {
    compose: () => {
      if (++made === 1) throw new Error('no picture yet')
      return 'message'
    },
  })
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await become(h, 'accepted')
})

it('composes anew when the review changed between two attempts', async () => {
  const said: unknown[] = []
  const h = await house(() => undefined, { compose: ({ review }) => review.title, backoff: [0.3] })
  h.reactor.on = {
    ReviewPublished: async ({ message }) => {
      said.push(message)
      if (said.length === 1) throw new Retry('503')
      return undefined
    },
  }
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await become(h, 'retry')
  await h.command('a', 'FixReview', { changes: { title: 'Mended' } })
  await become(h, 'accepted')
  expect(said[1]).toBe('Mended')
})

it('goes on at once after recipients could not be read', async () => {
  let asked = 0
  const h = await house(() => undefined)
  Object.assign(h.reactor, h.readers(1), {
    load: async (ids: string[]) => {
      if (++asked === 1) throw new Error('the database is locked')
      return new Map(ids.map(id => [id, {}]))
    },
  })
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await become(h, 'accepted')
})

it('does not park a fact because the log was busy for a moment', async () => {
  const h = await house(() => undefined)
  const readStream = h.log.readStream
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await become(h, 'accepted')
  await h.command('b', 'DraftReview', { id: 'b', critic: { id: 'ines', name: 'Ines Okafor' } })
  let failed = 0
  h.log.readStream = async stream => {
    if (stream === 'review-b' && failed++ === 2) throw new LogUnavailable('busy')
    return readStream(stream)
  }
  await h.publish('b')
  await become(h, 'accepted', 'accepted')
  expect(failed).toBeGreaterThan(3)
})

it('tells nobody of a review that was withdrawn while its sends waited for a place', async () => {
  let go!: () => void
  const first = new Promise<void>(resolve => {
    go = resolve
  })
  const h = await house(() => first, { concurrency: 1 })
  Object.assign(h.reactor, h.readers(2))
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await become(h, 'sending', 'sending')
  await h.command('a', 'ArchiveReview', { reason: 'wrong cut' })
  await vi.waitFor(async () =>
    expect(
      (await h.app.selectFrom('consumers').select('checkpoint').executeTakeFirstOrThrow())
        .checkpoint,
    ).toBe(3),
  )
  go()
  await vi.waitFor(async () =>
    expect((await h.rows()).filter(r => r.type === 'ReviewPublished').map(r => r.state)).toEqual([
      'accepted',
      'suppressed',
    ]),
  )
})

it('deletes no post of a review that came back before the deletion left', async () => {
  let up = false
  const h = await house(
    ({ event }) => {
      if (event.type === 'ReviewArchived' && !up) throw new Retry('down')
    },
    { backoff: [0.3, 0.3] },
  )
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await become(h, 'accepted')
  await h.command('a', 'ArchiveReview', { reason: 'by mistake' })
  await become(h, 'accepted', 'retry')
  await h.command('a', 'RestoreReview', {})
  up = true
  await become(h, 'accepted', 'suppressed')
})

it('lets nothing leave after a hold, not even what was under way and failed', async () => {
  let fail!: (error: Error) => void
  const h = await house(
    () =>
      new Promise((_, reject) => {
        fail = reject
      }),
  )
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await vi.waitFor(() => expect(h.sent).toHaveLength(1))
  await hold(h.app, { reviewId: 'a', reason: 'held by Ines', now: Date.now() })
  fail(new Retry('503'))
  await become(h, 'suppressed')
  expect((await h.rows())[0]!.reason).toBe('held by Ines')
})

it('holds a part too that had not read the fact yet, and lets it tell of what comes later', async () => {
  const h = await house(() => undefined)
  const first = h.begin()
  await standing(h)
  await first.stop()
  await h.publish('a')
  expect(await hold(h.app, { reviewId: 'a', reason: 'held by Ines', now: Date.now() })).toBe(0)
  started(h.begin())
  await become(h, 'suppressed')
  expect([(await h.rows())[0]!.reason, h.sent]).toEqual(['held by Ines', []])
  await h.publish('b')
  await become(h, 'suppressed', 'accepted')
})

it('a send under way when it was held, and that arrived, counts as arrived', async () => {
  let arrive!: (receipt: object) => void
  const h = await house(
    () =>
      new Promise(resolve => {
        arrive = resolve
      }),
  )
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await vi.waitFor(() => expect(h.sent).toHaveLength(1))
  await hold(h.app, { reviewId: 'a', reason: 'held by Ines', now: Date.now() })
  arrive({ id: 'p1' })
  await become(h, 'accepted')
})

it('a pause stops a part in the middle of a long sending, and what waits goes out after it', async () => {
  let open!: () => void
  const gate = new Promise<void>(resolve => {
    open = resolve
  })
  const h = await house(() => gate, { concurrency: 2 })
  Object.assign(h.reactor, h.readers(40))
  const run = started(h.begin())
  await standing(h)
  await h.publish('a')
  await vi.waitFor(() => expect(h.sent.length).toBeGreaterThan(0))
  await setPaused(h.app, 'far', true, 'held on', Date.now())
  open()
  await vi.waitFor(
    async () => expect((await h.rows()).filter(row => row.state === 'sending')).toEqual([]),
    { timeout: 8000 },
  )
  expect((await h.rows()).filter(row => row.state === 'pending').length).toBeGreaterThan(30)
  await setPaused(h.app, 'far', false, null, Date.now())
  run.wake()
  await vi.waitFor(
    async () => expect((await h.rows()).filter(row => row.state === 'accepted')).toHaveLength(40),
    { timeout: 8000 },
  )
})

it('what was held stays held in a replay, also one that tells again', async () => {
  const h = await house(() => undefined)
  started(h.begin({ holdMs: 60_000 }))
  await standing(h)
  await h.publish('a')
  await become(h, 'pending')
  await hold(h.app, { reviewId: 'a', reason: 'held by Ines', now: Date.now() })
  for (const again of [false, true]) {
    expect(
      (
        await replay(
          { app: h.app, log: h.log, siteUrl: 'http://localhost', holdMs: 0, now: Date.now },
          h.reactor,
          { from: 1, dryRun: false, again },
        )
      ).planned,
    ).toBe(0)
  }
  expect((await h.rows()).map(row => [row.state, row.reason])).toEqual([
    ['suppressed', 'held by Ines'],
  ])
})

it('a review that cannot be read just now is tried again, and keeps nobody waiting for ever', async () => {
  const h = await house(() => ({ id: 'p1' }))
  const { readStream } = h.log
  let broken = false
  h.log.readStream = async stream => {
    if (broken) throw new Error('the log is busy')
    return readStream.call(h.log, stream)
  }
  started(h.begin({ holdMs: 300 }))
  await standing(h)
  await h.publish('a')
  await become(h, 'pending')
  broken = true
  await h
    .command('b', 'DraftReview', { id: 'b', critic: { id: 'ines', name: 'Ines Okafor' } })
    .catch(() => {})
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
  await become(h, 'retry')
  broken = false
  await vi.waitFor(
    async () => expect((await h.rows()).map(row => row.state)).toEqual(['accepted']),
    { timeout: 12_000 },
  )
})

it('looks again when something can change, not all the time', async () => {
  const h = await house(
    ({ recipient }) => {
      if (recipient === 'r000000')
        throw new Retry('429', { at: Date.now() + 3_600_000, pause: 'slow.example' })
    },
    { concurrency: 1 },
  )
  Object.assign(
    h.reactor,
    h.readers(3, () => ({ origin: 'slow.example' })),
  )
  started(h.begin())
  await standing(h)
  await h.publish('a')
  await vi.waitFor(async () => expect((await h.rows())[0]!.state).toBe('retry'))
  const claims = vi.spyOn(h.app.getExecutor(), 'executeQuery')
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(claims.mock.calls.length).toBeLessThan(20)
})
