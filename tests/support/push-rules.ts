/** A push service's rules for senders; a broken rule gets its status and the reason. */
import { createPublicKey, verify } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export class RuleBroken extends Error {
  readonly status: number
  constructor(status: number, rule: string) {
    super(rule)
    this.status = status
  }
}

export function checkHeaders(method: string | undefined, headers: IncomingHttpHeaders) {
  demand(method === 'POST', 405, 'messages are sent with POST (RFC 8030 section 5)')
  demand(
    /^\d+$/.test(String(headers.ttl)),
    400,
    'TTL is required, in seconds (RFC 8030 section 5.2)',
  )
  demand(
    /^(?:very-low|low|normal|high)$/.test(String(headers.urgency ?? 'normal')),
    400,
    'Urgency is very-low, low, normal or high (RFC 8030 section 5.3)',
  )
  demand(
    /^[\w-]{1,32}$/.test(String(headers.topic ?? 'none')),
    400,
    'Topic is at most 32 base64url characters (RFC 8030 section 5.4)',
  )
  demand(
    headers['content-encoding'] === 'aes128gcm',
    400,
    'the content coding is aes128gcm (RFC 8291 section 4)',
  )
}

export const checkSize = (body: Buffer) =>
  demand(body.length <= 4096, 413, 'at most 4096 bytes (RFC 8030 section 7.2)')

const checked = new Map<string, string>()

/**
 * Returns the sender's public key (`k`); a token that was valid once is not verified again until it
 * expires.
 */
export function checkVapid(
  authorization: string | undefined,
  origin: string,
  now = Date.now(),
): string {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization ?? '') ?? []
  demand(token && key, 401, 'Authorization: vapid t=…, k=… (RFC 8292 section 3)')
  if (checked.get(token!) === `${key} ${origin}`) return key!
  const [header, claims, signature] = token!.split('.')
  const { typ, alg } = read(header)
  const { aud, exp, sub } = read(claims)
  demand(
    typ === 'JWT' && alg === 'ES256',
    403,
    'the token is a JWT signed with ES256 (RFC 8292 section 2)',
  )
  demand(aud === origin, 403, 'aud is the origin of the push service (RFC 8292 section 2)')
  demand(
    typeof exp === 'number' && exp * 1000 > now && exp * 1000 <= now + 86_400_000,
    403,
    'exp lies at most 24 hours ahead (RFC 8292 section 2)',
  )
  demand(
    /^(?:mailto:|https:)/.test(sub as string),
    403,
    'sub is a mailto: or https: URI (RFC 8292 section 2.1)',
  )
  demand(
    verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      { key: publicKey(key!), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature ?? '', 'base64url'),
    ),
    403,
    'the signature is that of k (RFC 8292 section 3.2)',
  )
  if (checked.size > 1000) checked.clear()
  checked.set(token!, `${key} ${origin}`)
  return key!
}

const read = (part = ''): Record<string, unknown> => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    throw new RuleBroken(403, 'the token is three parts of base64url JSON (RFC 7519)')
  }
}

function publicKey(point: string) {
  const bytes = Buffer.from(point, 'base64url')
  demand(bytes.length === 65, 403, 'k is an uncompressed P-256 point (RFC 8292 section 3.2)')
  return createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: bytes.toString('base64url', 1, 33),
      y: bytes.toString('base64url', 33),
    },
  })
}

function demand(held: unknown, status: number, rule: string) {
  if (!held) throw new RuleBroken(status, rule)
}
