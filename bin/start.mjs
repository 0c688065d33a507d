/** npm start: builds if need be, then serves; signals go to the server and its exit code comes back. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'

buildIfStale()
const server = spawn(process.execPath, [join(import.meta.dirname, '../.output/server/index.mjs')], { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
