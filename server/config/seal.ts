/** Seals what is kept in a database, so that a copy of the file alone gives nothing away. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { useSecret } from './secrets'

/** AES-256-GCM with a new 96-bit nonce each time (NIST SP 800-38D, section 8.2.2). */
const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** `secret` names the key, which lies in the data folder. The result is base64. */
export function seal(secret: string, text: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, useSecret(secret), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64')
}

/** Undefined if it was sealed with another key, or is damaged. */
export function unseal(secret: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length < NONCE + TAG) return undefined
  const cipher = createDecipheriv(CIPHER, useSecret(secret), bytes.subarray(0, NONCE))
  cipher.setAuthTag(bytes.subarray(-TAG))
  try {
    return cipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + cipher.final('utf8')
  } catch {
    return undefined
  }
}
