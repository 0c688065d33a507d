/**
 * Signs calls to webhooks as Standard Webhooks describes: HMAC-SHA256 over id, time and body, one
 * signature for each valid secret.
 */
import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** 256 random bits; the scheme asks for 24 to 64 bytes. */
export const newSecret = () => PREFIX + randomBytes(32).toString('base64')

/** `at` in ms; what is signed is its whole second. */
export function signed(
  secrets: string[],
  { id, body, at }: { id: string; body: string; at: number },
) {
  const timestamp = String(Math.floor(at / 1000))
  const signature = (secret: string) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(signature).join(' '),
  }
}
