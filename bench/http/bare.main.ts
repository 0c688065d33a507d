/** The yardstick for answers: a bare node:http server, in its own process, that sends what it was given. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCalls } from '../../tests/support/far-process.ts'

export interface BareAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

let given: BareAnswer = { status: 200, headers: {}, body: Buffer.alloc(0) }

const server = createServer((_, answer) => {
  answer.writeHead(given.status, given.headers).end(given.body)
}).listen(0, '127.0.0.1')
await once(server, 'listening')

answerCalls(
  {
    give(answer: BareAnswer) {
      given = { ...answer, body: Buffer.from(answer.body) }
    },
  },
  { port: (server.address() as AddressInfo).port, pid: process.pid },
)
