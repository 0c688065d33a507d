/** npm run mymovies -- COMMAND: the operator's command line, from the same build as the server. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'

buildIfStale()
spawn(process.execPath, [join(import.meta.dirname, '../.output/cli.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' })
  .on('exit', code => process.exit(code ?? 1))
