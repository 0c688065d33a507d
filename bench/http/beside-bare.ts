/** What a server answers per second of its processor time, beside a bare node:http server that answers the same bytes. */
import { Agent, get, type IncomingHttpHeaders } from 'node:http'
import { startFarProcess } from '../../tests/support/far-process'
import { quantile, type Row } from '../row'
import type { BareAnswer } from './bare.main'
import { cpuSeconds } from './cpu-seconds'

interface Asked {
  name: string
  port: number
  pid: number
  path: string
  headers?: Record<string, string>
  /** What it must reach, as a share of the bare server's. */
  least: number
}

const CLIENTS = 16
const REQUESTS = 8000
const ROUNDS = 5
/** Node writes these itself. */
const OWN = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding'])

/** The median of rounds in turn; throws if an answer has another status than the first. */
export async function besideBare(asked: Asked): Promise<Row[]> {
  const { name, port, pid, path, headers, least } = asked
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const bare = await startFarProcess<{ port: number; pid: number }>('../../bench/http/bare', {})
  const first = await ask({ port, path, headers, agent })
  await bare.call('give', [first])
  const ours = { port, path, headers, agent }
  const floor = { ...ours, port: bare.greeting.port }
  const rates: { ours: number[]; floor: number[] } = { ours: [], floor: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const each = [
      await rate(floor, bare.greeting.pid, first),
      await rate(ours, pid, first),
    ] as const
    if (!round) continue // the first warms both up
    rates.floor.push(each[0])
    rates.ours.push(each[1])
  }
  agent.destroy()
  await bare.close()
  const value = quantile(rates.ours, 0.5)
  const yardstick = quantile(rates.floor, 0.5)
  const ratio = value / yardstick
  return [
    { name: `bare node:http, ${name}`, value: yardstick, unit: '/CPU s' },
    { name, value, unit: '/CPU s', ratio, target: `≥ ${least} × the bare one`, ok: ratio >= least },
  ]
}

interface Place {
  port: number
  path: string
  headers?: Record<string, string>
  agent: Agent
}

async function rate(place: Place, pid: number, { status }: BareAnswer): Promise<number> {
  const before = cpuSeconds(pid)
  let left = REQUESTS
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (left-- > 0) {
      const answer = await ask(place)
      if (answer.status !== status) throw new Error(`${place.path} answered ${answer.status}`)
    }
  })
  await Promise.all(clients)
  return REQUESTS / (cpuSeconds(pid) - before)
}

const ask = ({ port, path, headers, agent }: Place) =>
  new Promise<BareAnswer>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path, headers, agent }, answer => {
      const chunks: Buffer[] = []
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .once('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: withoutOwn(answer.headers),
            body: Buffer.concat(chunks),
          }),
        )
    }).once('error', reject)
  })

const withoutOwn = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OWN.has(name))
      .map(([name, value]) => [name, String(value)]),
  )
