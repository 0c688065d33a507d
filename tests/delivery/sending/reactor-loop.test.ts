/** A reactor at work, from an event on the log to a row that says what became of it. */
import { describe, expect, it } from 'vitest'
import { Stopped, Suppressed } from '../../../server/delivery/contract/define-reactor'
import { cancelWaiting } from '../../../server/delivery/ledger/holds'
import { LEASE_MS } from '../../../server/delivery/ledger/lease'
import { content, Dead, partUnderTest, Retry } from '../../support/parts'

describe('a reactor', () => {
  it('handles what is published after it first started, and nothing before', async () => {
    const h = await partUnderTest(() => ({ id: 'p1', url: 'http://far/p1' }))
    await h.publish('before')
    await h.start()
    await h.publish('after')
    await h.settled(1)
    expect(h.sent.map(s => s.title)).toEqual([content.title])
    expect((await h.rows())[0]).toMatchObject({
      review_id: 'after',
      attempts: 1,
      receipt: JSON.stringify({ id: 'p1', url: 'http://far/p1' }),
    })
  })

  it('tries again with the same key until it works', async () => {
    let calls = 0
    const h = await partUnderTest(() => {
      if (++calls < 3) throw new Retry('503 for now')
    })
    await h.start()
    await h.publish('a')
    await h.settled(1)
    expect(new Set(h.sent.map(s => s.key)).size).toBe(1)
    expect(h.sent).toHaveLength(3)
  })

  it.each([
    [
      'gives up after its last attempt',
      () => {
        throw new Retry('503')
      },
      'dead',
      /given up after 4 attempts: 503/,
    ],
    [
      'gives up at once on a delivery that can never work',
      () => {
        throw new Dead('gone for good')
      },
      'dead',
      /gone for good/,
    ],
    [
      'suppresses a delivery to nobody',
      () => {
        throw new Suppressed('left')
      },
      'suppressed',
      /left/,
    ],
    [
      'treats a bug as a failure that is retried and then reported',
      () => {
        throw new TypeError('x is undefined')
      },
      'dead',
      /x is undefined/,
    ],
  ] as const)('%s', async (_, far, state, reason) => {
    const h = await partUnderTest(far)
    await h.start()
    await h.publish('a')
    await h.settled(1, state)
    expect((await h.rows())[0]!.reason).toMatch(reason)
  })

  it('uses up no attempt while the part itself is stopped', async () => {
    const h = await partUnderTest(() => {
      throw new Stopped('the token has expired')
    })
    await h.start()
    await h.publish('a')
    await h.clock.waitFor(async () =>
      expect((await h.rows())[0]).toMatchObject({
        state: 'retry',
        attempts: 0,
        reason: 'the token has expired',
      }),
    )
    expect(h.sent).toHaveLength(1)
  })

  it('on restart, tries at once what waited while it was stopped', async () => {
    let isFixed = false
    const h = await partUnderTest(() => {
      if (!isFixed) throw new Stopped('401')
    })
    const first = await h.start()
    await h.publish('a')
    await h.settled(1, 'retry')
    await h.clock.waitFor(async () =>
      expect(
        (await h.app.selectFrom('consumers').select('stopped').executeTakeFirst())!.stopped,
      ).toBe('401'),
    )
    await h.stop(first)
    isFixed = true
    h.begin()
    await h.settled(1)
    expect(await h.rows()).toMatchObject([{ attempts: 1 }])
  })

  it('is not held up by one delivery that is always refused while others are accepted: that one fails alone', async () => {
    const h = await partUnderTest(({ event }) => {
      if (event.stream.endsWith('bad')) throw new Stopped('403')
    })
    await h.start()
    const row = async (id: string) => (await h.rows()).find(r => r.review_id === id)
    await h.publish('bad')
    await h.clock.waitFor(async () =>
      expect(await row('bad')).toMatchObject({ state: 'retry', attempts: 0 }),
    )
    await h.publish('good')
    await h.clock.waitFor(async () => expect(await row('good')).toMatchObject({ state: 'pending' }))
    expect(h.sent).toHaveLength(1)
    await h.settled(1)
    await h.settled(1, 'dead')
    expect(await row('bad')).toMatchObject({
      attempts: 4,
      reason: 'given up after 4 attempts: 403',
    })
    await h.publish('next')
    await h.settled(2)
  })

  it('cuts off a far side that hangs', async () => {
    const h = await partUnderTest(() => new Promise(() => {}), { timeout: 30, backoff: [] })
    await h.start()
    await h.publish('a')
    await h.settled(1, 'dead')
  })

  it('sends a fix after the post that it fixes, with its receipt', async () => {
    let slow = true
    const h = await partUnderTest(async ({ event }) => {
      if (event.type === 'ReviewPublished' && slow) {
        slow = false
        throw new Retry('wait')
      }
      return event.type === 'ReviewPublished' ? { id: 'p1' } : undefined
    })
    await h.start()
    await h.publish('a')
    await h.command('a', 'FixReview', { changes: { title: 'Fixed' } })
    await h.settled(2)
    expect(h.sent.map(s => s.type)).toEqual(['ReviewPublished', 'ReviewPublished', 'ReviewFixed'])
    expect(h.sent.at(-1)).toMatchObject({ title: 'Fixed', receipt: { id: 'p1' } })
  })

  it('cancels deliveries that have not left when the review is archived', async () => {
    const h = await partUnderTest(() => undefined)
    await h.start({ holdMs: 60_000 })
    await h.publish('a')
    await h.clock.waitFor(async () => expect(await h.rows()).toHaveLength(1))
    await h.command('a', 'ArchiveReview', { reason: 'wrong cut' })
    await h.settled(1, 'suppressed')
    expect(h.sent).toEqual([])
  })

  it('gives the archiving the receipt that an unfinished send had saved', async () => {
    const h = await partUnderTest(async ({ event, saveProgress }) => {
      if (event.type !== 'ReviewPublished') return undefined
      await saveProgress({ step: 1, receipt: { id: 'p1' } })
      throw new Retry('the second step', { at: h.clock.now() + 60_000 })
    })
    await h.start()
    await h.publish('a')
    await h.settled(1, 'retry')
    await h.command('a', 'ArchiveReview', { reason: 'wrong cut' })
    await h.clock.waitFor(async () =>
      expect((await h.rows()).map(row => row.state)).toEqual(['suppressed', 'accepted']),
    )
    expect(h.sent.at(-1)).toMatchObject({ type: 'ReviewArchived', receipt: { id: 'p1' } })
  })

  it('waits for the undo window, and sends nothing that is cancelled in it', async () => {
    const h = await partUnderTest(() => undefined)
    await h.start({ holdMs: 60_000 })
    await h.publish('a')
    await h.clock.waitFor(async () => expect(await h.rows()).toHaveLength(1))
    expect(await cancelWaiting(h.app, { reviewId: 'a', reason: 'held', now: h.clock.now() })).toBe(
      1,
    )
  })

  it('skips a part that the critic switched off, and sends the critic’s own words', async () => {
    const h = await partUnderTest(({ text }) => ({ id: text }))
    await h.start()
    await h.publish('off', { far: false })
    await h.publish('own', { far: { text: 'My words' } })
    await h.settled(1)
    expect(await h.rows()).toMatchObject([{ review_id: 'own', receipt: '{"id":"My words"}' }])
  })
})

