/**
 * Validates a browser's PushSubscription.toJSON() before anything is sent to it (W3C Push API, RFC
 * 8291).
 */
import { ECDH } from 'node:crypto'
import { z } from 'zod'

export interface PushSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

const bytes = (length: number, what: string) =>
  z
    .string()
    .max(200)
    .transform((text, context) => {
      const key = /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : undefined
      if (key?.length === length) return key
      context.addIssue(`must be ${what} of ${length} bytes in base64url`)
      return z.NEVER
    })

/**
 * `mayCall` returns why an endpoint may not be called, as the end of a sentence, or undefined if it
 * may. Keys come out as base64url without padding.
 */
export const pushSubscription = (mayCall: (url: string) => string | undefined) =>
  z
    .object({
      endpoint: z
        .string()
        .max(2048)
        .superRefine((url, context) => {
          const why = mayCall(url)
          if (why) context.addIssue(why)
        }),
      expirationTime: z.number().nullish(),
      keys: z.object({
        p256dh: bytes(65, 'a P-256 public key')
          .refine(isOnCurve, 'must be a point on the curve P-256')
          .transform(key => key.toString('base64url')),
        auth: bytes(16, 'a secret').transform(key => key.toString('base64url')),
      }),
    })
    .transform(({ endpoint, keys }): PushSubscription => ({ endpoint, keys }))

/**
 * Uncompressed only, as browsers send it. A point that is not on the curve would leak bits of our
 * key.
 */
function isOnCurve(key: Buffer): boolean {
  try {
    return key[0] === 4 && Boolean(ECDH.convertKey(key, 'prime256v1'))
  } catch {
    return false
  }
}
