/** What one part's trouble costs the others, what idle parts cost, and what the operators' page costs with a long history. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { sql } from 'kysely'
import { appReadOnly, useApp } from '../server/db/open'
import { defineReactor, type Reactor, Retry } from '../server/delivery/contract/define-reactor'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { ReactorLoop } from '../server/delivery/sending/reactor-loop'
import { streamOf } from '../server/log/handle-command'
import { openMemoryLog } from '../server/log/memory'
import { countDeliveries } from '../server/operations/part-status'
import push from '../server/reactors/push'
import { columnsOf } from '../server/readers/push-readers'
import { wantsColumns } from '../server/readers/wants'
import { type RemotePushService, spawnPushService } from '../tests/support/spawn-push-service'
import { scratchFolder } from './floor'
import { quantile, type Row } from './row'

const READERS = 200
const PUBLISHES = 40
const PACE_MS = 250
const ROUNDS = 2
const IDLE_PARTS = 10
const IDLE_MS = 20_000
const HISTORY = 300_000
const CONTENT = {
  title: 'Everyone in Vienna',
  movie: { id: 'm', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'Vienna.',
  body: 'Vienna.',
  tree: [],
  tags: [],
  spoiler: false,
}
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

export async function run(): Promise<Row[]> {
  const service = await spawnPushService()
  const log = openMemoryLog()
  const far = await badFarSide()
  setDefaultCACertificates([...getCACertificates('default'), service.cert])
  Object.assign(process.env, {
    NUXT_ALLOW_TARGETS: `push:${new URL(service.origin).host}`,
    NUXT_DATA_DIR: scratchFolder(),
  })
  try {
    const app = await useApp()
    const server = {
      app,
      log,
      subjects: new SubjectReader(log, 'https://mymovies.example'),
      holdMs: 0,
    }
    for (const { id, subscription } of await service.subscribeMany(READERS))
      await app
        .insertInto('push_readers')
        .values({ id, ...columnsOf(subscription), ...wantsColumns({}), asked_at: 0, position: 0 })
        .execute()
    const begin = async (...reactors: Reactor[]) => {
      const runs = reactors.map(reactor => new ReactorLoop(reactor, server))
      for (const each of runs) each.start()
      while (
        (
          await app
            .selectFrom('consumers')
            .select('name')
            .where('lease_owner', 'is not', null)
            .execute()
        ).length < runs.length
      )
        await pause(10)
      return () => Promise.all(runs.map(each => each.stop()))
    }
    const idle = await idleShare(begin)
    const stop = await begin(push)
    const samples = { well: [] as number[], hang: [] as number[], fail: [] as number[] }
    await publishes(log, service, 'warm') // the first ones open connections and compile
    // Interleaved, so that a busy machine's slow moments are shared by all kinds.
    for (let n = 0; n < ROUNDS; n++) {
      for (const kind of ['well', 'hang', 'fail'] as const) {
        const end =
          kind === 'well' ? undefined : await besides(server, `bad-${kind}-${n}`, far.url(kind))
        samples[kind].push(...(await publishes(log, service, `${kind}-${n}`)))
        await end?.()
      }
    }
    await stop()
    const well = quantile(samples.well, 0.99)
    const row = (name: string, kind: 'hang' | 'fail'): Row => ({
      name,
      value: quantile(samples[kind], 0.99),
      unit: 'ms',
      ratio: quantile(samples[kind], 0.99) / well,
      target: '≤ 1.5 × without it',
      ok: quantile(samples[kind], 0.99) <= 1.5 * well,
    })
    return [
      {
        name: `event to push service, p99 of ${READERS} readers × ${PUBLISHES * ROUNDS} events`,
        value: well,
        unit: 'ms',
      },
      row('the same beside a part whose far side hangs', 'hang'),
      row('the same beside a part whose far side answers 503', 'fail'),
      {
        name: `${IDLE_PARTS} parts that do nothing, share of one core`,
        value: idle,
        unit: '%',
        target: '≤ 1 %',
        ok: idle <= 1,
      },
      await countsBesideHistory(),
    ]
  } finally {
    await service.close()
    far.close()
  }
}

/** A part that posts each event to one place and never gets a good answer. */
async function besides(
  server: ConstructorParameters<typeof ReactorLoop>[1],
  name: string,
  url: string,
) {
  const bad = defineReactor({
    name,
    label: name,
    on: {
      ReviewPublished: async ({ signal }) => {
        const answer = await fetch(url, { method: 'POST', signal })
        throw new Retry(`answered ${answer.status}`)
      },
    },
  }) as unknown as Reactor
  const each = new ReactorLoop(bad, server)
  each.start()
  while (
    !(await server.app
      .selectFrom('consumers')
      .select('name')
      .where('name', '=', name)
      .where('lease_owner', 'is not', null)
      .executeTakeFirst())
  )
    await pause(10)
  return () => each.stop()
}

