/**
 * Graceful shutdown, in less than 5 s: accept nothing new, end streams, finish answers under
 * way, close files.
 */
import type { Server } from 'node:http'
import type { NitroApp } from 'nitropack/types'
import { closeDatabases } from '../db/open'
import { stopBeingReady } from './readiness'

const ANSWERS_UNDER_WAY = 4000
const EVERYTHING = 4700

/** Ends with exit code 0 on SIGTERM and SIGINT. */
export function stopOnSignal(server: Server, { hooks }: NitroApp) {
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      stopping ??= stop()
    })

  async function stop() {
    stopBeingReady()
    setTimeout(() => process.exit(0), EVERYTHING).unref()
    const closed = new Promise(resolve => server.close(resolve))
    // A kept-alive connection becomes idle only after its last answer.
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    const late = setTimeout(() => server.closeAllConnections(), ANSWERS_UNDER_WAY)
    await callAll('shutdown')
    await closed
    clearInterval(idle)
    clearTimeout(late)
    await callAll('close')
    await closeDatabases()
    process.exit(0)
  }

  /** A listener that fails does not keep the others from being called. */
  async function callAll(hook: 'shutdown' | 'close') {
    const results = await hooks.callHookWith(
      listeners => Promise.allSettled(listeners.map(async listener => listener())),
      hook,
    )
    for (const result of results)
      if (result.status === 'rejected') console.error(`while stopping (${hook}):`, result.reason)
  }
}
