/**
 * Seals one message for one reader (RFC 8291 over RFC 8188, `aes128gcm`): only that browser can
 * open it.
 */
import type { ECDH } from 'node:crypto'
import { createCipheriv, createECDH, createSecretKey, hash, randomBytes } from 'node:crypto'

/**
 * A reader's keys as its browser gave them: a P-256 point of 65 bytes and a secret of 16 bytes,
 * base64url.
 */
export interface ReaderKeys {
  p256dh: string
  auth: string
}

const RECORD_SIZE = 4096
const TAG_AND_DELIMITER = 17
const HEADER = 86
/**
 * The longest text that fits into the 4,096 bytes that every push service accepts (RFC 8030 section
 * 7.2).
 */
export const LONGEST_TEXT = RECORD_SIZE - HEADER - TAG_AND_DELIMITER

/**
 * Returns the body to send. The sender's keys and the salt are new for every message (RFC 8291
 * section 2); only tests pass them. Throws if a key is not a point on the curve.
 */
export function seal(
  text: Uint8Array,
  reader: ReaderKeys,
  keys?: ECDH,
  salt: Buffer = randomBytes(16),
): Buffer {
  const sender = keys ?? ours
  const readerPoint = Buffer.from(reader.p256dh, 'base64url')
  const senderPoint = keys ? keys.getPublicKey() : ours.generateKeys()
  // RFC 8291 section 3.4: the shared secret, bound to the reader's own secret and to both keys.
  const shared = extract(Buffer.from(reader.auth, 'base64url'), sender.computeSecret(readerPoint))
  const input = expand(shared, Buffer.concat([WEBPUSH_INFO, readerPoint, senderPoint]), 32)
  // RFC 8188 sections 2.2 and 2.3
  const secret = extract(salt, input)
  // A key object, because with plain bytes Node internally throws and catches an error each time.
  const cipher = createCipheriv(
    'aes-128-gcm',
    createSecretKey(expand(secret, KEY_INFO, 16)),
    expand(secret, NONCE_INFO, 12),
  )
  return Buffer.concat([
    salt,
    SIZE_AND_ID_LENGTH,
    senderPoint,
    cipher.update(text),
    cipher.update(LAST_RECORD),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

const WEBPUSH_INFO = Buffer.from('WebPush: info\0')
const KEY_INFO = Buffer.from('Content-Encoding: aes128gcm\0')
const NONCE_INFO = Buffer.from('Content-Encoding: nonce\0')
const LAST_RECORD = Buffer.of(2)
const SIZE_AND_ID_LENGTH = Buffer.of(0, 0, RECORD_SIZE >> 8, RECORD_SIZE & 255, 65)

/** Made once, given a new key pair for each message. */
const ours = createECDH('prime256v1')

/** HKDF (RFC 5869) in its two steps, for outputs of one block. */
const extract = (salt: Uint8Array, input: Uint8Array) => hmac(salt, input)
const expand = (secret: Uint8Array, info: Uint8Array, length: number) =>
  hmac(secret, info, FIRST_BLOCK).subarray(0, length)
const FIRST_BLOCK = Buffer.of(1)

/**
 * RFC 2104 over two one-shot hashes: Node's Hmac with its key objects takes three times as long,
 * and each reader needs five of these. Keys are at most one block of 64 bytes.
 */
function hmac(key: Uint8Array, ...message: Uint8Array[]): Buffer {
  const inner = Buffer.alloc(64, 0x36)
  const outer = Buffer.alloc(64, 0x5c)
  for (let i = 0; i < key.length; i++) {
    inner[i]! ^= key[i]!
    outer[i]! ^= key[i]!
  }
  return hash(
    'sha256',
    Buffer.concat([outer, hash('sha256', Buffer.concat([inner, ...message]), 'buffer')]),
    'buffer',
  )
}
