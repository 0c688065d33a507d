/** The front page requested by many at once while reviews are published: answers per second, and how many of them were stale. */
import { Agent, get } from 'node:http'
import type { Row } from '../row'

const READERS = 16
const SECONDS = 5
const BETWEEN_MS = 250

export async function frontPage(
  url: string,
  publish: (title: string) => Promise<unknown>,
): Promise<Row[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: READERS })
  const start = performance.now()
  const over = () => performance.now() - start > SECONDS * 1000
  let newest = ''
  let answered = 0
  let stale = 0
  const readers = Array.from({ length: READERS }, async () => {
    while (!over()) {
      const expected = newest
      const page = await read(url, agent)
      answered++
      if (!page.includes(expected)) stale++
    }
  })
  for (let n = 1; !over(); n++) {
    const title = `Fresh ${n} of ${Math.random()}`
    await publish(title)
    newest = title
    await new Promise(resolve => setTimeout(resolve, BETWEEN_MS))
  }
  await Promise.all(readers)
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  return [
    {
      name: 'front page while reviews are published',
      value: answered / seconds,
      unit: '/s',
      target: '≥ 1,500',
      ok: answered / seconds >= 1500,
    },
    {
      name: 'of them older than an answered publish',
      value: stale,
      unit: '',
      target: '0',
      ok: stale === 0,
    },
  ]
}

const read = (url: string, agent: Agent) =>
  new Promise<string>((resolve, reject) => {
    get(url, { agent }, answer => {
      const chunks: Buffer[] = []
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => resolve(Buffer.concat(chunks).toString()))
    }).on('error', reject)
  })
