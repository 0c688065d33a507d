/**
 * The hub's reactor against a subscriber that checks every signature, with the real log, read models
 * and database.
 */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadSubscribers } from '../../server/channels/websub/audience'
import { deliveryHealth } from '../../server/channels/websub/health'
import type { Reactor, Retry } from '../../server/delivery/contract/define-reactor'
import { Suppressed } from '../../server/delivery/contract/define-reactor'
import websub from '../../server/reactors/websub'
import type { ReviewEvent } from '../../server/review/events'
import type { PublicReview } from '../../shared/types/review'
import { deliver, type Given, recorded } from '../support/delivery'
import { type HubRoom, openHubRoom, SITE } from '../support/hub-room'
import type { HubBehaviour } from '../support/hub-subscriber'
import { sampleReview } from '../support/sample-review'
import { shelve } from '../support/shelf'
import { type Mood, reactorContract } from './contract'

const DAY = 24 * 3600_000
const at = () => new Date().toISOString()
const SECRET = 'a secret of the subscriber'
const RSS = `${SITE}/feed.xml`
const part = websub as unknown as Reactor
let room: HubRoom
let reviews = 0

beforeAll(async () => {
  room = await openHubRoom(part)
})
afterAll(() => room.close())
beforeEach(() => room.clear())
afterEach(() => {
  vi.useRealTimers()
})

/** One of its own for each test, because the log remembers all. */
const anotherReview = () => {
  const id = `third-man-${++reviews}`
  return sampleReview({ id, slug: id, url: `${SITE}/reviews/${id}` })
}
const to = async (recipient: string) => ({
  recipient,
  to: (await loadSubscribers([recipient])).get(recipient),
})
const tell = async (id: string, more: Given = {}) =>
  deliver(part, { ...(await to(id)), review: anotherReview(), ...more })
const failure = (id: string, more: Given = {}) =>
  tell(id, more).then(
    () => undefined,
    error => error as Error & Retry,
  )
const feedAt = (path: string) => parseRssFeed(room.subscriber.taken(path).at(-1)!.body)

const MOODS: Record<Mood, HubBehaviour | undefined> = {
  well: undefined,
  down: { act: 'cut' },
  busy: { status: 503, headers: { 'retry-after': '30' } },
  refuse: { status: 401 },
  hang: { act: 'hang' },
}

/** What happened is on the log before anybody is told of it. */
function afterIts(review: PublicReview) {
  const happened = new Set<string>()
  return Object.fromEntries(
    Object.entries(websub.on).map(([type, handler]) => [
      type,
      async (delivery: Parameters<typeof handler>[0]) => {
        const { event } = delivery
        const events: ReviewEvent[] = [
          ...(event.type === 'ReviewPublished'
            ? [
                {
                  type: 'ReviewDrafted' as const,
                  data: { id: review.id, critic: review.critic, draftedAt: event.at },
                },
              ]
            : []),
          { type: event.type, data: event.data } as ReviewEvent,
        ]
        if (!happened.has(event.id)) await room.append(...events)
        happened.add(event.id)
        return handler(delivery)
      },
    ]),
  )
}

reactorContract(
  'websub',
  async () => {
    await room.clear()
    const review = anotherReview()
    const id = await room.subscribe('/hook', RSS, SECRET)
    const seen = () =>
      room.subscriber.taken('/hook').length
        ? feedAt('/hook').items!.filter(item => item.guid?.value === review.id)
        : []
    return {
      reactor: { ...part, on: afterIts(review) },
      given: { review, ...(await to(id)) },
      far: {
        set: mood => room.subscriber.behave('*', MOODS[mood]),
        seen: () => seen().map(item => item.title!),
      },
    }
  },
  { shows: false },
)

