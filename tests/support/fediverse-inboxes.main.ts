/** Inboxes of a hundred servers in a process of their own: they take everything, and count. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCalls } from './far-process.ts'

const { servers } = JSON.parse(process.argv[2]!) as { servers: number }
const ids = new Set<string>()
let taken = 0
let signed = 0
let lastAt = 0

const ports = await Promise.all(
  Array.from({ length: servers }, async () => {
    const server = createServer(async (req, res) => {
      let body = ''
      for await (const chunk of req) body += chunk
      taken++
      if (req.headers.signature && req.headers.digest) signed++
      ids.add(`${req.headers.host} ${JSON.parse(body).id}`)
      lastAt = Date.now()
      res.writeHead(202).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }),
)
answerCalls({ count: () => ({ taken, signed, fresh: ids.size, lastAt }) }, { ports })
