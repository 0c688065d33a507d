/** A part whose far side is in trouble: it hangs, or answers 503. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineReactor, type Reactor, Retry } from '../../server/delivery/contract/define-reactor'

/** Posts each event to one place and never gets a good answer. */
export const badPart = (name: string, url: string) =>
  defineReactor({
    name,
    label: name,
    on: {
      ReviewPublished: async ({ signal }) => {
        const answer = await fetch(url, { method: 'POST', signal })
        throw new Retry(`answered ${answer.status}`)
      },
    },
  }) as unknown as Reactor

export async function badFarSide() {
  const server = createServer((request, answer) => {
    if (request.url === '/fail') answer.writeHead(503).end('no')
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  return {
    url: (kind: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${kind}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
