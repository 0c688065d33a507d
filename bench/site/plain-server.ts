/** The yardstick for broadcasts: a bare TCP server that writes the same bytes to the same number of sockets. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { now, type Send } from './open-pages'

export async function plainServer() {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    socket
      .setNoDelay(true)
      .on('error', () => {})
      .once('close', () => sockets.delete(socket))
      .once('data', () => socket.write('\n\n'))
    sockets.add(socket)
  }).listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    sending:
      (bytes: number): Send =>
      async () => {
        const text = Buffer.alloc(bytes, 'x')
        const start = now()
        for (const socket of sockets) socket.write(text)
        return start
      },
    close: () => {
      server.close()
    },
  }
}
