/** The server's entry: one Nitro app on one socket, in one of three roles. */
// @ts-expect-error Nitro makes this module at build time and declares no types for it
import '#nitro-internal-pollyfills'
import { createServer } from 'node:http'
import { toNodeListener } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import { startScheduleRunner, trapUnhandledNodeErrors } from 'nitropack/runtime/internal/index'
import { whenReady } from './readiness'
import { settings } from './settings'
import { stopOnSignal } from './shutdown'

/** The kernel caps it at net.core.somaxconn; ten thousand open pages reconnect at the same moment. */
const BACKLOG = 8192

const nitroApp = useNitroApp()
const { role, port, host, healthPort, siteUrl } = settings()
const answer = toNodeListener(nitroApp.h3App)

/** A worker has no door for visitors, only for who asks how it is. */
const server = createServer(role !== 'worker'
  ? answer
  : (request, response) => /^\/(?:health|ready|metrics)(?:\?|$)/.test(request.url!) ? answer(request, response) : response.writeHead(404).end())

server.on('error', (error: NodeJS.ErrnoException) => {
  const where = role === 'worker' ? `NUXT_HEALTH_PORT ${healthPort}` : `port ${port}`
  console.error(error.code === 'EADDRINUSE' ? `MyMovies cannot start: ${where} is taken. Stop what listens there, or choose another port.` : `MyMovies cannot listen on ${where}: ${error.message}`)
  process.exit(1)
})

trapUnhandledNodeErrors()
stopOnSignal(server, nitroApp)
if (role !== 'worker') server.listen({ port, host: host || undefined, backlog: BACKLOG })
else if (healthPort) server.listen({ port: healthPort, host: host || undefined })
else setInterval(() => {}, 1 << 30)
if (import.meta._tasks) startScheduleRunner()

whenReady().then(
  () => console.log(role === 'worker' ? 'MyMovies works in the background.' : `MyMovies is at ${siteUrl}`),
  (error: Error) => {
    console.error(`MyMovies cannot start: ${error.message}`)
    process.exit(1)
  },
)
