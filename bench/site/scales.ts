/** Stands between a browser and the server and weighs what comes back, whoever in the browser asked: the page or a worker. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** `weighed`: bytes of all answers by the path that was asked for. HTTP/1.1 gives one answer at a time on a connection, so they belong to what was asked there last. */
export async function scales(port: number) {
  const weighed = new Map<string, number>()
  const server = createServer(near => {
    const far = connect(port, 'localhost')
    let path = ''
    near.on('data', asked => {
      path = /^GET (\S+)/.exec(asked.toString('latin1'))?.[1] ?? path
    })
    far.on('data', bytes => {
      weighed.set(path, (weighed.get(path) ?? 0) + bytes.length)
    })
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    weighed,
    close: () => {
      server.close()
    },
  }
}
