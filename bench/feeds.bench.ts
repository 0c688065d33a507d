/** What a poll of a feed costs, beside bare node:http that answers the same bytes. */
import { makeOwner } from '../tests/support/account'
import { startServer } from '../tests/support/server'
import { scratchFolder } from './floor'
import { besideBare } from './http/beside-bare'
import type { Row } from './row'

/** More than a feed holds. */
const REVIEWS = 40
const TEXT = 'Vienna. '.repeat(190)

export async function run(): Promise<Row[]> {
  const server = await startServer({ dataDir: scratchFolder() })
  try {
    await fill(server.url)
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

async function fill(url: string) {
  const ask = await makeOwner(url)
  for (let n = 0; n < REVIEWS; n++) {
    const { body } = await ask('/api/reviews', {
      body: {
        title: `Everyone in Vienna ${n}`,
        movie: { title: 'The Third Man', year: 1949, genres: ['Thriller'] },
        rating: 5,
        summary: 'Carol Reed tilts the city until the honest man slides off it.',
        body: TEXT,
      },
    })
    await ask(`/api/reviews/${body.id}/publish`, { body: {} })
  }
}