describe('what it posts', () => {
  it.each([
    ['/feed.xml', 'application/rss+xml; charset=utf-8', (body: string) => parseRssFeed(body)],
    ['/atom.xml', 'application/atom+xml; charset=utf-8', (body: string) => parseAtomFeed(body)],
    ['/feed.json', 'application/feed+json; charset=utf-8', (body: string) => parseJsonFeed(body)],
  ])('is the whole of %s, with its type, links and tag', async (path, type, parse) => {
    const id = await room.subscribe('/hook', SITE + path, SECRET)
    await room.append(
      ...shelve({ id: anotherReview().id, film: 'M', title: `New in ${path}`, publishedAt: at() }),
    )
    expect(await tell(id)).toMatchObject({ status: 204, tag: expect.stringMatching(/^"\w+"$/) })
    expect(room.subscriber.violations).toEqual([])
    const [post] = room.subscriber.posted
    expect(post).toMatchObject({
      type,
      links: { hub: `${SITE}/websub`, self: SITE + path },
      body: expect.stringContaining(`New in ${path}`),
    })
    expect(parse(post!.body)).toMatchObject({ title: expect.anything() })
  })

  it('carries no signature where no secret was given', async () => {
    const id = await room.subscribe('/hook', RSS)
    await tell(id)
    expect(room.subscriber.violations).toEqual([])
    expect(room.subscriber.posted).toHaveLength(1)
  })

  it('goes to a callback with a query of its own', async () => {
    const id = await room.subscribe('/hook?own=1', RSS, SECRET)
    await tell(id)
    expect(room.subscriber.taken('/hook?own=1')).toHaveLength(1)
  })

  it('is posted once for several events, and a repeat has the same tag', async () => {
    const id = await room.subscribe('/hook', RSS, SECRET)
    await tell(id)
    expect(await tell(id, { position: 2 })).toMatchObject({ already: true })
    await deliveryHealth.flush()
    expect(await tell(id, { position: 3 })).toMatchObject({ already: true })
    expect(room.subscriber.posted).toHaveLength(1)
    // We died between their yes and our record.
    const { to: subscriber } = await to(id)
    await tell(id, { to: { ...subscriber, delivered: null } })
    expect(room.subscriber.posted).toHaveLength(2)
    expect(room.subscriber.taken('/hook')).toHaveLength(1)
  })

  it('is written once for all subscribers of a feed', async () => {
    const topics = await websub.compose!({
      event: recorded('ReviewPublished'),
      review: sampleReview(),
    })
    expect(topics.at(RSS)).toBe(topics.at(RSS))
    expect((await topics.at(RSS))!.bytes).toBe((await topics.at(RSS))!.bytes)
  })
})

describe('a subscriber that fails', () => {
  it.each<[string, HubBehaviour, RegExp]>([
    ['redirects', { status: 302, headers: { location: '/x' } }, /answered 302: a redirect/],
    ['does not know us', { status: 404 }, /answered 404/],
    ['cuts the connection', { act: 'cut' }, /no answer: the connection was cut/],
    ['fails with 10 MB', { status: 500, act: 'flood' }, /answered 500/],
  ])('%s: is told again later', async (_, behaviour, reason) => {
    const id = await room.subscribe('/hook', RSS, SECRET)
    room.subscriber.behave('*', behaviour)
    expect(await failure(id)).toMatchObject({
      name: 'Retry',
      message: expect.stringMatching(reason),
    })
  })

  it.each<[string, HubBehaviour]>([
    ['10 MB', { status: 200, act: 'flood' }],
    ['a body that never comes', { status: 202, act: 'head' }],
  ])('a success with %s is a success', async (_, behaviour) => {
    const id = await room.subscribe('/hook', RSS, SECRET)
    room.subscriber.behave('*', { ...behaviour, keep: true })
    expect(await tell(id)).toMatchObject({ status: behaviour.status })
  })

  it('is told again when it asks for that, but never sooner than the schedule', async () => {
    const id = await room.subscribe('/hook', RSS, SECRET)
    room.subscriber.behave('*', { status: 429, headers: { 'retry-after': '60' } })
    expect((await failure(id))!.options).toMatchObject({ pause: id, at: expect.any(Number) })
    expect((await failure(id, { attempt: 2 }))!.options).toEqual({})
  })

  it('is unsubscribed by a 410 at once, and the others are not', async () => {
    const id = await room.subscribe('/hook', RSS, SECRET)
    await room.subscribe('/other', RSS)
    room.subscriber.behave('/hook', { status: 410 })
    expect(await failure(id)).toBeInstanceOf(Suppressed)
    expect((await room.subscriptions()).map(row => row.callback)).toEqual([
      `${room.subscriber.origin}/other`,
    ])
  })

  it('is unsubscribed after three days of failures, not two, and a success starts the count again', async () => {
    const id = await room.subscribe('/hook', RSS, SECRET)
    const start = Date.now()
    const { to: subscriber } = await to(id)
    const isLeftAfter = async (days: number, behaviour?: HubBehaviour) => {
      vi.useFakeTimers({ toFake: ['Date'], now: start + days * DAY })
      room.subscriber.behave('*', behaviour)
      await deliver(part, { recipient: id, to: subscriber }).catch(() => {})
      await deliveryHealth.flush()
      return (await room.subscriptions()).length === 1
    }
    const down = { status: 503 }
    expect([
      await isLeftAfter(0, down),
      await isLeftAfter(2.9, down),
      await isLeftAfter(2.95),
      await isLeftAfter(4, down),
      await isLeftAfter(6.9, down),
      await isLeftAfter(7.1, down),
    ]).toEqual([true, true, true, true, true, false])
  })
})

