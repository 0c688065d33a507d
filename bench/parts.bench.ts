/** What one part's trouble costs the others, what idle parts cost, and what the operators' page costs with a long history. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { useApp } from '../server/db/open'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { streamOf } from '../server/log/handle-command'
import { openMemoryLog } from '../server/log/memory'
import push from '../server/reactors/push'
import { columnsOf } from '../server/readers/push-readers'
import { wantsColumns } from '../server/readers/wants'
import { type RemotePushService, spawnPushService } from '../tests/support/spawn-push-service'
import { scratchFolder } from './floor'
import { badFarSide, badPart } from './parts/bad-part'
import { begin, pause } from './parts/begin'
import { countsBesideHistory } from './parts/history'
import { idleShare } from './parts/idle'
import { quantile, type Row } from './row'

const READERS = 200
const PUBLISHES = 40
const PACE_MS = 250
const ROUNDS = 2
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
    const around = {
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
    const idle = await idleShare(around)
    const stop = await begin(around, [push])
    const samples = { well: [] as number[], hang: [] as number[], fail: [] as number[] }
    await publishes(log, service, 'warm') // the first ones open connections and compile
    // Interleaved, so that a busy machine's slow moments are shared by all kinds.
    for (let n = 0; n < ROUNDS; n++) {
      for (const kind of ['well', 'hang', 'fail'] as const) {
        const name = `bad-${kind}-${n}`
        const end =
          kind === 'well' ? undefined : await begin(around, [badPart(name, far.url(kind))])
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
      idle,
      await countsBesideHistory(),
    ]
  } finally {
    await service.close()
    far.close()
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
