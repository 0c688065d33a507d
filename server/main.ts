/** The server's entry: one Nitro app on one socket, in one of three roles. */
// @ts-expect-error Nitro makes this module at build time and declares no types for it
import '#nitro-internal-pollyfills'
import { createServer } from 'node:http'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { startScheduleRunner, trapUnhandledNodeErrors } from 'nitropack/runtime/internal/index'
import { collectAtRest } from './app/collect-at-rest'
import { whenReady } from './app/readiness'
import { stopOnSignal } from './app/shutdown'
import { settings } from './config/settings'
import { answerRepeated } from './http/answer/repeated-requests'
import { refuseTwoHosts } from './http/refuse-two-hosts'

/**
 * Ten thousand open pages may reconnect at the same moment; the kernel caps this at
 * net.core.somaxconn.
 */
const BACKLOG = 8192

/** Longer than proxies keep a connection (60 s by default): who closes first must be the proxy. */
const KEEP_ALIVE_MS = 75_000

const nitroApp = useNitroApp()
const { role, port, host, healthPort, siteUrl } = settings()
const answer = refuseTwoHosts(answerRepeated(toNodeListener(nitroApp.h3App)))

/** A worker serves no visitors; it only answers health checks and metrics. */
const server = createServer(
  role !== 'worker'
    ? answer
    : (request, response) =>
        /^\/(?:health|ready|metrics)(?:\?|$)/.test(request.url!)
          ? answer(request, response)
          : response.writeHead(404).end(),
)

server.keepAliveTimeout = KEEP_ALIVE_MS

trapUnhandledNodeErrors()
stopOnSignal(server, nitroApp)
collectAtRest()
if (import.meta._tasks) startScheduleRunner()

Promise.all([listening(), whenReady()]).then(
  () =>
    console.log(
      role === 'worker' ? 'MyMovies works in the background.' : `MyMovies is at ${siteUrl}`,
    ),
  (error: Error) => {
    console.error(`MyMovies cannot start: ${error.message}`)
    process.exit(1)
  },
)

async function listening() {
  const listenPort = role === 'worker' ? healthPort : port
  if (listenPort === undefined) return void setInterval(() => {}, 1 << 30)
  const { promise, resolve, reject } = Promise.withResolvers()
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'EADDRINUSE'
        ? new Error(
            `port ${listenPort} is taken. Stop whatever listens there, or choose another port.`,
          )
        : error,
    ),
  )
  server.listen({ port: listenPort, host: host || undefined, backlog: BACKLOG }, () =>
    resolve(listenPort),
  )
  return promise
}
