/** A proxy between browser and server that counts the bytes of all answers, whether the page or a worker asked. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

/** `weighed` is the bytes of all answers by requested path. HTTP/1.1 answers one request at a time on a connection, so bytes belong to the last request on it. */
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
