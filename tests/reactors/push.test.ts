/** The push reactor against a push service, with readers in a real database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { useApp } from '../../server/db/open'
import { Suppressed } from '../../server/delivery/contract/define-reactor'
import push from '../../server/reactors/push'
import { loadPushReaders } from '../../server/readers/push-audience'
import { subscribeByPush } from '../../server/readers/push-readers'
import { trustHere } from '../support/certificate'
import { deliver, recorded } from '../support/delivery'
import { type Behaviour, PushService, type Subscriber } from '../support/push-service'
import { sampleReview } from '../support/sample-review'
import { type Mood, reactorContract } from './contract'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-push-'))
let service: PushService
let subscriber: Subscriber
let recipient: string

beforeAll(async () => {
  service = await PushService.start()
  trustHere(service.cert)
  vi.stubEnv('NUXT_ALLOW_TARGETS', `push:${new URL(service.origin).host}`)
  vi.stubEnv('NUXT_DATA_DIR', dataDir)
})
afterAll(async () => {
  await push.close!()
  await service.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function subscribe() {
  service.clear()
  service.behave('*')
  subscriber = service.subscribe()
  const answer = await subscribeByPush(await useApp(), subscriber.subscription, {
    head: 0,
    now: Date.now(),
  })
  if (answer.state === 'taken') throw new Error('taken')
  recipient = answer.id
}
beforeEach(subscribe)

const given = () => ({
  recipient,
  to: {
    endpoint: subscriber.subscription.endpoint,
    keys: subscriber.subscription.keys,
    wants: {},
  },
})
const shown = () =>
  service.collect(subscriber.id).map(message => JSON.parse(message.text).notification)

const MOODS: Record<Mood, Behaviour | undefined> = {
  well: undefined,
  down: { act: 'cut' },
  busy: { status: 503, headers: { 'retry-after': '1' } },
  refuse: { status: 403 },
  hang: { act: 'hang' },
}

reactorContract(
  'push',
  async () => {
    await subscribe()
    return {
      reactor: push,
      given: given(),
      far: {
        set: mood => service.behave('*', MOODS[mood]),
        seen: () => shown().map(({ title, body }) => `${title}\n${body}`),
      },
    }
  },
  { shows: ({ subject, say }) => `${subject}\n${say}` },
)

it('shows title, rating, summary and critic', async () => {
  await deliver(push, given())
  expect(shown()).toEqual([
    {
      title: 'The Third Man, 5',
      body: 'Carol Reed tilts the city until the honest man slides off it. By Ines Okafor',
      navigate: 'https://mymovies.example/reviews/everyone-in-vienna',
      tag: 'r-third-man',
    },
  ])
  expect(service.violations).toEqual([])
})

it('a correction silently replaces an unread notification', async () => {
  await deliver(push, given())
  await deliver(push, { ...given(), type: 'ReviewCorrected', position: 2 })
  expect(shown()).toMatchObject([
    {
      body: 'Corrected: The year was wrong. By Ines Okafor',
      silent: true,
      renotify: false,
      tag: 'r-third-man',
    },
  ])
})

it("the critic's own words are sent", async () => {
  await deliver(push, { ...given(), changes: { text: 'Go twice, and stay for the zither.' } })
  expect(shown()).toMatchObject([
    { title: 'The Third Man, 5', body: 'Go twice, and stay for the zither.' },
  ])
})

it('a digest is one notification, without what was archived', async () => {
  const item = (id: string, title: string, archived = false) => {
    const review = sampleReview({ id, movie: { ...sampleReview().movie, title } })
    return {
      event: recorded('ReviewPublished', review),
      review,
      key: id,
      ...(archived && {
        archived: {
          id,
          slug: id,
          url: review.url,
          withdrawn: true as const,
          headline: title,
          movie: { id, title },
          critic: { id: 'ines', name: 'Ines Okafor' },
          reason: 'wrong',
          publishedAt: '',
          archivedAt: '',
        },
      }),
    }
  }
  await deliver(push, {
    ...given(),
    changes: { bundle: [item('a', 'Heat'), item('b', 'Alien'), item('c', 'Gone', true)] },
  })
  expect(shown()).toMatchObject([
    { title: '2 new reviews', body: 'Heat, 5 · Alien, 5', navigate: 'https://mymovies.example/' },
  ])
})

it('a digest leaves out what the reader does not want any more', async () => {
  const item = (id: string, rating: number) => {
    const review = sampleReview({ id, rating, movie: { ...sampleReview().movie, title: id } })
    return { event: recorded('ReviewPublished', review), review, key: id }
  }
  const { to } = given()
  const bundle = [item('Heat', 2), item('Alien', 4.5)]
  await deliver(push, { ...given(), to: { ...to, wants: { minRating: 4 } }, changes: { bundle } })
  expect(shown()).toMatchObject([{ title: 'Alien, 4½' }])
  await expect(
    deliver(push, { ...given(), to: { ...to, wants: { minRating: 5 } }, changes: { bundle } }),
  ).rejects.toThrow('the reader wants others now')
})

it('a reader whose browser unsubscribed is forgotten at once', async () => {
  service.unsubscribe(subscriber.id)
  await expect(deliver(push, given())).rejects.toThrow(Suppressed)
  expect((await loadPushReaders([recipient])).size).toBe(0)
})

it('shows in the panel what it will send', async () => {
  expect(
    await push.render!(sampleReview(), { settings: {}, siteUrl: 'http://localhost' }),
  ).toMatchObject({
    subject: 'The Third Man, 5',
    say: expect.stringContaining('By Ines Okafor'),
    count: expect.any(Number),
  })
})
