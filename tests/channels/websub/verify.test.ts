/** Who counts as having confirmed a request, and whom we do not even ask. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { verify } from '../../../server/channels/websub/verify'
import { type HubBehaviour, HubSubscriber } from '../../support/hub-subscriber'

const TOPIC = 'https://mymovies.example/feed.xml'
let subscriber: HubSubscriber

beforeAll(async () => {
  subscriber = await HubSubscriber.start()
  vi.stubEnv('NUXT_ALLOW_TARGETS', `websub:${new URL(subscriber.origin).host}`)
  vi.stubEnv('NUXT_SITE_URL', 'https://mymovies.example')
})
afterAll(() => subscriber.close())
beforeEach(() => subscriber.clear())

const ask = (callback = `${subscriber.origin}/hook`, signal?: AbortSignal) =>
  verify(
    { mode: 'subscribe', topic: TOPIC, askedTopic: TOPIC, callback, leaseSeconds: 600 },
    signal,
  )

it('a subscriber that wants it confirms with the challenge, a new one each time', async () => {
  subscriber.want('/hook', 'subscribe', TOPIC)
  expect([await ask(), await ask()]).toEqual(['confirmed', 'confirmed'])
  const challenges = subscriber.asked.map(({ query }) => query['hub.challenge']!)
  expect(new Set(challenges).size).toBe(2)
  for (const challenge of challenges) expect(challenge).toMatch(/^[\w-]{43}$/)
  expect(subscriber.violations).toEqual([])
})

it.each<[string, HubBehaviour, string]>([
  ['that wants something else', { status: 404 }, 'refused'],
  ['that redirects', { status: 307, headers: { location: '/elsewhere' } }, 'refused'],
  ['that answers nothing', { status: 200 }, 'refused'],
  ['that answers another challenge', { status: 200, body: 'x'.repeat(43) }, 'refused'],
  ['that answers 10 MB', { status: 200, act: 'flood' }, 'refused'],
  ['that is busy', { status: 429 }, 'unreachable'],
  ['that is down', { status: 503, act: 'flood' }, 'unreachable'],
  ['that cuts the connection', { act: 'cut' }, 'unreachable'],
])('a subscriber %s does not', async (_, behaviour, verdict) => {
  subscriber.behave('*', behaviour)
  expect(await ask()).toBe(verdict)
  expect(subscriber.asked).toHaveLength(1)
})

it.each<HubBehaviour>([{ act: 'hang' }, { status: 200, act: 'head' }])(
  'one that hangs is given up when we stop: %j',
  async behaviour => {
    subscriber.behave('*', behaviour)
    const stop = new AbortController()
    const verdict = ask(undefined, stop.signal)
    await expect.poll(() => subscriber.asked.length).toBe(1)
    stop.abort()
    expect(await verdict).toBe('unreachable')
  },
)

it('a challenge with a word around it is none, and a private address is not asked', async () => {
  subscriber.echo = challenge => `${challenge}\n`
  subscriber.want('/hook', 'subscribe', TOPIC)
  expect(await ask()).toBe('refused')
  subscriber.echo = challenge => challenge
  expect(await ask('https://127.0.0.1/hook')).toBe('refused')
  expect(await ask('http://localhost/hook')).toBe('refused')
})
