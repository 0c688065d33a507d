/** npm run mymovies -- COMMAND: the operator's command line, from the same build as the server. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onOurNode } from './own-node.mjs'

await onOurNode(async () => {
  const { buildQuietly, isStale } = await import('./build.mjs')
  if (isStale()) buildQuietly()
  spawn(
    process.execPath,
    [fileURLToPath(new URL('../.output/cli.mjs', import.meta.url)), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  ).on('exit', code => process.exit(code ?? 1))
})
