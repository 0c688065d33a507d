/** The wall clock is set while a part is running: what was due leaves within a minute, and nothing twice. */
import { describe, expect, it } from 'vitest'
import { Stopped } from '../../../server/delivery/contract/define-reactor'
import { type PartUnderTest, partUnderTest, Retry } from '../../support/parts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const JUMPS = [
  ['two hours back', -2 * HOUR],
  ['a minute back', -MINUTE],
  ['a year back', -365 * 24 * HOUR],
  ['two hours forward', 2 * HOUR],
] as const

/** Waits until all is accepted, at most a minute. */
async function leavesSoon(h: PartUnderTest, count = 1) {
  const before = h.clock.elapsed()
  await h.settled(count)
  expect(h.clock.elapsed() - before).toBeLessThanOrEqual(MINUTE)
}

describe.each(JUMPS)('%s', (_, ms) => {
  it('what was planned just before leaves', async () => {
    const h = await partUnderTest(() => undefined)
    await h.start({ holdMs: 10_000 })
    await h.publish('a')
    await h.become('pending')
    h.clock.jump(ms)
    await leavesSoon(h)
    expect(h.sent).toHaveLength(1)
  })

  it('what was published just before, and not planned yet', async () => {
    const h = await partUnderTest(() => undefined)
    await h.stop(await h.start())
    await h.publish('a')
    h.clock.jump(ms)
    h.begin({ holdMs: 10_000 })
    await leavesSoon(h)
  })

  it('what waits for its next attempt', async () => {
    let failures = 1
    const h = await partUnderTest(
      () => {
        if (failures-- > 0) throw new Retry('503')
      },
      { backoff: [30] },
    )
    await h.start()
    await h.publish('a')
    await h.become('retry')
    h.clock.jump(ms)
    await leavesSoon(h)
    expect(h.sent).toHaveLength(2)
  })

  it('what waits while the part cannot send, or its origin rests', async () => {
    let failure: Error | undefined = new Stopped('401')
    const h = await partUnderTest(
      () => {
        if (failure) throw failure
      },
      { backoff: [1, 1, 1, 1, 1, 1, 1, 1] },
    )
    await h.start()
    await h.publish('a')
    await h.become('retry')
    failure = undefined
    h.clock.jump(ms)
    const before = h.clock.elapsed()
    await h.settled(1)
    expect(h.clock.elapsed() - before).toBeLessThanOrEqual(2 * MINUTE)
    failure = new Retry('503')
    await h.publish('b')
    await h.clock.waitFor(() => expect(h.sent.length).toBeGreaterThan(6))
    failure = undefined
    h.clock.jump(ms)
    await leavesSoon(h, 2)
  })

  it('nothing is sent twice by a second process while the first is at it', async () => {
    let arrive!: () => void
    const arrived = new Promise<void>(resolve => {
      arrive = resolve
    })
    const h = await partUnderTest(() => arrived, { timeout: HOUR })
    await h.start()
    h.begin()
    await h.publish('a')
    await h.clock.waitFor(() => expect(h.sent).toHaveLength(1))
    h.clock.jump(ms)
    await h.clock.pass(40_000)
    expect(h.sent).toHaveLength(1)
    arrive()
    await leavesSoon(h)
    expect(h.sent).toHaveLength(1)
  })
})

it('what was due before the clock was set back is due still, a digest too; a later one keeps its hour', async () => {
  const h = await partUnderTest(() => undefined)
  let when = { bundle: 'daily:1', dueAt: h.clock.now() + MINUTE }
  const audience = async ({ after }: { after: string }) =>
    after ? [] : [{ recipient: 'r', ...when }]
  Object.assign(
    h.reactor,
    h.readers(1, () => when),
    { audience },
  )
  await h.start()
  await h.publish('a')
  await h.become('pending')
  when = { bundle: 'daily:2', dueAt: h.clock.now() + 24 * HOUR }
  await h.publish('b')
  await h.become('pending', 'pending')
  await h.app.updateTable('consumers').set({ paused: 1 }).execute()
  await h.clock.pass(2 * MINUTE)
  h.clock.jump(-2 * HOUR)
  await h.app.updateTable('consumers').set({ paused: 0 }).execute()
  await h.become('accepted', 'pending')
  expect((await h.rows())[1]!.due_at).toBe(when.dueAt)
})

it('what was waiting when the server was stopped leaves if the clock was set back before it started', async () => {
  const h = await partUnderTest(() => undefined)
  const loop = await h.start({ holdMs: 10_000 })
  await h.publish('a')
  await h.become('pending')
  await h.stop(loop)
  h.clock.jump(-2 * HOUR)
  h.begin({ holdMs: 10_000 })
  await leavesSoon(h)
})
