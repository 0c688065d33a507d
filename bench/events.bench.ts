/** What it costs to listen: a cached page of events beside bare node:http, and a stream that catches up. */
import { get } from 'node:http'
import { join } from 'node:path'
import { handle } from '../server/log/handle-command'
import { openSqliteLog } from '../server/log/sqlite/sqlite'
import { startServer, type TestServer } from '../tests/support/server'
import { scratchFolder } from './floor'
import { besideBare } from './http/beside-bare'
import { cpuSeconds } from './http/cpu-seconds'
import { quantile, type Row } from './row'

const REVIEWS = 60_000
const CATCH_UPS = 3
const FRAME = '\nid: '
const paragraph = 'Kanji Watanabe has stamped papers for thirty years. '.repeat(10)

export async function run(): Promise<Row[]> {
  const dataDir = scratchFolder()
  await fill(dataDir)
  const server = await startServer({ dataDir })
  try {
    return [
      ...(await pages(server)),
      await catchUp(server, 'thin', 60_000),
      await catchUp(server, 'fat'),
    ]
  } finally {
    await server.kill()
  }
}

async function fill(dataDir: string) {
  const log = openSqliteLog(join(dataDir, 'log.sqlite'))
  const now = new Date().toISOString()
  const meta = { actor: 'bench' }
  const critic = { id: 'c', name: 'C' }
  for (let i = 0; i < REVIEWS; i += 500)
    await Promise.all(
      Array.from({ length: 500 }, async (_, n) => {
        const id = `r${i + n}`
        const tree = [{ t: 'p' as const, c: [{ t: 'text' as const, v: paragraph }] }]
        const movie = { id: `film-${i}`, title: `Film ${i}`, year: 1950, genres: ['Drama'] }
        const content = {
          title: `Review ${i + n}`,
          movie,
          rating: 4,
          summary: 'A clerk learns that he is dying.',
          body: paragraph,
          tree,
          tags: [],
          spoiler: false,
        }
        await handle(log, id, { type: 'DraftReview', data: { id, critic }, now }, meta)
        await handle(log, id, { type: 'PublishReview', data: { id, slug: id, content }, now }, meta)
      }),
    )
  await log.close()
}

async function pages({ port, pid }: TestServer): Promise<Row[]> {
  const path = '/api/events?limit=100&after=0'
  const etag = (await fetch(`http://127.0.0.1:${port}${path}`)).headers.get('etag')!
  const asked = { port, pid, path, least: 0.6 }
  return [
    ...(await besideBare({ ...asked, name: 'a page of 100 events' })),
    ...(await besideBare({
      ...asked,
      name: 'the same, unchanged (304)',
      headers: { 'if-none-match': etag },
    })),
  ]
}

/** To one client that only counts, until it has all; per second of the server's processor time. */
async function catchUp({ port, pid }: TestServer, shape: string, least?: number): Promise<Row> {
  const samples: number[] = []
  while (samples.length < CATCH_UPS) {
    const before = cpuSeconds(pid)
    const count = await readAll(port, shape)
    samples.push(count / (cpuSeconds(pid) - before))
  }
  const value = quantile(samples, 0.5)
  return {
    name: `a stream that catches up, ${shape}`,
    value,
    unit: 'events/CPU s',
    ...(least && { target: `≥ ${least.toLocaleString('en')}`, ok: value >= least }),
  }
}

const readAll = (port: number, shape: string) =>
  new Promise<number>((resolve, reject) => {
    const headers = { accept: 'text/event-stream' }
    const path = `/api/events?shape=${shape}`
    const asked = get({ port, host: '127.0.0.1', path, headers }, answer => {
      let count = 0
      let rest = Buffer.alloc(0)
      answer.on('data', (chunk: Buffer) => {
        const bytes = Buffer.concat([rest, chunk])
        for (let at = bytes.indexOf(FRAME); at >= 0; at = bytes.indexOf(FRAME, at + 1)) count++
        // The mark of an event may be cut by the end of a chunk.
        rest = bytes.subarray(1 - FRAME.length)
        if (count < REVIEWS) return
        asked.destroy()
        resolve(count)
      })
    }).once('error', reject)
  })
