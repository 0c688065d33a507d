/** What visits cost: a start, a first visit and its largest paint, the time until the last open page has the news, the front page under load. */
import { readFileSync } from 'node:fs'
import { type Caller, makeOwner } from '../tests/support/account'
import { startServer } from '../tests/support/server'
import { scratchFolder } from './floor'
import { quantile, type Row, within } from './row'
import { firstVisit } from './site/first-visit'
import { frontPage } from './site/front-page'
import { largestPaint } from './site/largest-paint'
import { now, openPages } from './site/open-pages'
import { plainServer } from './site/plain-server'
import { LINKS, sharedLinks } from './site/shared-links'

const STARTS = 3
const NEWS = 5
const REST_MS = 2000

/** Open pages for which targets are set. */
const MOST = 10_000

export async function run(): Promise<Row[]> {
  const starting = await start()
  const server = await startServer({ dataDir: scratchFolder() })
  try {
    await new Promise(resolve => setTimeout(resolve, REST_MS))
    const memory = within(140, {
      name: 'memory of a server that rests',
      value: residentMegabytes(server.pid),
      unit: 'MB',
    })
    const ask = await makeOwner(server.url)
    const publishNow = async (title: string) => (await draft(ask, title))()
    for (let n = 1; n <= 16; n++) await publishNow(`Review ${n}`)
    const rows = [
      starting,
      memory,
      ...(await firstVisit(server.port)),
      ...(await largestPaint(server.url)),
    ]
    for (const pages of [2000, MOST]) rows.push(...(await lastPage(server.port, ask, pages)))
    await sharedLinks(server.url)
    await new Promise(resolve => setTimeout(resolve, REST_MS))
    rows.push(
      within(350, {
        name: `memory after ${MOST.toLocaleString('en')} open pages and ${LINKS.toLocaleString('en')} shared links`,
        value: residentMegabytes(server.pid),
        unit: 'MB',
      }),
    )
    return [...rows, ...(await frontPage(server.url, publishNow))]
  } finally {
    await server.kill()
  }
}

/** From the spawn to the first positive answer of /ready, with an empty data folder. */
async function start(): Promise<Row> {
  const samples: number[] = []
  for (let n = 0; n < STARTS; n++) {
    const start = performance.now()
    const server = await startServer({ dataDir: scratchFolder() })
    samples.push(performance.now() - start)
    await server.kill()
  }
  return within(1000, {
    name: 'start until ready, empty folder',
    value: quantile(samples, 0.5),
    unit: 'ms',
  })
}

/** Makes a draft and returns the function that publishes it. */
async function draft(ask: Caller, title: string): Promise<() => Promise<unknown>> {
  const { body } = await ask('/api/reviews', {
    body: {
      title,
      movie: { title: 'M', year: 1931 },
      rating: 5,
      summary: 'Seen twice.',
      body: 'Berlin.',
    },
  })
  return () => ask(`/api/reviews/${body.id}/publish`, { body: {} })
}

/** From the publish call until the pages have the news, as a multiple of what a bare TCP server needs for the same bytes. */
async function lastPage(port: number, ask: Caller, count: number): Promise<Row[]> {
  const pages = await openPages(port, count, '/live')
  const ours = await pages.measure(NEWS, async () => {
    const publish = await draft(ask, 'News')
    const start = now()
    await publish()
    return start
  })
  await pages.close()
  const plain = await plainServer()
  const plainPages = await openPages(plain.port, count, '/')
  const floor = await plainPages.measure(NEWS, plain.sending(ours.bytes))
  await plainPages.close()
  plain.close()
  const label = count.toLocaleString('en')
  return (['p99', 'last'] as const).flatMap(which => [
    { name: `bare TCP to ${label} sockets, ${which}`, value: floor[which], unit: 'ms' },
    {
      name: `publish to ${label} open pages, ${which}`,
      value: ours[which],
      unit: 'ms',
      ratio: ours[which] / floor[which],
      ...(count === MOST &&
        (which === 'p99'
          ? { target: '≤ 250 ms', ok: ours.p99 <= 250 }
          : { target: '≤ 1.5 × bare TCP', ok: ours.last <= 1.5 * floor.last })),
    },
  ])
}

const residentMegabytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
