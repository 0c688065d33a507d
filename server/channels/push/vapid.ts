/**
 * Tells a push service who is sending (RFC 8292), with one signed token per service that is used
 * for half a day.
 */
import webpush from 'web-push'

/** Both base64url: a P-256 point of 65 bytes and a scalar of 32 bytes. */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

const LIFE = 12 * 3_600_000
/**
 * A token is replaced an hour early, so that none expires on the way or at a service whose clock is
 * ahead.
 */
const SPARE = 3_600_000

/**
 * Returns a function that makes the `Authorization` header for an origin
 * (`https://fcm.googleapis.com`). `subject` is a `mailto:` or `https:` URI where the service's
 * operator can reach us; throws if it is neither.
 */
export function createVapid(
  keys: VapidKeys,
  subject: string,
): (origin: string, now?: number) => string {
  const tokens = new Map<string, { header: string; until: number }>()
  return (origin, now = Date.now()) => {
    const kept = tokens.get(origin)
    if (kept && kept.until > now) return kept.header
    const expires = Math.floor((now + LIFE) / 1000)
    const header = webpush.getVapidHeaders(
      origin,
      subject,
      keys.publicKey,
      keys.privateKey,
      'aes128gcm',
      expires,
    ).Authorization
    tokens.set(origin, { header, until: now + LIFE - SPARE })
    return header
  }
}
