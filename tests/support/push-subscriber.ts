/** A browser's side of Web Push: makes a subscription's keys and opens what was sealed for them. */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** base64url throughout: public point (65 bytes), secret (16 bytes), private scalar (32 bytes). */
export interface SubscriberKeys {
  p256dh: string
  auth: string
  privateKey: string
}

export function makeSubscriberKeys(): SubscriberKeys {
  const ecdh = createECDH('prime256v1')
  return {
    p256dh: ecdh.generateKeys('base64url'),
    auth: randomBytes(16).toString('base64url'),
    privateKey: ecdh.getPrivateKey('base64url'),
  }
}

/**
 * The plaintext of one aes128gcm body, and the sender's key it was sealed with (hex). Throws on
 * anything that a browser would drop.
 */
export function openSealed(
  body: Buffer,
  keys: SubscriberKeys,
): { text: string; senderKey: string } {
  // RFC 8188 section 2.1: salt (16) | rs (4) | idlen (1) | keyid (idlen)
  if (body.length < 21) throw new Error('no aes128gcm header (RFC 8188 section 2.1)')
  const salt = body.subarray(0, 16)
  const recordSize = body.readUInt32BE(16)
  const idLength = body[20]!
  if (idLength !== 65)
    throw new Error('keyid is not an uncompressed P-256 point (RFC 8291 section 4)')
  const senderKey = body.subarray(21, 86)
  const record = body.subarray(86)
  if (recordSize < 18) throw new Error('record size under 18 (RFC 8188 section 2.1)')
  if (record.length > recordSize) throw new Error('more than one record (RFC 8291 section 4)')

  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(keys.privateKey, 'base64url')
  const reader = Buffer.from(keys.p256dh, 'base64url')
  // RFC 8291 section 3.4, then RFC 8188 sections 2.2 and 2.3
  const input = derive(
    ecdh.computeSecret(senderKey),
    Buffer.from(keys.auth, 'base64url'),
    Buffer.concat([Buffer.from('WebPush: info\0'), reader, senderKey]),
    32,
  )
  const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = derive(input, salt, 'Content-Encoding: nonce\0', 12)
  const opener = createDecipheriv('aes-128-gcm', key, nonce)
  opener.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([opener.update(record.subarray(0, -16)), opener.final()])
  // RFC 8188 section 2: the last record ends in 2 and zeros
  const end = padded.findLastIndex(byte => byte !== 0)
  if (padded[end] !== 2) throw new Error('the last record has no delimiter 2 (RFC 8188 section 2)')
  return { text: padded.subarray(0, end).toString('utf8'), senderKey: senderKey.toString('hex') }
}

const derive = (input: Buffer, salt: Buffer, label: string | Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', input, salt, label, length))
