/** What the hub takes from whom: renewals always, floods of one host never. */
import { beforeEach, expect, it } from 'vitest'
import {
  askHub,
  MOST_FAILURES,
  MOST_OF_HOST,
  MOST_TOPICS,
} from '../../../server/channels/websub/ask'
import { forgetExpired } from '../../../server/channels/websub/forget-expired'
import type { HubRequest } from '../../../server/channels/websub/request'
import { Verifier } from '../../../server/channels/websub/verifications'
import type { Verdict } from '../../../server/channels/websub/verify'
import { openAppInMemory } from '../../../server/db/open'

const MINUTE = 60_000
const TOPIC = 'https://mymovies.example/feed.xml'
let app: Awaited<ReturnType<typeof openAppInMemory>>
let now: number
let verdicts: (() => Promise<Verdict>)[]
let asked: string[]
let verifier: Verifier

beforeEach(async () => {
  app = await openAppInMemory()
  now = 1_000_000_000_000
  verdicts = []
  asked = []
  verifier = new Verifier({
    app,
    now: () => now,
    head: async () => 7,
    onDone: () => {},
    ask: ({ callback }) => {
      asked.push(callback)
      return verdicts.shift()?.() ?? Promise.resolve('confirmed')
    },
  })
})

const request = (callback: string, more: Partial<HubRequest> = {}): HubRequest => ({
  mode: 'subscribe',
  topic: TOPIC,
  askedTopic: TOPIC,
  callback,
  leaseSeconds: 600,
  ...more,
})
const ask = (callback: string, more: Partial<HubRequest> = {}) =>
  askHub(app, request(callback, more), now)
/** Runs what is due, to its end. */
async function work() {
  while (await verifier.round()) {
    /* there may be more */
  }
  await new Promise(setImmediate)
}
const subscriptions = () => app.selectFrom('hub_subscriptions').selectAll().execute()
const requests = () => app.selectFrom('hub_requests').selectAll().execute()
const verdict = (said: Verdict) => async () => said
const CALLBACK = 'https://reader.example/hook'

it('a subscription begins at the end of the log and lasts as long as was agreed', async () => {
  await ask(CALLBACK, { secret: 's' })
  await work()
  expect(await subscriptions()).toMatchObject([
    { callback: CALLBACK, secret: 's', position: 7, lease_until: now + 600_000 },
  ])
  expect(await requests()).toEqual([])
  now += 600_000
  await forgetExpired(app, now)
  expect(await subscriptions()).toEqual([])
})

it('a newer request replaces one that waits, whatever the older is answered meanwhile', async () => {
  const older = Promise.withResolvers<Verdict>()
  verdicts = [() => older.promise]
  await ask(CALLBACK, { secret: 'old' })
  await verifier.round()
  await ask(CALLBACK, { secret: 'new' })
  older.resolve('confirmed')
  await work()
  await expect.poll(async () => (await subscriptions()).map(row => row.secret)).toEqual(['new'])
  expect(await requests()).toEqual([])
})

it('who cannot be reached is asked three times, who says no once', async () => {
  verdicts = Array.from({ length: 3 }, () => verdict('unreachable'))
  await ask(CALLBACK)
  for (const wait of [0, 10_000, 120_000]) {
    now += wait
    await work()
  }
  await expect.poll(async () => (await requests())[0]!.failed_at).toBe(now)
  verdicts = [verdict('refused')]
  await ask('https://no.example/hook')
  await work()
  now += 60 * MINUTE
  await work()
  expect(asked).toEqual([CALLBACK, CALLBACK, CALLBACK, 'https://no.example/hook'])
  expect(await subscriptions()).toEqual([])
})

it('what was cut off by our own stop is asked again', async () => {
  const { promise, reject } = Promise.withResolvers<Verdict>()
  verdicts = [() => promise.catch(() => 'unreachable' as const)]
  await ask(CALLBACK)
  await verifier.round()
  const stopped = verifier.stop()
  reject(new Error('aborted'))
  await stopped
  expect(await requests()).toMatchObject([{ attempts: 0, due_at: now, failed_at: null }])
})

it('callbacks of one host that hang leave room for others', async () => {
  verdicts = Array.from({ length: 100 }, () => () => new Promise<Verdict>(() => {}))
  for (let n = 0; n < 40; n++) await ask(`https://hangs.example/${n}`)
  await work()
  const ofHost = asked.length
  expect(ofHost).toBeLessThan(40)
  verdicts = []
  await ask(CALLBACK)
  await work()
  await expect
    .poll(async () => (await subscriptions()).map(row => row.callback))
    .toEqual([CALLBACK])
})

it('a host that does not confirm is refused for a while, and others are not', async () => {
  for (let n = 0; n < MOST_FAILURES; n++) {
    verdicts = [verdict('refused')]
    await ask(`https://no.example/${n}`)
    await work()
  }
  await expect
    .poll(async () => (await requests()).filter(row => row.failed_at).length)
    .toBe(MOST_FAILURES)
  await expect(ask('https://no.example/one-more')).rejects.toMatchObject({
    statusCode: 429,
    extras: { headers: { 'retry-after': '600' } },
  })
  await ask(CALLBACK)
  now += 10 * MINUTE
  await forgetExpired(app, now)
  await ask('https://no.example/one-more')
})

it('who has a subscription may renew and end it, whatever others send in the name of its host', async () => {
  await ask(CALLBACK)
  await work()
  await expect.poll(async () => (await subscriptions()).length).toBe(1)
  for (let n = 0; n < MOST_FAILURES; n++) {
    verdicts = [verdict('refused')]
    await ask(`${CALLBACK}/${n}`)
    await work()
  }
  await expect.poll(async () => (await requests()).length).toBe(MOST_FAILURES)
  await ask(CALLBACK)
  await ask(CALLBACK, { mode: 'unsubscribe' })
  await work()
  await expect.poll(subscriptions).toEqual([])
})

it('there are so many feeds at most, and a known one has room for more subscribers', async () => {
  const topic = (n: number) => `${TOPIC}?genre=${n}`
  for (let n = 0; n < MOST_TOPICS; n++)
    await ask(`https://reader.example/${n}`, { topic: topic(n) })
  await expect(ask(CALLBACK, { topic: topic(MOST_TOPICS) })).rejects.toMatchObject({
    statusCode: 429,
  })
  await ask(CALLBACK, { topic: topic(1) })
})

it('the same callback that fails again and again counts each time', async () => {
  for (let n = 0; n < MOST_FAILURES; n++) {
    verdicts = [verdict('refused')]
    await ask('https://no.example/hook')
    await work()
    await expect.poll(async () => (await requests())[0]!.failures).toBe(n + 1)
  }
  await expect(ask('https://no.example/hook')).rejects.toMatchObject({ statusCode: 429 })
})

it('one host has so many subscriptions at most, and may renew them', async () => {
  const rows = Array.from({ length: MOST_OF_HOST }, (_, n) => ({
    id: `s${n}`,
    topic: TOPIC,
    callback: `https://reader.example/${n}`,
    host: 'reader.example',
    lease_until: now + MINUTE,
    position: 0,
    created_at: now,
  }))
  for (let n = 0; n < rows.length; n += 500)
    await app
      .insertInto('hub_subscriptions')
      .values(rows.slice(n, n + 500))
      .execute()
  await expect(ask('https://reader.example/one-more')).rejects.toMatchObject({ statusCode: 429 })
  await ask('https://reader.example/0')
  await ask('https://reader.example/1', { mode: 'unsubscribe' })
  await ask('https://other.example/hook')
})
