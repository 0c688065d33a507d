/**
 * Makes a TID (atproto.com/specs/tid) from nothing but an id and a time, so that every attempt has
 * the same key and writing a record twice has no effect.
 */
import { createHash } from 'node:crypto'

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * 53 bits of microseconds and 10 of clock id, in sortable base 32. The bits that the time does not
 * have come from the id, so that two from the same moment differ.
 */
export function timestampId(id: string, time: string): string {
  const hash = createHash('sha256').update(id).digest()
  const micros = BigInt(Date.parse(time)) * 1000n + BigInt(hash.readUInt16BE(0) % 1000)
  let rest = (micros << 10n) | BigInt(hash.readUInt16BE(2) % 1024)
  let key = ''
  for (let n = 0; n < 13; n++, rest >>= 5n) key = DIGITS[Number(rest & 31n)] + key
  return key
}
