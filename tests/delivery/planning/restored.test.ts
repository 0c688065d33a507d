/** Archived, then restored: whoever was still waiting is notified after all, once, if it still fits. */
import { describe, expect, it } from 'vitest'
import { Suppressed } from '../../../server/delivery/contract/define-reactor'
import { hold, type PartUnderTest, partUnderTest, Retry } from '../../support/parts'

const HOUR = 3600_000
const archive = (h: PartUnderTest) => h.command('a', 'ArchiveReview', { reason: 'by mistake' })
const restore = (h: PartUnderTest) => h.command('a', 'RestoreReview', {})
/** Only a publication is listened to, as by email and push. */
const onlyPublished = (h: PartUnderTest) => {
  const { ReviewPublished } = h.reactor.on
  Object.assign(h.reactor, { on: { ReviewPublished } })
}

async function greylisted(count = 3) {
  const refused = new Set(['r000001', 'r000002'])
  const h = await partUnderTest(
    ({ recipient }) => {
      if (refused.delete(recipient)) throw new Retry('451 greylisted')
    },
    { backoff: [3600] },
  )
  onlyPublished(h)
  Object.assign(h.reactor, h.readers(count))
  const loop = await h.start()
  await h.publish('a')
  await h.become('accepted', 'retry', 'retry')
  await archive(h)
  await h.become('accepted', 'suppressed', 'suppressed')
  return { h, loop }
}

it('notifies those who were greylisted, and nobody twice', async () => {
  const { h } = await greylisted()
  await restore(h)
  await h.settled(3)
  await h.clock.pass(10_000)
  expect(h.sent.map(({ recipient }) => recipient)).toEqual([
    'r000000',
    'r000001',
    'r000002',
    'r000001',
    'r000002',
  ])
})

it('leaves out who left meanwhile, or wants something else now', async () => {
  const { h } = await greylisted()
  Object.assign(h.reactor, h.readers(2))
  await restore(h)
  await h.become('accepted', 'accepted', 'suppressed')
  expect((await h.rows())[2]!.reason).toBe('no longer subscribed')
})

it('does so however often it is archived and restored, and not while it is archived', async () => {
  const { h } = await greylisted()
  await restore(h)
  await archive(h)
  await restore(h)
  await h.settled(3)
  expect(h.sent).toHaveLength(5)
})

it('does so for a part that was not running', async () => {
  const { h, loop } = await greylisted()
  await h.stop(loop)
  await restore(h)
  h.begin()
  await h.settled(3)
})

it('notifies everyone if the archiving overtook the publication', async () => {
  const h = await partUnderTest(() => undefined)
  onlyPublished(h)
  Object.assign(h.reactor, h.readers(3))
  const loop = await h.start()
  await h.stop(loop)
  await h.publish('a')
  await archive(h)
  const again = h.begin()
  await h.become('suppressed', 'suppressed', 'suppressed')
  await h.stop(again)
  await restore(h)
  h.begin()
  await h.settled(3)
})

it('gives a digest its next hour', async () => {
  const h = await partUnderTest(() => undefined)
  let when = { bundle: 'daily:1', dueAt: h.clock.now() + HOUR }
  const audience = async ({ after }: { after: string }) =>
    after ? [] : [{ recipient: 'r', ...when }]
  Object.assign(
    h.reactor,
    h.readers(1, () => when),
    { audience },
  )
  onlyPublished(h)
  await h.start()
  await h.publish('a')
  await archive(h)
  await h.become('suppressed')
  when = { bundle: 'daily:2', dueAt: h.clock.now() + 25 * HOUR }
  await restore(h)
  await h.become('pending')
  expect(await h.rows()).toMatchObject([{ bundle: 'daily:2', due_at: when.dueAt }])
})

it('lets a network post what it had not posted, and leaves alone what it had deleted', async () => {
  let isUp = false
  const h = await partUnderTest(
    ({ event, receipt }) => {
      if (event.type === 'ReviewArchived' && !receipt) throw new Suppressed('nothing was posted')
      if (event.type === 'ReviewPublished' && !isUp) throw new Retry('503')
      return { id: 'p1' }
    },
    { backoff: [3600] },
  )
  await h.start()
  await h.publish('a')
  await h.become('retry')
  await archive(h)
  await h.become('suppressed', 'suppressed')
  isUp = true
  await restore(h)
  await h.become('accepted', 'suppressed')
  await archive(h)
  await h.become('accepted', 'suppressed', 'accepted')
  const sent = h.sent.length
  await restore(h)
  await h.clock.pass(10_000)
  expect(h.sent).toHaveLength(sent)
})

it('leaves paused what somebody had paused', async () => {
  const h = await partUnderTest(() => undefined)
  await h.start({ holdMs: HOUR })
  await h.publish('a')
  await h.become('pending')
  await hold(h)
  await archive(h)
  await restore(h)
  await h.clock.pass(10_000)
  expect((await h.rows())[0]).toMatchObject({ state: 'suppressed', reason: 'held by Ines' })
})

describe('a send that is found archived while the restore is being planned', () => {
  it('goes out after all', async () => {
    const h = await partUnderTest(() => undefined)
    onlyPublished(h)
    let isFirst = true
    const { subjects } = h.context
    const at = subjects.at.bind(subjects)
    // The review is archived and restored between what the sender read and what it writes.
    subjects.at = async position => {
      const subject = await at(position)
      if (!isFirst || !subject) return subject
      isFirst = false
      await archive(h)
      const found = await at(position)
      await restore(h)
      await h.clock.waitFor(async () => expect((await h.consumer())?.checkpoint).toBe(4))
      return found
    }
    await h.start()
    await h.publish('a')
    await h.become('accepted')
    expect(h.sent).toHaveLength(1)
  })
})
