/** What a poll of a feed costs, beside bare node:http that answers the same bytes. */
import { join } from 'node:path'
import { handle } from '../server/log/handle-command'
import { openSqliteLog } from '../server/log/sqlite/sqlite'
import { startServer } from '../tests/support/server'
import { scratchFolder } from './floor'
import { besideBare } from './http/beside-bare'
import type { Row } from './row'

/** More than a feed holds. */
const REVIEWS = 60
const TEXT = 'Vienna. '.repeat(190)

export async function run(): Promise<Row[]> {
  const dataDir = scratchFolder()
  await fill(dataDir)
  const server = await startServer({ dataDir })
  try {
    const rows: Row[] = []
    for (const path of ['/feed.xml', '/atom.xml?genre=Thriller&minRating=4']) {
      const asked = { port: server.port, pid: server.pid, path, least: 0.6 }
      const { headers } = await fetch(server.url + path)
      const known = { 'if-none-match': headers.get('etag')! }
      rows.push(...(await besideBare({ ...asked, name: path })))
      rows.push(
        ...(await besideBare({ ...asked, name: `${path}, unchanged (304)`, headers: known })),
      )
    }
    return rows
  } finally {
    await server.kill()
  }
}

async function fill(dataDir: string) {
  const log = openSqliteLog(join(dataDir, 'log.sqlite'))
  const meta = { actor: 'bench' }
  const critic = { id: 'ines', name: 'Ines Okafor' }
  const movie = { id: 'the-third-man-1949', title: 'The Third Man', year: 1949 }
  for (let n = 0; n < REVIEWS; n++) {
    const id = `r${n}`
    const now = new Date().toISOString()
    const content = {
      title: `Everyone in Vienna ${n}`,
      movie: { ...movie, genres: ['Thriller'] },
      rating: 5,
      summary: 'Carol Reed tilts the city until the honest man slides off it.',
      body: TEXT,
      tree: [{ t: 'p' as const, c: [{ t: 'text' as const, v: TEXT }] }],
      tags: [],
      spoiler: false,
    }
    await handle(log, id, { type: 'DraftReview', data: { id, critic }, now }, meta)
    await handle(log, id, { type: 'PublishReview', data: { slug: id, content }, now }, meta)
  }
  await log.close()
}