describe('who is told', () => {
  const comedy = { film: 'Playtime', genres: ['Comedy'], rating: 4, critic: 'Tomasz' }
  const told = async (event: Awaited<ReturnType<HubRoom['append']>>) => {
    const planned = await websub.audience!({
      event,
      review: sampleReview(),
      after: '',
      limit: 10,
      now: Date.now(),
    })
    const byId = new Map((await room.subscriptions()).map(row => [row.id, row.topic]))
    return planned.map(({ recipient }) => byId.get(recipient)!.slice(SITE.length)).sort()
  }

  it('only subscribers of feeds that the event touches: as the review was before it, or after it', async () => {
    const { id } = anotherReview()
    // A feed must exist before somebody can subscribe to it.
    await room.append(...shelve({ ...comedy, id: `${id}-x`, title: 'First', publishedAt: at() }))
    await room.append(
      ...shelve({
        id: `${id}-y`,
        film: 'M',
        title: 'Second',
        genres: ['Drama'],
        publishedAt: at(),
      }),
    )
    const topics = [
      '/feed.xml',
      '/atom.xml?genre=comedy',
      '/feed.json?critic=tomasz&minRating=4',
      '/feed.xml?minRating=4.5',
      '/feed.xml?genre=Drama',
    ]
    for (const [i, topic] of topics.entries()) await room.subscribe(`/${i}`, SITE + topic)
    const first = topics.slice(0, 3).sort()
    const published = await room.append(
      ...shelve({ ...comedy, id, title: 'Get lost', publishedAt: at() }),
    )
    expect(await told(published)).toEqual(first)
    const better = await room.append({
      type: 'ReviewCorrected',
      data: { id, changes: { rating: 5 }, note: 'Better.', correctedAt: at() },
    })
    expect(await told(better)).toEqual([...first, '/feed.xml?minRating=4.5'].sort())
    const movie = { id: 'playtime-1967', title: 'Playtime', year: 1967, genres: ['Drama'] }
    const drama = await room.append({
      type: 'ReviewCorrected',
      data: { id, changes: { movie }, note: 'No comedy.', correctedAt: at() },
    })
    expect(await told(drama)).toEqual([...topics].sort())
    const fixed = await room.append({
      type: 'ReviewFixed',
      data: { id, changes: { title: 'Get lost!' }, fixedAt: at() },
    })
    expect(await told(fixed)).toEqual(topics.filter(topic => !topic.includes('comedy')).sort())
    const archived = await room.append({
      type: 'ReviewArchived',
      data: { id, reason: 'Wrong cut.', archivedAt: at() },
    })
    expect(await told(archived)).toEqual([...topics].sort())
  })

  it('not who subscribed after the event, nor whose lease has ended', async () => {
    const { id } = anotherReview()
    const event = await room.append(...shelve({ ...comedy, id, title: 'Old', publishedAt: at() }))
    const late = await room.subscribe('/late', RSS)
    expect(await told(event)).toEqual([])
    const next = await room.append({
      type: 'ReviewFixed',
      data: { id, changes: { title: 'Older' }, fixedAt: at() },
    })
    expect(await told(next)).toEqual(['/feed.xml'])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * DAY })
    expect(await told(next)).toEqual([])
    expect((await loadSubscribers([late])).size).toBe(0)
  })
})

it('can be switched off', () => {
  const about = { siteUrl: SITE }
  expect(websub.ready!({ hub: 'off' }, about)).toBe('Switched off')
  expect(websub.ready!({ hub: 'on' }, about)).toBe(true)
})
