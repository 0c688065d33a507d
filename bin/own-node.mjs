/** Restarts a script in the app's own Node 24 if it was started with an older one. Nothing here may need more than Node 20. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const own = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))

/** Runs `go` here if this Node is new enough, else the same command line in the app's own Node, passing on signals and the exit code. */
export async function onOurNode(go) {
  if (Number.parseInt(process.versions.node, 10) >= 24) return go()
  if (!existsSync(own)) {
    console.error('MyMovies cannot start: it needs Node 24, which `npm ci` puts into node_modules.')
    process.exit(1)
  }
  const child = spawn(own, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}
