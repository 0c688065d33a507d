/**
 * Runs what /developers tells partners to run: the examples in Node and Python, and the standard's
 * package, agree on what we sign.
 */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { newSecret, signed } from '../../../server/channels/webhooks/sign'
import { hasPython, inNode, inPython, type SignedCall, type Verifier } from '../../support/samples'

const page = readFileSync(join(import.meta.dirname, '../../../content/pages/developers.md'), 'utf8')
const example = (language: string) =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(
    page.slice(page.indexOf('## Webhooks')),
  )![1]!
const byThePackage: Verifier = calls =>
  calls.map(({ secret, headers, body }) => {
    try {
      return Boolean(new Webhook(secret).verify(body, headers))
    } catch {
      return false
    }
  })
const VERIFIERS: [string, Verifier][] = [
  ['the package', byThePackage],
  ['Node', inNode(example('js'))],
  ['Python', inPython(example('python'))],
]

const now = newSecret()
const before = newSecret()
const body = '{"title":"Fünf Käse, 4½"}'
const at = Date.now()
const headers = signed([now, before], { id: 'event-1', body, at })
const call = (
  more: Record<string, string | undefined> = {},
  secret = now,
  text = body,
): SignedCall => ({
  secret,
  body: text,
  headers: Object.fromEntries(
    Object.entries({ ...headers, ...more }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>,
})
/** An invalid time, signed anyway. */
const timed = (timestamp: string | undefined) =>
  call({
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${createHmac('sha256', Buffer.from(now.slice(6), 'base64'))
      .update(`event-1.${timestamp}.${body}`)
      .digest('base64')}`,
  })
const BAD: [string, SignedCall][] = [
  ['another secret', call({}, newSecret())],
  ['another body', call({}, now, `${body} `)],
  ['another id', call({ 'webhook-id': 'event-2' })],
  ['another time', call({ 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) })],
  ['an old one', call(signed([now], { id: 'event-1', body, at: at - 3600_000 }))],
  ['one of tomorrow', call(signed([now], { id: 'event-1', body, at: at + 86_400_000 }))],
  ['no id', call({ 'webhook-id': undefined })],
  ['no time', timed(undefined)],
  ['no signature', call({ 'webhook-signature': undefined })],
  ['no header at all', { secret: now, headers: {}, body }],
  ['a time in words', timed('soon')],
  ['an endless time', timed('9'.repeat(5000))],
  ['an empty time', timed('')],
  ['an empty signature', call({ 'webhook-signature': '' })],
  [
    'a signature of another kind',
    call({ 'webhook-signature': headers['webhook-signature'].replaceAll('v1,', 'v1a,') }),
  ],
  ['a signature that is no ASCII', call({ 'webhook-signature': 'v1,ü' })],
]

describe.each(VERIFIERS.filter(([name]) => name !== 'Python' || hasPython))(
  'verified by %s',
  (name, verify) => {
    it.each(name === 'the package' ? [false] : [false, true])(
      'accepts what either secret signed (as bytes: %s)',
      bytes => {
        expect(verify([call(), call({}, before)], bytes)).toEqual([true, true])
      },
    )

    it.each(BAD)('refuses %s', (_, bad) => {
      expect(verify([bad])).toEqual([false])
    })
  },
)

it('a secret is 32 random bytes', () => {
  expect(newSecret()).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/)
  expect(newSecret()).not.toBe(newSecret())
})
