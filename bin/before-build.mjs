/** Checks the settings and the port before a start spends a minute on the build. The server checks again, including the parts' own settings. */
import { createServer } from 'node:net'
import { readSettings } from '../server/config/settings.ts'

/** Exits with the same message as the server would. */
export async function refuseInVain() {
  try {
    const { role, port, host, healthPort } = readSettings(process.env)
    const door = role === 'worker' ? healthPort : port
    if (door !== undefined) await look(door, host || undefined)
  } catch (error) {
    console.error(`MyMovies cannot start: ${error.message}.`)
    process.exit(1)
  }
}

const look = (port, host) =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken. Stop whatever listens there, or choose another port`)
          : error,
      ),
    )
    probe.listen({ port, host }, () => probe.close(resolve))
  })
