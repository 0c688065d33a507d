/**
 * Seals a text with AES-256-GCM (NIST SP 800-38D). Nothing else binds a text to its row, because the
 * hash chain covers the sealed text.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'

const CIPHER = 'aes-256-gcm'
export const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** As a row holds it: which key opens it, and IV, tag and ciphertext in base64. */
export interface Sealed {
  key: string
  text: string
}

/**
 * A key's name: 128 bits of its SHA-256, so that a wrong key shows without opening anything. It tells
 * nothing about the key.
 */
export const keyId = (key: Buffer): string => hash('sha256', key, 'hex').slice(0, 32)

/** A ready-made object, because a cipher that is given bytes takes four times as long. */
export const toKey = (bytes: Buffer): KeyObject => createSecretKey(bytes)

const random = Buffer.alloc(IV_BYTES * 256)
let next = random.length

/** Drawn in bulk: one draw takes as long as the encryption. */
function freshIv(): Buffer {
  if (next === random.length) {
    randomFillSync(random)
    next = 0
  }
  next += IV_BYTES
  return Buffer.from(random.subarray(next - IV_BYTES, next))
}

export function seal(text: string, key: KeyObject): string {
  const iv = freshIv()
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
  const sealed = cipher.update(text, 'utf8')
  cipher.final()
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

/** Throws when the text was not sealed with this key, or was changed. */
export function unseal(sealed: string, key: KeyObject): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
  decipher.final()
  return text.toString('utf8')
}