async function badFarSide() {
  const server = createServer((request, answer) => {
    if (request.url === '/fail') answer.writeHead(503).end('no')
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  return {
    url: (kind: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${kind}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Milliseconds from each event to each reader's message, as the push service has them. */
async function publishes(
  log: ReturnType<typeof openMemoryLog>,
  service: RemotePushService,
  name: string,
): Promise<number[]> {
  await service.clear()
  const critic = { id: 'ines', name: 'Ines Okafor' }
  const meta = { actor: 'bench' }
  const begun = new Map<string, number>()
  for (let n = 0; n < PUBLISHES; n++) {
    const id = `${name}-${n}`
    const at = new Date().toISOString()
    begun.set(id, Date.now())
    await log.append(streamOf(id), 'none', [
      { type: 'ReviewDrafted', data: { id, critic, draftedAt: at }, meta, at },
      {
        type: 'ReviewPublished',
        data: { id, slug: id, critic, content: CONTENT, publishedAt: at },
        meta,
        at,
      },
    ])
    await pause(PACE_MS)
  }
  while ((await service.count()).received < READERS * PUBLISHES) await pause(50)
  return (await service.state()).received.map(
    ({ text, at }) => at - begun.get(JSON.parse(text).notification.tag as string)!,
  )
}

/** Percent of one core, above what the process costs without parts. */
async function idleShare(
  begin: (...reactors: Reactor[]) => Promise<() => Promise<unknown>>,
): Promise<number> {
  const percent = async () => {
    const before = process.cpuUsage()
    await pause(IDLE_MS)
    const { user, system } = process.cpuUsage(before)
    return ((user + system) / 1000 / IDLE_MS) * 100
  }
  const alone = await percent()
  const stop = await begin(
    ...Array.from(
      { length: IDLE_PARTS },
      (_, n) =>
        defineReactor({
          name: `idle-${n}`,
          label: `Idle ${n}`,
          on: { ReviewPublished: async () => undefined },
        }) as unknown as Reactor,
    ),
  )
  await pause(1000)
  const busy = await percent()
  await stop()
  return Math.max(0, busy - alone)
}

async function countsBesideHistory(): Promise<Row> {
  const app = await useApp()
  await sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${HISTORY})
    INSERT INTO deliveries (reactor, event_id, position, review_id, type, recipient, origin, state, attempts, due_at, created_at, updated_at) SELECT 'push', 'h', 1, 'h', 'ReviewPublished', 'r' || i, '', 'accepted', 1, 1, 1, 1 FROM n`.execute(
    app,
  )
  const reader = appReadOnly()
  const start = performance.now()
  const times = 50
  for (let n = 0; n < times; n++) await countDeliveries(reader)
  const each = (performance.now() - start) / times
  return {
    name: `counting every part beside ${HISTORY.toLocaleString('en')} deliveries that are done`,
    value: each,
    unit: 'ms',
    target: '≤ 5 ms',
    ok: each <= 5,
  }
}
