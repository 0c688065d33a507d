/** What /developers tells partners to run is run: the examples in Node and Python, and the package of the standard, agree on what we sign. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newSecret, signed } from '../../server/webhooks/sign'

const page = readFileSync(join(import.meta.dirname, '../../content/pages/developers.md'), 'utf8')
const example = (language: string) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(page.slice(page.indexOf('## Webhooks')))![1]!

const inNode = (call: unknown[]) => execFileSync(process.execPath, ['--input-type=module', '-e', `${example('js')}\nconsole.log(verify(...JSON.parse(process.argv[1])))`, JSON.stringify(call)], { encoding: 'utf8' })
const inPython = (call: unknown[]) => execFileSync('python3', ['-c', `${example('python')}\nimport json, sys\nprint(verify(*json.loads(sys.argv[1])))`, JSON.stringify(call)], { encoding: 'utf8' })
const byThePackage = ([secret, headers, body]: [string, Record<string, string>, string]) => {
  try { return String(Boolean(new Webhook(secret).verify(body, headers))) } catch { return 'false' }
}
const VERIFIERS: [string, (call: [string, Record<string, string>, string]) => string][] = [['the package', byThePackage], ['Node', inNode], ['Python', inPython]]
const hasPython = spawnSync('python3', ['--version']).status === 0

describe.each(VERIFIERS.filter(([name]) => name !== 'Python' || hasPython))('verified by %s', (_, verify) => {
  const now = newSecret(), before = newSecret(), body = '{"title":"Fünf Käse, 4½"}', at = Date.now(), headers = signed([now, before], { id: 'event-1', body, at })
  const says = (secret: string, more: Record<string, string> = {}, text = body) => verify([secret, { ...headers, ...more }, text]).trim().toLowerCase()

  it('takes what either secret signed', () => {
    expect([says(now), says(before)]).toEqual(['true', 'true'])
  })

  it('refuses another secret, another body, another id, another time and an old one', () => {
    const old = signed([now], { id: 'event-1', body, at: at - 3600_000 })
    expect([says(newSecret()), says(now, {}, `${body} `), says(now, { 'webhook-id': 'event-2' }), says(now, { 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }), says(now, old)]).toEqual(Array(5).fill('false'))
  })
})

it('a secret is 32 random bytes', () => {
  expect(newSecret()).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/)
  expect(newSecret()).not.toBe(newSecret())
})
