/**
 * HTTP signatures by hand, for a far side that shares no code with ours: draft-cavage-http-signatures-12
 * as Mastodon documents it (docs.joinmastodon.org/spec/security), and RFC 9421 with RFC 9530 digests.
 */
import { createHash, createSign, createVerify } from 'node:crypto'

export type Kind = 'cavage' | 'rfc9421'
export interface Keys {
  id: string
  privatePem: string
}
export interface Message {
  method: string
  url: string
  body: string
  headers: Record<string, string>
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')
const rsa = (text: string, pem: string) => createSign('RSA-SHA256').update(text).sign(pem, 'base64')
const fits = (text: string, pem: string, signature: string) =>
  createVerify('RSA-SHA256').update(text).verify(pem, signature, 'base64')

/** The headers to add. `at` in ms; `covers` leaves out what a weak signature does not cover. */
export function signatureOf(
  kind: Kind,
  { method, url, body }: Omit<Message, 'headers'>,
  { id, privatePem }: Keys,
  { at = Date.now(), covers }: { at?: number; covers?: string[] } = {},
): Record<string, string> {
  const { host, pathname } = new URL(url)
  const date = new Date(at).toUTCString()
  if (kind === 'cavage') {
    const digest = `SHA-256=${sha256(body)}`
    const values: Record<string, string> = {
      '(request-target)': `${method.toLowerCase()} ${pathname}`,
      host,
      date,
      digest,
    }
    const names = covers ?? Object.keys(values)
    const base = names.map(name => `${name}: ${values[name]}`).join('\n')
    return {
      host,
      date,
      digest,
      signature: `keyId="${id}",algorithm="rsa-sha256",headers="${names.join(' ')}",signature="${rsa(base, privatePem)}"`,
    }
  }
  const digest = `sha-256=:${sha256(body)}:`
  const values: Record<string, string> = {
    '@method': method,
    '@target-uri': url,
    'content-digest': digest,
  }
  const names = covers ?? Object.keys(values)
  const input = `(${names.map(name => `"${name}"`).join(' ')});created=${Math.floor(at / 1000)};keyid="${id}"`
  const base = [...names.map(name => `"${name}": ${values[name]}`), `"@signature-params": ${input}`]
  return {
    date,
    'content-digest': digest,
    'signature-input': `sig1=${input}`,
    signature: `sig1=:${rsa(base.join('\n'), privatePem)}:`,
  }
}

/** The id of the key, once its signature and digest fit; throws with what is wrong. */
export async function checkedKey(
  message: Message,
  kinds: Kind[],
  pemOf: (keyId: string) => Promise<string>,
): Promise<{ keyId: string; kind: Kind }> {
  const { headers } = message
  const kind = headers['signature-input'] ? 'rfc9421' : 'cavage'
  if (!headers.signature) throw new Error('not signed')
  if (!kinds.includes(kind)) throw new Error(`signatures of the kind ${kind} are not understood`)
  const { keyId, base, signature } = kind === 'cavage' ? readCavage(message) : readRfc(message)
  const age = Math.abs(Date.now() - Date.parse(headers.date ?? ''))
  if (!(age < 12 * 3600_000)) throw new Error('the date is off')
  if (!fits(base, await pemOf(keyId), signature)) throw new Error('the signature does not fit')
  return { keyId, kind }
}

function readCavage({ method, url, body, headers }: Message) {
  const given = Object.fromEntries(
    [...headers.signature!.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>
  const names = given.headers!.split(' ')
  for (const needed of ['(request-target)', 'host', 'date', 'digest'])
    if (!names.includes(needed)) throw new Error(`${needed} is not signed`)
  if (headers.digest !== `SHA-256=${sha256(body)}`) throw new Error('the digest does not fit')
  const values: Record<string, string> = {
    ...headers,
    '(request-target)': `${method.toLowerCase()} ${new URL(url).pathname}`,
  }
  const base = names.map(name => `${name}: ${values[name]}`).join('\n')
  return { keyId: given.keyId!, base, signature: given.signature! }
}

function readRfc({ method, url, body, headers }: Message) {
  const [, label, params, list] = /^(\w+)=((\([^)]*\)).*)$/.exec(headers['signature-input']!)!
  const names = [...list!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!)
  for (const needed of ['@method', '@target-uri', 'content-digest'])
    if (!names.includes(needed)) throw new Error(`${needed} is not signed`)
  if (headers['content-digest'] !== `sha-256=:${sha256(body)}:`)
    throw new Error('the digest does not fit')
  const values: Record<string, string> = {
    ...headers,
    '@method': method,
    '@target-uri': url,
    '@authority': new URL(url).host,
  }
  const base = [
    ...names.map(name => `"${name}": ${values[name]}`),
    `"@signature-params": ${params}`,
  ].join('\n')
  const [, signature] = new RegExp(`${label}=:([^:]+):`).exec(headers.signature!)!
  return { keyId: /keyid="([^"]+)"/.exec(params!)![1]!, base, signature: signature! }
}
