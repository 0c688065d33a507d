/**
 * Makes and checks the tokens in a reader's links. A token is its subject and a keyed hash of that
 * (HMAC-SHA-256), so every email can have an unsubscribe link although no token is stored anywhere.
 * Changing the secret invalidates them all.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { useSecret } from '../config/secrets'

/**
 * `confirm` is for one email; `unsubscribe` and the `manage` ones are valid as long as the reader
 * exists.
 */
export type Purpose = 'confirm' | 'unsubscribe' | 'manage-mail' | 'manage-push'

export const tokenFor = (purpose: Purpose, subject: string) =>
  `${subject}.${keyed(`${purpose}:${subject}`)}`

/** The subject of a token that we really issued for this purpose, compared in constant time. */
export function subjectOf(purpose: Purpose, token: string): string | undefined {
  const dot = token.lastIndexOf('.')
  const subject = token.slice(0, dot)
  const given = Buffer.from(token.slice(dot + 1))
  const expected = Buffer.from(keyed(`${purpose}:${subject}`))
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
  return dot > 0 && isOurs ? subject : undefined
}

/** The subjects of genuine unsubscribe tokens anywhere in a text, such as a complaint about our email. */
export const unsubscribersIn = (text: string): string[] =>
  [...text.matchAll(/\bunsubscribe\?token=([\w.-]{1,150})/g)]
    .map(([, token]) => subjectOf('unsubscribe', token!))
    .filter(subject => subject !== undefined)

/**
 * Recognises an address or endpoint without storing it: useless to anyone who steals the table but
 * not the secret.
 */
export const fingerprint = (text: string) => keyed(`is:${text}`)

let secret: KeyObject | undefined

const keyed = (text: string) =>
  createHmac('sha256', (secret ??= createSecretKey(useSecret('readers'))))
    .update(text)
    .digest('base64url')
