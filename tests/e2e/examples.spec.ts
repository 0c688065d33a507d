/** The examples of /developers, run as a partner would run them: curl, TypeScript and Python tell of the same events. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPython } from '../support/samples'
import { startServer, type TestServer } from '../support/server'

const page = readFileSync(join(import.meta.dirname, '../../content/pages/developers.md'), 'utf8')
const examples = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``, 'g'))].map(
    ([, code]) => code!,
  )
const run = promisify(execFile)
const hasCurl = spawnSync('curl', ['--version']).status === 0
const MOST = 5

let server: TestServer
let folder: string
let expected: string[]
beforeAll(async () => {
  server = await startServer({ env: { NUXT_SEED: 'true' } })
  folder = mkdtempSync(join(tmpdir(), 'mymovies-examples-'))
  const events: { id: string }[] = await (await fetch(`${server.url}/api/events?limit=5`)).json()
  expected = events.map(({ id }) => id)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.kill()
})

/** The ids that a program prints, one a line. */
async function idsFrom(command: string, name: string, source: string): Promise<string[]> {
  const file = join(folder, name)
  writeFileSync(file, source)
  const { stdout } = await run(command, [file], { timeout: 20_000 })
  return stdout.trim().split('\n')
}

it('TypeScript follows the events from the first one', async () => {
  const [follow] = examples('ts')
  const program = `${follow!}
let n = 0
for await (const { id } of follow('${server.url}')) {
  console.log(id)
  if (++n === ${MOST}) process.exit()
}`
  expect(await idsFrom(process.execPath, 'follow.mts', program)).toEqual(expected)
})

it.runIf(hasPython)('Python follows the events from the first one', async () => {
  const follow = examples('python').find(code => code.includes('def follow'))!
  const program = `${follow}
from itertools import islice
for event in islice(follow("${server.url}"), ${MOST}):
    print(event["id"])`
  expect(await idsFrom('python3', 'follow.py', program)).toEqual(expected)
})

describe.runIf(hasCurl)('curl', () => {
  /** Those that read; a stream is read for a second. */
  const commands = examples('sh')
    .flatMap(block => block.split('\n'))
    .filter(line => line.startsWith('curl ') && !line.endsWith('\\'))

  it('is in the page', () => {
    expect(commands.length).toBeGreaterThan(8)
  })

  it.each(commands)('%s', async command => {
    const isStream = command.startsWith('curl -N')
    const asked = command
      .replace('https://example.org', server.url)
      .replace('ines-okafor', 'mymovies')
      .replace(/lastEventId=\d+/, 'lastEventId=1')
      .replace('curl ', `curl -sSf ${isStream ? '-m 2 ' : ''}`)
    const { stdout } = await run('sh', ['-c', `${asked}${isStream ? ' || true' : ''}`], {
      timeout: 20_000,
      maxBuffer: 64 << 20,
    })
    expect(stdout.length).toBeGreaterThan(20)
    if (isStream) expect(stdout).toMatch(/^id: \d+$/m)
  })
})
