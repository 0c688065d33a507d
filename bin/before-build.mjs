/** Before a start waits a minute for the build: are the settings meant, and is the port free? The server looks again, at the parts' own settings too. */
import { createServer } from 'node:net'
import { readSettings } from '../server/config/settings.ts'

/** Ends this process with the line that the server would end with. */
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
