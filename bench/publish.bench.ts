/** The publish call while pages are open: from the request on a kept connection to the end of the answer, compared with one fsynced insert at the same moment and with the same call when there is nothing to publish. */
import { Agent, request } from 'node:http'
import { type Caller, makeOwner } from '../tests/support/account'
import { startServer } from '../tests/support/server'
import { Floor, scratchFolder } from './floor'
import { quantile, type Row, timed } from './row'
import { openPages } from './site/open-pages'

const PAGES = 1000
const WARM_UP = 30
const PUBLISHES = 300
/** Pages get time to read one review before the next is published. */
const BETWEEN_MS = 50
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

export async function run(): Promise<Row[]> {
  const server = await startServer({ dataDir: scratchFolder() })
  try {
    const ask = await makeOwner(server.url)
    const {
      body: { token },
    } = await ask('/api/tokens', { body: { name: 'bench', scopes: ['reviews'] } })
    const pages = await openPages(server.port, PAGES, '/live')
    const floor = new Floor()
    const samples: number[] = []
    const refused: number[] = []
    for (let n = -WARM_UP; n < PUBLISHES; n++) {
      const id = await draft(ask, `Review ${n}`)
      await new Promise(resolve => setTimeout(resolve, BETWEEN_MS))
      if (n >= 0) floor.insert(3)
      const refusal = await timed(() =>
        publish(`${server.url}/api/reviews/unknown/publish`, token, 404),
      )
      const took = await timed(() => publish(`${server.url}/api/reviews/${id}/publish`, token, 202))
      if (n < 0) continue
      samples.push(took)
      refused.push(refusal)
    }
    await pages.close()
    return [0.5, 0.99].flatMap(share => {
      const value = quantile(samples, share)
      const yardstick = quantile(floor.samples, share)
      const name = `p${share * 100}`
      return [
        { name: `one fsynced insert, ${name}`, value: yardstick, unit: 'ms' },
        {
          name: `the call refused for an unknown review, ${name}`,
          value: quantile(refused, share),
          unit: 'ms',
          ratio: quantile(refused, share) / yardstick,
        },
        {
          name: `publish with 1,000 open pages, ${name}`,
          value,
          unit: 'ms',
          ratio: value / yardstick,
          target: share === 0.5 ? '≤ 25 ms and ≤ 4 × the insert' : '≤ 4 × the insert',
          ok: value / yardstick <= 4 && (share > 0.5 || value <= 25),
        },
      ]
    })
  } finally {
    agent.destroy()
    await server.kill()
  }
}

async function draft(ask: Caller, title: string): Promise<string> {
  return (
    await ask('/api/reviews', {
      body: {
        title,
        movie: { title: 'M', year: 1931 },
        rating: 5,
        summary: 'Seen twice.',
        body: `Berlin. ${title}`,
      },
    })
  ).body.id
}

/** Throws unless the answer has this status. */
const publish = (url: string, token: string, status: number) =>
  new Promise<void>((resolve, reject) => {
    request(
      url,
      {
        agent,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      },
      answer => {
        answer
          .resume()
          .once('end', () =>
            answer.statusCode === status
              ? resolve()
              : reject(new Error(`answered ${answer.statusCode}`)),
          )
      },
    )
      .once('error', reject)
      .end('{}')
  })
