/** What a push costs the sender's CPU, ledger included, compared with a plain loop of the web-push library. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import webpush from 'web-push'
import { useApp } from '../server/db/open'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { ReactorLoop } from '../server/delivery/sending/reactor-loop'
import { streamOf } from '../server/log/handle-command'
import { openMemoryLog } from '../server/log/memory'
import push from '../server/reactors/push'
import { columnsOf } from '../server/readers/push-readers'
import { wantsColumns } from '../server/readers/wants'
import { type RemotePushService, spawnPushService } from '../tests/support/spawn-push-service'
import { scratchFolder } from './floor'
import type { Row } from './row'

const READERS = 10_000
const NAIVE = 1500
const CONTENT = {
  title: 'Everyone in Vienna is selling something',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary:
    'Carol Reed tilts the city until the honest man slides off it, and a zither plays while he falls past everybody who could have caught him.',
  body: 'Vienna.',
  tree: [],
  tags: [],
  spoiler: false,
}

export async function run(): Promise<Row[]> {
  const service = await spawnPushService()
  setDefaultCACertificates([...getCACertificates('default'), service.cert])
  Object.assign(process.env, {
    NUXT_ALLOW_TARGETS: `push:${new URL(service.origin).host}`,
    NUXT_DATA_DIR: scratchFolder(),
  })
  try {
    const before = await plainLoop(service)
    const ours = await startSender(service)
    const naive = (before + (await plainLoop(service))) / 2
    return [
      { name: 'plain web-push loop, per CPU-second', value: naive, unit: '/s' },
      {
        name: `push with the ledger, per CPU-second`,
        value: ours.perCpuSecond,
        unit: '/s',
        ratio: ours.perCpuSecond / naive,
        target: '≥ 2.2 × the plain loop',
        ok: ours.perCpuSecond >= 2.2 * naive,
      },
      {
        name: `${READERS.toLocaleString('en')} readers told within`,
        value: ours.seconds,
        unit: 's',
      },
      {
        name: 'memory grown meanwhile',
        value: ours.megabytes,
        unit: 'MB',
        target: '≤ 120 MB',
        ok: ours.megabytes <= 120,
      },
      { name: 'failures', value: ours.failures, unit: '', target: '0', ok: ours.failures === 0 },
    ]
  } finally {
    await service.close()
  }
}

/** Sends per CPU-second of this process, one after the other, as the library's readme does it. */
async function plainLoop(service: RemotePushService): Promise<number> {
  const readers = await service.subscribeMany(NAIVE)
  const vapidDetails = { subject: 'mailto:desk@mymovies.example', ...webpush.generateVAPIDKeys() }
  const text = JSON.stringify({
    web_push: 8030,
    notification: {
      title: 'The Third Man, 5',
      body: `${CONTENT.summary} By Ines Okafor`,
      navigate: 'https://mymovies.example/reviews/everyone-in-vienna',
      tag: 'r-third-man',
    },
  })
  const cpu = process.cpuUsage()
  for (const { subscription } of readers)
    await webpush.sendNotification(subscription, text, { vapidDetails, TTL: 172_800 })
  return NAIVE / cpuSeconds(cpu)
}

/** One published review through planner, ledger and reactor to every reader. */
async function startSender(service: RemotePushService) {
  const app = await useApp()
  const log = openMemoryLog()
  await app.transaction().execute(async tx => {
    for (const { id, subscription } of await service.subscribeMany(READERS))
      await tx
        .insertInto('push_readers')
        .values({ id, ...columnsOf(subscription), ...wantsColumns({}), asked_at: 0, position: 0 })
        .execute()
  })
  const reactor = new ReactorLoop(push, {
    app,
    log,
    subjects: new SubjectReader(log, 'https://mymovies.example'),
    holdMs: 0,
  })
  reactor.start()
  while (
    !(await app
      .selectFrom('consumers')
      .select('name')
      .where('name', '=', 'push')
      .executeTakeFirst())
  )
    await pause(10)
  await service.clear()

  globalThis.gc!()
  const rss = process.memoryUsage.rss()
  const cpu = process.cpuUsage()
  const start = performance.now()
  const critic = { id: 'ines', name: 'Ines Okafor' }
  const at = new Date().toISOString()
  const meta = { actor: 'bench' }
  let highest = rss
  await log.append(streamOf('r-third-man'), 'none', [
    { type: 'ReviewDrafted', data: { id: 'r-third-man', critic, draftedAt: at }, meta, at },
    {
      type: 'ReviewPublished',
      data: {
        id: 'r-third-man',
        slug: 'everyone-in-vienna',
        critic,
        content: CONTENT,
        publishedAt: at,
      },
      meta,
      at,
    },
  ])
  for (let left = 1; left > 0;) {
    await pause(50)
    highest = Math.max(highest, process.memoryUsage.rss())
    const { requests } = await service.count()
    if (requests < READERS) continue
    left = Number(
      (
        await app
          .selectFrom('deliveries')
          .select(e => e.fn.countAll().as('n'))
          .where('state', 'in', ['pending', 'sending'])
          .executeTakeFirstOrThrow()
      ).n,
    )
  }
  const seconds = (performance.now() - start) / 1000
  const perCpuSecond = READERS / cpuSeconds(cpu)
  const { received } = await service.count()
  const { n } = await app
    .selectFrom('deliveries')
    .select(e => e.fn.countAll().as('n'))
    .where('state', '!=', 'accepted')
    .executeTakeFirstOrThrow()
  await reactor.stop()
  return {
    seconds,
    perCpuSecond,
    megabytes: (highest - rss) / 2 ** 20,
    failures: Math.max(Number(n), READERS - received),
  }
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
