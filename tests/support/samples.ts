/**
 * Runs the verifying samples of /developers as a partner would: each says which calls of a list it
 * accepts.
 */
import { execFileSync, spawnSync } from 'node:child_process'

export interface SignedCall {
  secret: string
  headers: Record<string, string>
  body: string
}
/** `bytes`: the body is passed as bytes instead of text. */
export type Verifier = (calls: SignedCall[], bytes?: boolean) => boolean[]

const asked = (calls: SignedCall[]) =>
  JSON.stringify(
    calls.map(({ secret, headers, body }) => [
      secret,
      headers,
      Buffer.from(body).toString('base64'),
    ]),
  )
const run = (command: string, args: string[], calls: SignedCall[]) =>
  JSON.parse(execFileSync(command, args, { encoding: 'utf8', input: asked(calls) })) as boolean[]

export const inNode =
  (sample: string): Verifier =>
  (calls, bytes = false) =>
    run(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `${sample}
import { readFileSync } from 'node:fs'
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(([secret, headers, body]) => verify(secret, headers, ${bytes ? `Buffer.from(body, 'base64')` : `Buffer.from(body, 'base64').toString()`}))))`,
      ],
      calls,
    )

export const inPython =
  (sample: string): Verifier =>
  (calls, bytes = false) =>
    run(
      'python3',
      [
        '-c',
        `${sample}
import json, sys
print(json.dumps([verify(secret, headers, base64.b64decode(body)${bytes ? '' : '.decode()'}) for secret, headers, body in json.load(sys.stdin)]))`,
      ],
      calls,
    )

export const hasPython = spawnSync('python3', ['--version']).status === 0
