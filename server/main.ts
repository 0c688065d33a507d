/** The server's entry: one Nitro app on one socket, in one of three roles. */
// @ts-expect-error Nitro makes this module at build time and declares no types for it
import '#nitro-internal-pollyfills'
import { createServer } from 'node:http'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { startScheduleRunner, trapUnhandledNodeErrors } from 'nitropack/runtime/internal/index'
import { whenReady } from './app/readiness'
import { stopOnSignal } from './app/shutdown'
import { settings } from './config/settings'

/** The kernel caps it at net.core.somaxconn; ten thousand open pages reconnect at the same moment. */
const BACKLOG = 8192

const nitroApp = useNitroApp()
const { role, port, host, healthPort, siteUrl } = settings()
const answer = toNodeListener(nitroApp.h3App)

/** A worker has no door for visitors, only for who asks how it is. */
const server = createServer(
  role !== 'worker'
    ? answer
    : (request, response) =>
        /^\/(?:health|ready|metrics)(?:\?|$)/.test(request.url!)
          ? answer(request, response)
          : response.writeHead(404).end(),
)

trapUnhandledNodeErrors()
stopOnSignal(server, nitroApp)
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
  const door = role === 'worker' ? healthPort : port
  if (door === undefined) return void setInterval(() => {}, 1 << 30)
  const { promise, resolve, reject } = Promise.withResolvers()
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'EADDRINUSE'
        ? new Error(`port ${door} is taken. Stop what listens there, or choose another port.`)
        : error,
    ),
  )
  server.listen({ port: door, host: host || undefined, backlog: BACKLOG }, () => resolve(door))
  return promise
}
