/** The operator's command line, as built. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'

const cli = join(import.meta.dirname, '../../.output/cli.mjs')

/** Runs one command over a data folder. */
export function mymovies(dataDir: string, ...args: string[]): Promise<{ code: number, output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { env: { PATH: process.env.PATH, NUXT_DATA_DIR: dataDir } }, (error, out, complaint) => resolve({ code: error ? Number(error.code) : 0, output: out + complaint }))
  })
}
