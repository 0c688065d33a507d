/** Publishes reviews to a thousand subscribers of a feed: how long until all of them have it. */
import { createHmac } from 'node:crypto'
import projections from '#projections'
import { Agent } from 'undici'
import { useApp } from '../server/db/open'
import { useViewsWriter } from '../server/db/views-file'
import type { Reactor } from '../server/delivery/contract/define-reactor'
import { registerReactors } from '../server/delivery/contract/registry'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { ReactorLoop } from '../server/delivery/sending/reactor-loop'
import { useLog } from '../server/log'
import type { NewEvent } from '../server/log/event-log'
import { streamOf } from '../server/log/handle-command'
import websub from '../server/reactors/websub'
import { Projector } from '../server/read-models/projector'
import { startProjector } from '../server/read-models/use-projector'
import { startFarProcess } from '../tests/support/far-process'
import type { HubSubscriber } from '../tests/support/hub-subscriber'
import { scratchFolder } from './floor'
import { quantile, type Row, within } from './row'

const part = websub as unknown as Reactor

const SUBSCRIBERS = 1000
const SITE = 'https://mymovies.example'
const TOPIC = `${SITE}/feed.xml`
const TEXT = 'Vienna. '.repeat(190)
/** As many as a feed holds. */
const OLDER = 30
const ROUNDS = 7
/** Of a feed with these reviews. */
const FEED_BYTES = 52_000
const AT_ONCE = 400

type Far = Awaited<ReturnType<typeof startFarProcess<{ origin: string }>>>
const counted = async (far: Far): Promise<ReturnType<HubSubscriber['count']>> =>
  far.call('count', [])

export async function run(): Promise<Row[]> {
  const far = await startFarProcess<{ origin: string }>('hub-subscriber', {})
  Object.assign(process.env, {
    NUXT_ALLOW_TARGETS: `websub:${new URL(far.greeting.origin).host}`,
    NUXT_DATA_DIR: scratchFolder(),
    NUXT_SITE_URL: SITE,
  })
  try {
    const bare = await plainLoop(far)
    const stop = await startHub(far)
    const p99s: number[] = []
    const medians: number[] = []
    const costs: number[] = []
    let wrong = 0
    for (let round = 0; round < ROUNDS; round++) {
      const { times, missing, cpu } = await publishOnce(far, `news-${round}`)
      costs.push(cpu)
      p99s.push(quantile(times, 0.99))
      medians.push(quantile(times, 0.5))
      wrong += missing
    }
    await stop()
    const floor = quantile([bare, await plainLoop(far)], 0)
    const label = SUBSCRIBERS.toLocaleString('en')
    return [
      { name: `${label} bare signed posts, p99`, value: floor, unit: 'ms' },
      {
        name: `publish to ${label} subscribers, median`,
        value: quantile(medians, 0.5),
        unit: 'ms',
      },
      within(300, {
        name: `publish to ${label} subscribers, p99`,
        value: quantile(p99s, 0.5),
        unit: 'ms',
        ratio: quantile(p99s, 0.5) / floor,
      }),
      { name: 'CPU of the sender for each', value: quantile(costs, 0.5), unit: 'ms' },
      {
        name: 'not at all, or badly signed',
        value: wrong,
        unit: '',
        target: '0',
        ok: wrong === 0,
      },
    ]
  } finally {
    await far.close()
  }
}

/** The same bytes, signed, by undici alone, as many at a time as we send. */
async function plainLoop(far: Far): Promise<number> {
  const agent = new Agent()
  const origin = far.greeting.origin
  const headers = { link: `<${SITE}/websub>; rel="hub", <${TOPIC}>; rel="self"`, etag: '"bare"' }
  await far.call('trustEach', [Array.from({ length: SUBSCRIBERS }, (_, n) => [`/hook-${n}`, 's'])])
  const body = Buffer.alloc(FEED_BYTES, 'x')
  const p99s: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await far.call('clear', [])
    const start = Date.now()
    const posts = Array.from({ length: SUBSCRIBERS }, (_, n) => n)
    const post = async () => {
      for (let n = posts.shift(); n !== undefined; n = posts.shift()) {
        const signature = createHmac('sha256', 's').update(body).digest('hex')
        const answer = await agent.request({
          origin,
          path: `/hook-${n}`,
          method: 'POST',
          headers: { ...headers, 'x-hub-signature': `sha256=${signature}` },
          body,
        })
        await answer.body.dump()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, post))
    p99s.push(quantile((await counted(far)).times, 0.99) - start)
  }
  await agent.close()
  return quantile(p99s, 0.5)
}

async function startHub(far: Far) {
  registerReactors([part])
  const app = await useApp()
  const log = useLog()
  const projector = await startProjector(new Projector(log, useViewsWriter(), projections))
  for (let n = 0; n < OLDER; n++) await publish(`older-${n}`)
  const subscriptions = Array.from({ length: SUBSCRIBERS }, (_, n) => ({
    id: `subscriber-${String(n).padStart(4, '0')}`,
    topic: TOPIC,
    callback: `${far.greeting.origin}/hook-${n}`,
    host: new URL(far.greeting.origin).host,
    secret: `secret ${n}`,
    lease_until: Date.now() + 86_400_000,
    position: 0,
    created_at: 0,
  }))
  for (let n = 0; n < SUBSCRIBERS; n += 500)
    await app
      .insertInto('hub_subscriptions')
      .values(subscriptions.slice(n, n + 500))
      .execute()
  await far.call('trustEach', [subscriptions.map(({ secret }, n) => [`/hook-${n}`, secret])])
  const subjects = new SubjectReader(log, SITE)
  const reactor = new ReactorLoop(part, { app, log, subjects, holdMs: 0 })
  reactor.start()
  while (!(await app.selectFrom('consumers').select('name').executeTakeFirst())) await pause(10)
  await projector.passed(await log.head(), 60_000)
  return async () => {
    await reactor.stop()
    await projector.stop()
  }
}

/** Milliseconds from before the commit until each subscriber had it, and of CPU meanwhile. */
async function publishOnce(far: Far, id: string) {
  await far.call('clear', [])
  const start = Date.now()
  const before = process.cpuUsage()
  await publish(id)
  let now = await counted(far)
  while (now.times.length < SUBSCRIBERS && Date.now() - start < 60_000) {
    await pause(50)
    now = await counted(far)
  }
  const { user, system } = process.cpuUsage(before)
  // The next round begins when nothing is being recorded any more.
  await pause(500)
  const missing = SUBSCRIBERS - now.times.length + now.violations
  return { times: now.times.map(at => at - start), missing, cpu: (user + system) / 1000 }
}

async function publish(id: string) {
  const at = new Date().toISOString()
  const critic = { id: 'ines', name: 'Ines Okafor' }
  const content = {
    title: 'Everyone in Vienna is selling something',
    movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
    rating: 5,
    summary: 'Carol Reed tilts the city until the honest man slides off it.',
    body: TEXT,
    tree: [{ t: 'p' as const, c: [{ t: 'text' as const, v: TEXT }] }],
    tags: [],
    spoiler: false,
  }
  const about = { meta: { actor: 'bench' }, at }
  await useLog().append(streamOf(id), 'none', [
    { type: 'ReviewDrafted', data: { id, critic, draftedAt: at }, ...about },
    {
      type: 'ReviewPublished',
      data: { id, slug: id, critic, content, publishedAt: at },
      ...about,
    },
  ] satisfies NewEvent[])
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
