/** What GraphQL costs: a list of 20 by the hash of its query, kept and made anew, and a query that asks for as much as it may. */
import { createHash } from 'node:crypto'
import { Agent, get } from 'node:http'
import { startServer, type TestServer } from '../tests/support/server'
import { scratchFolder } from './floor'
import { cpuSeconds } from './http/cpu-seconds'
import type { Row } from './row'

const CLIENTS = 32
const LIST = `query ($n: Int, $q: String) { reviews(first: $n, q: $q) {
  nodes { id title summary rating publishedAt movie { id title year } critic { id name slug } }
  pageInfo { endCursor hasNextPage }
} }`
const LARGEST = `{ reviews(first: 100) { nodes { movie { reviews(first: 40) { nodes { id title body } } } } } }`

export async function run(): Promise<Row[]> {
  const server = await startServer({ dataDir: scratchFolder(), env: { NUXT_SEED: 'true' } })
  try {
    const extensions = JSON.stringify({
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(LIST).digest('hex') },
    })
    await fetch(`${server.url}/graphql?${new URLSearchParams({ query: LIST, extensions })}`)
    // An unknown variable is part of what an answer is kept under, so each of these is made anew.
    const list = (unknown: number) =>
      `/graphql?${new URLSearchParams({ extensions, variables: JSON.stringify({ n: 20, unknown }) })}`
    const largest = (n: number) =>
      `/graphql?${new URLSearchParams({ query: LARGEST, variables: JSON.stringify({ n }) })}`
    return [
      atLeast(2000, await rate(server, 'a list of 20, kept', 20_000, () => list(0))),
      atLeast(500, await rate(server, 'a list of 20, made anew', 5000, list)),
      await rate(server, 'as much as a query may ask for', 200, largest),
    ]
  } finally {
    await server.kill()
  }
}

const atLeast = (least: number, row: Row): Row => ({
  ...row,
  target: `≥ ${least} ${row.unit}`,
  ok: row.value >= least,
})

/** Answers for each second of the processor. */
async function rate(
  server: TestServer,
  name: string,
  requests: number,
  path: (n: number) => string,
): Promise<Row> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  await load(server, agent, Math.ceil(requests / 10), n => path(-1 - n))
  const before = cpuSeconds(server.pid)
  await load(server, agent, requests, path)
  const value = requests / (cpuSeconds(server.pid) - before)
  agent.destroy()
  return { name, value, unit: '/CPU s' }
}

async function load(
  { url }: TestServer,
  agent: Agent,
  requests: number,
  path: (n: number) => string,
): Promise<void> {
  let next = 0
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (next < requests) await ask(url + path(next++), agent)
  })
  await Promise.all(clients)
}

const ask = (url: string, agent: Agent) =>
  new Promise<void>((resolve, reject) => {
    get(url, { agent }, answer => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`))
      answer.resume().once('end', resolve)
    }).once('error', reject)
  })
