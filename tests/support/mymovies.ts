/** The operator's command line, as built. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'

export const cli = join(import.meta.dirname, '../../.output/cli.mjs')

/**
 * Runs one command over a data folder. `env` is the operator's environment, `input` is the standard
 * input.
 */
export function mymovies(
  over: string | { dataDir: string; env?: Record<string, string>; input?: string },
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const { dataDir, env, input }: Exclude<typeof over, string> =
    typeof over === 'string' ? { dataDir: over } : over
  return new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [cli, ...args],
      { env: { PATH: process.env.PATH, NUXT_DATA_DIR: dataDir, ...env }, maxBuffer: 1 << 28 },
      (error, out, complaint) =>
        resolve({ code: error ? Number(error.code) : 0, output: out + complaint }),
    )
    child.stdin!.end(input)
  })
}