describe('a reactor with many recipients', () => {
  it('plans and sends each one once, over many pages', async () => {
    const h = await partUnderTest(() => undefined, { concurrency: 200, perOrigin: 200 })
    Object.assign(h.reactor, h.readers(4500))
    await h.start()
    await h.publish('a')
    await h.settled(4500)
    expect(new Set(h.sent.map(s => s.key)).size).toBe(4500)
  })

  it('suppresses a recipient who withdrew consent between planning and sending', async () => {
    const h = await partUnderTest(() => undefined)
    Object.assign(h.reactor, h.readers(2), { load: async () => new Map([['r000001', {}]]) })
    await h.start()
    await h.publish('a')
    await h.settled(1)
    await h.settled(1, 'suppressed')
  })

  it('joins the rows of one bundle into one message', async () => {
    const h = await partUnderTest(() => undefined)
    const due = h.clock.now() + 400
    Object.assign(
      h.reactor,
      h.readers(1, () => ({ bundle: 'daily:2026-11-24', dueAt: due })),
    )
    await h.start()
    await h.publish('a')
    await h.publish('b')
    await h.settled(2)
    expect(h.sent).toHaveLength(1)
    expect(h.sent[0]!.bundle).toBe(2)
  })

  it('sends a correction only to recipients of the review', async () => {
    const h = await partUnderTest(({ recipient }) => {
      if (recipient === 'r000000') throw new Dead('no')
    })
    Object.assign(h.reactor, h.readers(3))
    await h.start()
    await h.publish('a')
    await h.settled(2)
    await h.settled(1, 'dead')
    await h.command('a', 'CorrectReview', { changes: { rating: 4 }, note: 'Four.' })
    await h.settled(4)
    expect(
      h.sent
        .filter(s => s.type === 'ReviewCorrected')
        .map(s => s.recipient)
        .sort(),
    ).toEqual(['r000001', 'r000002'])
  })

  it('pauses an origin that asks to wait, and no other', async () => {
    const h = await partUnderTest(
      ({ recipient }) => {
        if (recipient === 'r000000')
          throw new Retry('429', { at: h.clock.now() + 3_600_000, pause: 'slow.example' })
      },
      { concurrency: 1 },
    )
    Object.assign(
      h.reactor,
      h.readers(4, i => ({ origin: i < 2 ? 'slow.example' : 'quick.example' })),
    )
    await h.start()
    await h.publish('a')
    await h.settled(2)
    expect(h.sent.filter(s => ['r000000', 'r000001'].includes(s.recipient))).toHaveLength(1)
  })
})

describe('two processes', () => {
  it('never both run a reactor; the second takes over when the first stops', async () => {
    const h = await partUnderTest(() => undefined)
    const first = await h.start()
    h.begin()
    await h.publish('a')
    await h.settled(1)
    await h.clock.pass(LEASE_MS)
    await h.stop(first)
    await h.publish('b')
    await h.settled(2)
    expect(h.sent).toHaveLength(2)
  })
})
