/** "Pause sending" and "Send now": what was stopped is sent afterwards, once, to whom it still fits. */
import { expect, it } from 'vitest'
import { replay } from '../../server/operations/replay'
import { sendNow } from '../../server/operations/send-now'
import { Dead, hold, type PartUnderTest, partUnderTest, Retry } from '../support/parts'

const HOUR = 3600_000

const sendOn = async (h: PartUnderTest, { holdMs = 0 } = {}) => {
  const events = await h.log.read({ after: 0, limit: 100 })
  return sendNow({ ...h.context, holdMs }, [h.reactor], { id: 'a', events })
}
const due = async (h: PartUnderTest) => (await h.rows()).map(row => row.due_at - h.clock.now())

async function heldReaders(n: number, far: Parameters<typeof partUnderTest>[0] = () => undefined) {
  const h = await partUnderTest(far)
  Object.assign(h.reactor, h.readers(n))
  await h.start({ holdMs: HOUR })
  await h.publish('a')
  await h.settled(n, 'pending')
  expect(await hold(h)).toBe(n)
  return h
}

it('sends what was paused, to everyone, once, however often it is pressed', async () => {
  const h = await heldReaders(3)
  expect(await sendOn(h)).toBe(3)
  await h.settled(3)
  expect(await sendOn(h)).toBe(0)
  await h.clock.pass(10_000)
  expect(h.sent).toHaveLength(3)
})

it('sends at once what only waits for the undo window', async () => {
  const h = await partUnderTest(() => undefined)
  await h.start({ holdMs: HOUR })
  await h.publish('a')
  await h.become('pending')
  expect(await sendOn(h, { holdMs: HOUR })).toBe(1)
  await h.become('accepted')
})

it('tries again at once what waits for its next attempt', async () => {
  let isUp = false
  const h = await partUnderTest(
    () => {
      if (!isUp) throw new Retry('greylisted')
    },
    { backoff: [3600] },
  )
  await h.start()
  await h.publish('a')
  await h.become('retry')
  isUp = true
  expect(await sendOn(h)).toBe(1)
  await h.become('accepted')
})

it('keeps the hour of a digest and of quiet hours, as they are now', async () => {
  const h = await partUnderTest(() => undefined)
  const later = (hours: number) => h.clock.now() + hours * HOUR
  let when = { bundle: 'daily:1', dueAt: later(8) }
  Object.assign(
    h.reactor,
    h.readers(1, () => when),
    {
      audience: async ({ after }: { after: string }) =>
        after ? [] : [{ recipient: 'r', ...when }],
    },
  )
  await h.start()
  await h.publish('a')
  await h.become('pending')
  expect(await sendOn(h)).toBe(0)
  await hold(h)
  when = { bundle: 'daily:2', dueAt: later(32) }
  await sendOn(h)
  expect(await h.rows()).toMatchObject([{ state: 'pending', bundle: 'daily:2' }])
  expect((await due(h))[0]).toBeGreaterThan(31 * HOUR)
})

it('leaves out whoever left or wants something else now, and waits for nobody', async () => {
  const h = await heldReaders(3)
  Object.assign(h.reactor, h.readers(2))
  expect(await sendOn(h)).toBe(2)
  await h.become('accepted', 'accepted', 'suppressed')
  expect((await h.rows())[2]!.reason).toBe('no longer subscribed')
})

it('lets a part that was behind when it was paused send after all', async () => {
  const h = await partUnderTest(() => undefined)
  await h.stop(await h.start())
  await h.publish('a')
  await hold(h)
  await sendOn(h)
  h.begin()
  await h.become('accepted')
})

it('does not send twice what was under way when it was paused, and is sent on before its answer', async () => {
  let arrive!: () => void
  const h = await partUnderTest(
    () =>
      new Promise<void>(resolve => {
        arrive = resolve
      }),
  )
  await h.start()
  await h.publish('a')
  await h.clock.waitFor(() => expect(h.sent).toHaveLength(1))
  await hold(h)
  await sendOn(h)
  await h.become('sending')
  arrive()
  await h.become('accepted')
  expect(h.sent).toHaveLength(1)
})

it('sends again, with the same key, what was under way in a process that died while it was paused', async () => {
  const h = await partUnderTest(() => undefined)
  await h.start({ holdMs: HOUR })
  await h.publish('a')
  await h.become('pending')
  await h.app.updateTable('deliveries').set({ state: 'sending', claim: 'far:0' }).execute()
  await hold(h)
  expect(await h.states()).toEqual(['uncertain'])
  await sendOn(h)
  await h.become('accepted')
})

it('a pause does not cover what happens after it, whatever the clock says', async () => {
  const h = await partUnderTest(() => undefined)
  const loop = await h.start()
  await h.publish('a')
  await h.become('accepted')
  await hold(h)
  await h.stop(loop)
  await h.app
    .updateTable('holds')
    .set({ at: h.clock.now() + 2 * HOUR })
    .execute()
  await h.command('a', 'CorrectReview', { changes: { rating: 4 }, note: 'Four.' })
  h.begin()
  await h.become('accepted', 'accepted')
})

it('a replay counts who was not told: paused and dead, and nobody who was', async () => {
  const h = await partUnderTest(({ recipient }) => {
    if (recipient === 'r000000' && h.sent.length < 3) throw new Dead('no')
  })
  Object.assign(h.reactor, h.readers(2))
  await h.start()
  await h.publish('a')
  await h.become('dead', 'accepted')
  expect(await replay(h.context, h.reactor, { from: 1, dryRun: true })).toMatchObject({
    planned: 1,
    alreadyTold: 1,
  })
  const held = await heldReaders(3)
  for (const dryRun of [true, false])
    expect(await replay(held.context, held.reactor, { from: 1, dryRun })).toMatchObject({
      items: [{ reviewId: 'a', recipients: 3 }],
      planned: 3,
      alreadyTold: 0,
    })
  await held.settled(3)
})
