/**
 * Signs a call by OAuth 1.0a with HMAC-SHA1. Neither a JSON body nor a multipart form is signed
 * (RFC 5849, 3.4.1.3.1).
 */
import { createHmac } from 'node:crypto'
import OAuth from 'oauth-1.0a'

export interface OAuth1Keys {
  apiKey: string
  apiSecret: string
  accessToken: string
  accessSecret: string
}

/** The value of the Authorization header. */
export function oauth1Signature(
  call: { method: string; url: string },
  { apiKey, apiSecret, accessToken, accessSecret }: OAuth1Keys,
): string {
  const signer = new OAuth({
    consumer: { key: apiKey, secret: apiSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  })
  const signed = signer.authorize(call, { key: accessToken, secret: accessSecret })
  return signer.toHeader(signed).Authorization
}
