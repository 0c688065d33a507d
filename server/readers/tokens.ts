/**
 * What a reader's links carry. A token is made of what it is for and a keyed hash of that (HMAC-SHA-256), so every letter can name the way out
 * although no token is stored anywhere. Who changes the secret ends them all.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { useSecret } from '../config/secrets'

/** `confirm` is for one letter, `unsubscribe` and `manage` are for as long as the reader is one. */
export type Purpose = 'confirm' | 'unsubscribe' | 'manage-mail' | 'manage-push'

export const tokenFor = (purpose: Purpose, subject: string) =>
  `${subject}.${keyed(`${purpose}:${subject}`)}`

/** The subject of a token that was really made here for this purpose; compared in constant time. */
export function subjectOf(purpose: Purpose, token: string): string | undefined {
  const dot = token.lastIndexOf('.')
  const subject = token.slice(0, dot)
  const given = Buffer.from(token.slice(dot + 1))
  const right = Buffer.from(keyed(`${purpose}:${subject}`))
  return dot > 0 && given.length === right.length && timingSafeEqual(given, right)
    ? subject
    : undefined
}

/** Finds an address or an endpoint again without keeping it: useless to who steals the table but not the secret. */
export const fingerprint = (what: string) => keyed(`is:${what}`)

let secret: KeyObject | undefined

const keyed = (text: string) =>
  createHmac('sha256', (secret ??= createSecretKey(useSecret('readers'))))
    .update(text)
    .digest('base64url')
