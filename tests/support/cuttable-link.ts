/** A connection to the server that a test can cut, mend, or silence while it stays open. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export async function cuttableLink(port: number) {
  const sockets = new Set<Socket>()
  let isCut = false
  let isSilent = false
  const server = createServer(near => {
    if (isCut) return near.destroy()
    const far = connect(port, 'localhost')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from
        .on('data', bytes => isSilent || to.write(bytes))
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(from)
          if (!isSilent) to.destroy()
        })
    }
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const drop = () => sockets.forEach(socket => socket.destroy())
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      drop()
    },
    /** Nothing arrives any more, and neither end is told. */
    silence: () => {
      isSilent = true
    },
    mend: () => {
      isCut = false
      isSilent = false
    },
    close: () => {
      drop()
      server.close()
    },
  }
}
