/**
 * A call that never left this server may be made again; one that may have been received must not be
 * mistaken for it.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOutbound, trusted } from '../../server/outbound/client'
import { neverLeft } from '../../server/reactor-kit/never-left'

let server: Server
let url: string
/** The address of a server that is gone. */
let closed: string
beforeAll(async () => {
  const gone = createServer()
  closed = await listen(gone)
  gone.close()
  server = createServer(request => request.socket.destroy())
  url = await listen(server)
})
afterAll(() => {
  server.close()
})
async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const failure = (to: string, resolve?: () => Promise<never>) =>
  createOutbound({ allow: [], resolve })
    .fetch(trusted('room', to), to)
    .catch((error: unknown) => error)
const noSuchHost = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))

it('nobody is listening there', async () => {
  expect(neverLeft(await failure(closed))).toBe(true)
})

it('there is no such host', async () => {
  expect(neverLeft(await failure('https://room.example/', noSuchHost))).toBe(true)
})

it('our own guard does not let it out', async () => {
  expect(neverLeft(await failure('https://critic:word@room.example/'))).toBe(true)
})

it('a call whose connection was cut may have been received', async () => {
  const error = await failure(url)
  expect(error).toBeInstanceOf(TypeError)
  expect(neverLeft(error)).toBe(false)
})

it.each([undefined, 'no', new Error('no answer in time'), new DOMException('', 'TimeoutError')])(
  'nothing is said by %s',
  error => {
    expect(neverLeft(error)).toBe(false)
  },
)
