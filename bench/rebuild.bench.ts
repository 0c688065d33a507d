/** How fast all read models are rebuilt from position 0, without and with full-text search: the median of three rebuilds, in events per second of the thread's CPU time. */
import { join } from 'node:path'
import projections from '#projections'
import { openViews } from '../server/db/views-file'
import { handle } from '../server/log/handle-command'
import { openSqliteLog } from '../server/log/sqlite/sqlite'
import { Projector } from '../server/read-models/projector'
import { scratchFolder } from './floor'
import { computed, quantile, type Row } from './row'

const REVIEWS = 10_000
const REBUILDS = 3
const paragraph =
  'Kanji Watanabe has stamped papers for thirty years and has not been alive for any of them. '.repeat(
    6,
  )
const content = (i: number) => ({
  title: `Review ${i}`,
  movie: { id: `film-${i % 3000}`, title: `Film ${i % 3000}`, year: 1950, genres: ['Drama'] },
  rating: 4,
  summary: 'A clerk learns that he is dying.',
  body: paragraph,
  tree: [{ t: 'p' as const, c: [{ t: 'text' as const, v: paragraph }] }],
  tags: ['old age'],
  spoiler: false,
})

export async function run(): Promise<Row[]> {
  const folder = scratchFolder()
  const log = openSqliteLog(join(folder, 'log.sqlite'))
  const now = new Date().toISOString()
  const meta = { actor: 'bench' }
  const ids = Array.from({ length: REVIEWS }, (_, i) => `r${i}`)
  await Promise.all(
    ids.map(async (id, i) => {
      await handle(
        log,
        id,
        { type: 'DraftReview', data: { id, critic: { id: 'c', name: 'C' } }, now },
        meta,
      )
      await handle(
        log,
        id,
        { type: 'PublishReview', data: { id, slug: id, content: content(i) }, now },
        meta,
      )
    }),
  )
  const events = await log.head()
  const rate = async (name: string, wanted: typeof projections) => {
    const samples: number[] = []
    while (samples.length < REBUILDS) {
      globalThis.gc?.() // so that a rebuild does not pay for earlier garbage
      const views = openViews(join(folder, `${name}-${samples.length}.sqlite`))
      const projector = new Projector(log, views, wanted)
      samples.push(await computed(() => projector.start()))
      await projector.stop()
      await views.destroy()
    }
    return events / (quantile(samples, 0.5) / 1000)
  }
  const plain = await rate(
    'plain',
    projections.filter(p => !p.fullText),
  )
  const full = await rate('full', projections)
  await log.close()
  return [
    {
      name: 'rebuild all but search',
      value: plain,
      unit: 'events/CPU-s',
      target: '≥ 50,000',
      ok: plain >= 50_000,
    },
    {
      name: 'rebuild with full-text search',
      value: full,
      unit: 'events/CPU-s',
      ratio: full / plain,
      target: '≥ 10,000',
      ok: full >= 10_000,
    },
  ]
}
