/** Many open pages in their own process, spread over loopback addresses like many readers; records when news reaches each. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { answerCalls } from '../../tests/support/far-process.ts'

const ADDRESSES = 125
const AT_ONCE = 100
/** A heartbeat is shorter than this, news is longer. */
const NEWS_BYTES = 100

const sockets: Socket[] = []
let arrived: number[] = []
let bytes = 0
let reached: PromiseWithResolvers<void> = Promise.withResolvers()
/** One clock for all processes of this machine, in ms. */
const now = () => Number(process.hrtime.bigint()) / 1e6

function hear(data: Buffer) {
  if (data.length < NEWS_BYTES) return
  bytes = data.length
  if (arrived.push(now()) === sockets.length) reached.resolve()
}

async function openOne(port: number, path: string, n: number) {
  const socket = connect({
    port,
    host: '127.0.0.1',
    localAddress: `127.0.1.${1 + (n % ADDRESSES)}`,
  })
  await once(socket, 'connect')
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\naccept: text/event-stream\r\n\r\n`,
  )
  await once(socket, 'data')
  socket.on('data', hear).on('error', () => {})
  sockets.push(socket)
}

answerCalls(
  {
    /** Resolves when every page has received its first bytes. */
    async open(port: number, count: number, path: string) {
      for (let n = 0; n < count; n += AT_ONCE)
        await Promise.all(
          Array.from({ length: Math.min(AT_ONCE, count - n) }, (_, i) =>
            openOne(port, path, n + i),
          ),
        )
    },
    expectNews() {
      arrived = []
      reached = Promise.withResolvers()
    },
    /** When the news reached the pages, earliest first, and how long it was. */
    async news() {
      await reached.promise
      return { arrived, bytes }
    },
  },
  {},
)
